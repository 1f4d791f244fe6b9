create table account (
  address text primary key,
  kind text not null,
  blog text not null,
  acts boolean not null,
  face jsonb not null,
  checked_at timestamptz not null,
  reconcile_at timestamptz not null
);
create index account_picture on account ((face->'avatar'->>'sha1'));
create index account_due on account (reconcile_at);

create table actor_key (
  owner text primary key,
  rsa_public text not null,
  rsa_private text not null,
  ed25519_public text not null,
  ed25519_private text not null,
  since timestamptz not null,
  version int not null default 1
);
create table former_key (
  owner text primary key,
  rsa_public text not null,
  rsa_private text not null,
  ed25519_public text not null,
  ed25519_private text not null,
  rotated_at timestamptz not null
);
create table spare_key (
  id bigserial primary key,
  rsa_public text not null,
  rsa_private text not null,
  ed25519_public text not null,
  ed25519_private text not null
);

create sequence publication;
create table local_post (
  account text not null,
  key text not null,
  service text not null,
  node text not null,
  item_id text not null,
  digest text not null,
  document jsonb,
  comments_service text,
  comments_node text,
  comment boolean not null,
  open boolean not null,
  published timestamptz not null,
  sequence bigint not null,
  evicted boolean not null default false,
  buried_at timestamptz,
  primary key (account, key)
);
create index local_post_page on local_post (account, published desc, key) where buried_at is null;
create index local_post_item on local_post (node, service, item_id) where buried_at is null;
create index local_post_repeats on local_post ((document->>'repeats'))
  where document->>'repeats' is not null;
create index local_post_comments on local_post (comments_node, comments_service) where buried_at is null;

create table follower (
  id bigserial primary key,
  account text not null,
  actor text not null,
  inbox text not null,
  shared_inbox text,
  -- of the inbox that is used
  host text not null,
  follow_id text not null,
  unique (account, actor)
);
create index follower_actor on follower (actor);
create index follower_host on follower (host);

create table approval (
  account text primary key
);

create table closed_blog (
  account text primary key
);

create table follow_request (
  account text not null,
  actor text not null,
  inbox text not null,
  shared_inbox text,
  host text not null,
  follow_id text not null,
  primary key (account, actor)
);
create index follow_request_actor on follow_request (actor);
create index follow_request_host on follow_request (host);

create table remote_actor (
  id text primary key,
  handle text not null,
  document jsonb not null,
  avatar_source text,
  avatar_sha1 text
);
create index remote_actor_avatar on remote_actor (avatar_sha1);
create index remote_actor_handle on remote_actor (handle);

create table remote_post (
  id text primary key,
  author text not null,
  item_id text,
  visibility int not null default 0,
  published timestamptz,
  repeats text,
  event boolean not null default false,
  document jsonb,
  buried_at timestamptz,
  -- whoever is concerned was told of it
  told boolean not null default false
);
create index remote_post_buried on remote_post (buried_at) where buried_at is not null;
create index remote_post_events on remote_post (author, published, item_id) where event and buried_at is null;
create unique index remote_post_page on remote_post (author, published, item_id) where buried_at is null;
create index remote_post_item on remote_post (author, item_id);
create index remote_post_repeats on remote_post (repeats) where repeats is not null;

create table remote_history (
  author text primary key,
  next text,
  read int not null,
  total bigint not null
);

create table discussion (
  id text primary key,
  root text not null,
  parent text,
  author text not null,
  published timestamptz not null
);
create index discussion_root on discussion (root, published, id);
create index discussion_author on discussion (author);
create index discussion_parent on discussion (parent, published, id);

create sequence wish;
create table pubsub_task (
  id bigserial primary key,
  version bigint not null,
  service text not null,
  node text not null,
  item_id text not null,
  as_jid text not null,
  payload text,
  queued_at timestamptz not null,
  due timestamptz not null,
  leased_until timestamptz,
  attempts int not null default 0,
  error text,
  unique (node, service, item_id)
);
create index pubsub_task_lane on pubsub_task (node, service, id);

create table following (
  subscriber text not null,
  actor text not null,
  addressed text not null,
  follow_id text not null unique,
  state text not null,
  asked boolean not null default false,
  listed boolean not null default false,
  presence boolean not null default false,
  feeds text not null,
  primary key (subscriber, actor)
);
create index following_actor on following (actor, subscriber);

create table activity (
  key text primary key,
  actor text not null,
  open boolean not null,
  json text not null,
  topic text not null,
  after text,
  urgency smallint not null,
  taken bigint not null default 0,
  at timestamptz not null default now()
);
create index activity_topic on activity (topic);

create table delivery (
  id bigserial primary key,
  activity_key text not null references activity (key) on delete cascade,
  inbox text not null,
  host text not null,
  urgency smallint not null,
  -- hashes of what it is about, and of what that has to follow
  topic bigint not null,
  after bigint,
  queued_at timestamptz not null default now(),
  due timestamptz not null default now(),
  attempts int not null default 0,
  dead boolean not null default false,
  error text,
  unique (activity_key, inbox)
);
create index delivery_lane on delivery (host, urgency, due, id) where not dead;
create index delivery_urgent on delivery (host, due) where not dead and urgency = 0;
create index delivery_topic on delivery (host, topic, id) where not dead;
create index delivery_dead on delivery (queued_at) where dead;

create table peer (
  host text primary key,
  leased_until timestamptz,
  -- null while it is well
  resume_at timestamptz,
  failures int not null default 0,
  failed_at timestamptz,
  error text,
  asked_until timestamptz,
  answered_at timestamptz,
  -- how it reads signatures, where that is known
  dialect text,
  dialect_until timestamptz
);

create table inbox (
  id bigserial primary key,
  activity_id text not null,
  -- whom of ours it is for, where servers send one activity several times
  audience text not null,
  actor text not null,
  -- the post that it brings
  post text,
  json text,
  at timestamptz not null,
  attempts int not null default 0,
  done_at timestamptz,
  error text,
  unique (activity_id, audience)
);
create index inbox_waiting on inbox (actor, id) where done_at is null;
create index inbox_post on inbox (post) where done_at is null and post is not null;
create index inbox_done on inbox (done_at) where done_at is not null;

-- One row for each actor of whom something waits, up to the inbox row "last".
create table inbox_lane (
  actor text primary key,
  last bigint not null,
  due timestamptz not null,
  leased_until timestamptz,
  asks boolean not null default false
);
create index inbox_lane_due on inbox_lane (asks, due);

create table stanza (
  id bigserial primary key,
  stanza_id text not null,
  recipient text not null,
  xml text not null,
  unique (stanza_id, recipient)
);

create table picture (
  sha1 text primary key,
  media_type text not null,
  width int not null,
  height int not null,
  bytes bytea not null
);

create table poll (
  question text primary key,
  account text not null,
  key text not null,
  ends timestamptz not null,
  changed boolean not null default false,
  told_at timestamptz,
  closed boolean not null default false
);
create index poll_open on poll (ends) where not closed;
create index poll_account on poll (account, ends);

create table poll_vote (
  question text not null references poll (question) on delete cascade,
  voter text not null,
  option text not null,
  primary key (question, voter, option)
);

create table reaction (
  post text not null,
  actor text not null,
  -- '' is a like
  emoji text not null,
  activity text not null,
  item text,
  at timestamptz not null,
  primary key (post, actor, emoji)
);
create unique index reaction_activity on reaction (activity);
create index reaction_actor on reaction (actor);

create table rsvp (
  event text not null,
  actor text not null,
  answer text not null,
  state text not null,
  activity text not null,
  message text,
  at timestamptz not null,
  primary key (event, actor)
);
create index rsvp_activity on rsvp (activity);
create index rsvp_actor on rsvp (actor);

create table invitation (
  event text not null,
  actor text not null,
  primary key (event, actor)
);

create table watch (
  target text not null,
  subscriber text not null,
  service text not null,
  node text not null,
  primary key (target, subscriber)
);
create index watch_subscriber on watch (subscriber);

create table quote_request (
  id text primary key,
  account text not null,
  key text not null,
  quoted_author text not null
);

create table quote_stamp (
  account text not null,
  stamp_key text not null,
  post_key text not null,
  quoting text not null,
  primary key (account, stamp_key)
);

create table secret (
  name text primary key,
  bytes bytea not null
);

create table member (
  address text primary key,
  state text not null,
  since timestamptz not null,
  due timestamptz
);
create index member_due on member (due) where due is not null;
create index activity_actor on activity (actor);
create index activity_at on activity (at);

create table block (
  account text not null,
  target text not null,
  primary key (account, target)
);

create table notice_choice (
  account text primary key,
  mentions boolean not null default true,
  followers boolean not null default true,
  hour timestamptz,
  told int not null default 0
);

create table export_ticket (
  account text primary key,
  digest text not null unique,
  expires timestamptz not null
);

create table delivered (
  activity_key text not null references activity (key) on delete cascade,
  inbox text not null,
  at timestamptz not null,
  primary key (activity_key, inbox)
);
create index delivered_at on delivered (at);

create table message (
  id bigserial primary key,
  owner text not null,
  object text not null,
  peer text not null,
  circle text not null,
  thread text not null,
  context text not null,
  stanza_ids text[] not null,
  gone boolean not null,
  document jsonb not null,
  at timestamptz not null,
  unique (object, owner)
);
create index message_peer on message (peer, owner, id);
create index message_thread on message (owner, thread, id);
create index message_context on message (owner, context, id);
create index message_circle on message (owner, circle, id);
create index message_stanza on message using gin (stanza_ids);
create index message_at on message (at);

create table message_delivery (
  activity_key text not null references activity (key) on delete cascade,
  address text not null,
  inbox text not null,
  sender text not null,
  stanza_id text not null,
  receipt boolean not null,
  primary key (activity_key, address)
);

-- One row: who has, or had, the component link.
create table leader (
  seat boolean primary key,
  holder text not null,
  beat_at timestamptz not null,
  link_up boolean not null,
  has_left boolean not null
);

create table catch_up (
  actor text primary key,
  since timestamptz not null,
  due timestamptz not null,
  attempts int not null default 0
);
create index catch_up_due on catch_up (due);

create table lookup (
  account text primary key,
  asked_at timestamptz not null,
  leased_until timestamptz,
  found text
);
