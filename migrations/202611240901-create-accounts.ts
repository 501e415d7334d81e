export const name = '202611240901-create-accounts';

export const up = [
  `create table users (
    id varchar(36) primary key,
    email varchar(254) not null unique,
    name varchar(400) not null check (length(name) between 1 and 400),
    password_hash varchar(200),
    email_confirmed_at bigint,
    is_administrator boolean not null default false,
    disabled_at bigint,
    created_at bigint not null
  )`,
  `create table tokens (
    id varchar(36) primary key,
    user_id varchar(36) references users (id),
    purpose varchar(30) not null,
    token_hash varchar(64) not null unique,
    expires_at bigint not null,
    used_at bigint,
    created_at bigint not null
  )`,
  `create index tokens_user on tokens (user_id, purpose)`,
  `create table sessions (
    id_hash varchar(64) primary key,
    user_id varchar(36) references users (id),
    data text not null,
    created_at bigint not null,
    touched_at bigint not null,
    expires_at bigint not null
  )`,
  `create index sessions_user on sessions (user_id)`,
  `create index sessions_expiry on sessions (expires_at)`,
  `create table rate_limits (
    key varchar(255) primary key,
    points integer not null default 0,
    expire bigint
  )`,
];

export const down = [
  'drop table rate_limits',
  'drop table sessions',
  'drop table tokens',
  'drop table users',
];
