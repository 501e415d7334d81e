export const name = '202611240907-create-certificates';

export const up = [
  `create table issuer_keys (
    id varchar(80) primary key,
    sealed_private_key text not null,
    created_at bigint not null,
    activated_at bigint,
    retired_at bigint,
    compromised_at bigint
  )`,
  `create table status_lists (
    id integer primary key,
    created_at bigint not null
  )`,
  `create table status_list_versions (
    list_id integer not null references status_lists (id),
    number integer not null check (number > 0),
    content text not null,
    sha256 varchar(64) not null,
    previous_sha256 varchar(64) not null,
    created_at bigint not null,
    primary key (list_id, number)
  )`,
  `create table certificates (
    id varchar(36) primary key,
    code varchar(16) not null unique,
    organisation_id varchar(36) not null references organisations (id),
    user_id varchar(36) not null references users (id),
    cycle_id varchar(36) not null unique references cycles (id),
    course_version_id varchar(36) not null references course_versions (id),
    holder_name varchar(400) not null,
    facts text not null,
    status_list_id integer not null references status_lists (id),
    status_index integer not null check (status_index >= 0),
    awarded_at bigint not null,
    valid_until bigint,
    key_id varchar(80) references issuer_keys (id),
    credential text,
    sha256 varchar(64),
    issued_at bigint,
    created_at bigint not null,
    unique (status_list_id, status_index)
  )`,
  `create index certificates_user on certificates (user_id, awarded_at)`,
  `create table revocations (
    certificate_id varchar(36) primary key references certificates (id),
    organisation_id varchar(36) not null references organisations (id),
    reason varchar(40) not null,
    note varchar(1000),
    actor_id varchar(36) not null references users (id),
    revoked_at bigint not null
  )`,
];

export const down = [
  'drop table revocations',
  'drop table certificates',
  'drop table status_list_versions',
  'drop table status_lists',
  'drop table issuer_keys',
];
