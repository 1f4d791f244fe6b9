-- processes that deliver, and until when each of them counts as alive
create table delivery_worker (
  id text primary key,
  until timestamptz not null
);

-- who delivers to the servers of a shard
create table delivery_shard (
  shard int primary key,
  worker text references delivery_worker (id) on delete set null
);

alter table peer
  drop column leased_until,
  drop column answered_at,
  -- activities that it refused since it last took one
  add column refused int not null default 0;

-- Each question about what waits has one index that can answer it, and none is partial: a partial
-- one can be read from end to end, which the planner does when it believes the table to be empty.
drop index delivery_lane;
drop index delivery_topic;
create index delivery_lane on delivery (dead, host, urgency, due);
-- topics are hashed together with their host now
update delivery set topic = hashtextextended(host, topic), after = hashtextextended(host, after);
create index delivery_topic on delivery (topic);
