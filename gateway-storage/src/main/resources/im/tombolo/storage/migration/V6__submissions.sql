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
  accepted boolean not null,
  primary key (node, service, item_id)
);
