export const up = [
  // A second account, or a second membership of one organisation, that turned out to be somebody's who has another: it is
  // closed, and names the one that goes on.
  'alter table users add column merged_into varchar(36) references users (id)',
  'create index users_merged on users (merged_into) where merged_into is not null',
  'alter table memberships add column merged_into varchar(36) references memberships (id)',
  'create index memberships_merged on memberships (merged_into) where merged_into is not null',

  `create table merges (
    id varchar(36) primary key,
    organisation_id varchar(36) references organisations (id),
    kept_user_id varchar(36) references users (id),
    closed_user_id varchar(36) references users (id),
    merged_by varchar(36) references users (id),
    merged_at bigint not null,
    undone_at bigint,
    undone_by varchar(36) references users (id),
    undone_because varchar(10) check (undone_because in ('asked', 'objection'))
  )`,
  'create index merges_kept on merges (kept_user_id) where kept_user_id is not null',
  'create unique index merges_closed on merges (closed_user_id) where closed_user_id is not null and undone_at is null',
  'create index merges_time on merges (merged_at)',

  // What a merge did in each organisation, so that it can be undone.
  `create table merged_members (
    merge_id varchar(36) not null references merges (id),
    membership_id varchar(36) not null references memberships (id),
    organisation_id varchar(36) not null references organisations (id),
    kept_id varchar(36) references memberships (id),
    login_id varchar(36) references users (id),
    gave_number varchar(60),
    as_before text not null,
    carried text not null,
    primary key (merge_id, membership_id)
  )`,
  'create index merged_members_membership on merged_members (membership_id)',
  'create index merged_members_kept on merged_members (kept_id) where kept_id is not null',
];

export const down = [
  'drop table merged_members',
  'drop table merges',
  'drop index memberships_merged',
  'alter table memberships drop column merged_into',
  'drop index users_merged',
  'alter table users drop column merged_into',
];
