export const name = '202611240902-create-organisations';

export const up = [
  `create table organisations (
    id varchar(36) primary key,
    slug varchar(80) not null unique,
    name varchar(200) not null,
    kind varchar(20) not null check (kind in ('open', 'customer')),
    time_zone varchar(60) not null,
    created_at bigint not null
  )`,
  `create table memberships (
    id varchar(36) primary key,
    organisation_id varchar(36) not null references organisations (id),
    user_id varchar(36) not null references users (id),
    role varchar(20) not null check (role in ('learner', 'manager', 'auditor')),
    created_at bigint not null,
    ended_at bigint
  )`,
  `create unique index memberships_current on memberships (organisation_id, user_id, role) where ended_at is null`,
  `create index memberships_user on memberships (user_id)`,
];

export const down = ['drop table memberships', 'drop table organisations'];
