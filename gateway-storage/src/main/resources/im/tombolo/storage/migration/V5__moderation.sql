create sequence rule_version;
create table rule (
  -- a domain, or an actor's id
  target text primary key,
  severity text not null,
  comment text not null,
  version bigint not null default nextval('rule_version')
);

create table flag (
  id bigserial primary key,
  activity text not null unique,
  actor text not null,
  -- a line each
  objects text not null,
  text text not null,
  at timestamptz not null
);

-- who on the fediverse blocks an account here
create table blocker (
  account text not null,
  actor text not null,
  activity text not null,
  primary key (account, actor)
);
create index blocker_actor on blocker (actor);

-- the activity that told a block to the other side, if it was told
alter table block add column told_by text;
