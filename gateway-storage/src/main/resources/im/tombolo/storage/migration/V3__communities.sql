-- posts on which nobody may comment any more, by the word of a community
create table locked_post (
  post text not null,
  community text not null,
  primary key (post, community)
);
