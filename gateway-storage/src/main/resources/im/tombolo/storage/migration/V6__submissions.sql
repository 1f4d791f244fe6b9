-- posts of the fediverse in nodes of pubsub services, or on their way there
create table submission (
  service text not null,
  node text not null,
  item_id text not null,
  community text not null,
  post text not null unique,
  author text not null,
  activity text not null,
  -- as it came, until it was passed on
  json text not null,
  published timestamptz not null,
  accepted boolean not null,
  primary key (node, service, item_id)
);

create index local_post_grave on local_post (node, service, item_id) where buried_at is not null;

-- who may do what in a node that is a community, as far as its service says so
create table affiliation (
  community text not null,
  jid text not null,
  affiliation text not null,
  primary key (community, jid)
);

-- posts that a community here shows before all others
create table pinned_post (
  community text not null,
  post text not null,
  at timestamptz not null,
  primary key (community, post)
);

-- people here whom communities of the fediverse want no more
create table ban (
  person text not null,
  community text not null,
  primary key (person, community)
);
