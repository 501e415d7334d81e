export const up = [
  // `shown_name`: what strangers see of a holder's name. `paper`: what certificates are drawn for unless somebody asks
  // for another.
  `create table organisations (
    id varchar(36) primary key,
    slug varchar(80) not null unique,
    name varchar(200) not null,
    kind varchar(20) not null check (kind in ('open', 'customer')),
    time_zone varchar(60) not null,
    shown_name varchar(10) not null default 'masked' check (shown_name in ('hidden', 'masked', 'full')),
    paper varchar(10) not null default 'a4' check (paper in ('a4', 'letter')),
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
  `create unique index memberships_current on memberships (organisation_id, user_id, role)
   where ended_at is null`,
  'create index memberships_user on memberships (user_id)',

  // Which mails of an organisation a person turned off.
  `create table mail_choices (
    mail varchar(20) not null,
    organisation_id varchar(36) not null references organisations (id),
    user_id varchar(36) not null references users (id),
    turned_off_at bigint,
    changed_at bigint not null,
    primary key (mail, organisation_id, user_id)
  )`,
];

export const down = ['drop table mail_choices', 'drop table memberships', 'drop table organisations'];
