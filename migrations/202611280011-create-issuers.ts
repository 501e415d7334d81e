export const up = [
  // At most one key is in use: `in_use` is 1 or null, and unique.
  `create table issuer_keys (
    id varchar(80) primary key,
    sealed_private_key text not null,
    created_at bigint not null,
    activated_at bigint,
    retired_at bigint,
    compromised_at bigint,
    in_use smallint check (in_use = 1)
  )`,
  'create unique index issuer_keys_in_use on issuer_keys (in_use)',

  // The log of keys is itself signed.
  `create table issuer_key_log (
    seq integer primary key check (seq > 0),
    key_id varchar(80) not null references issuer_keys (id),
    action varchar(20) not null check (action in ('created', 'rotated', 'retired', 'compromised')),
    content text not null,
    sha256 varchar(64) not null,
    previous_sha256 varchar(64) not null,
    created_at bigint not null
  )`,

  `create table status_lists (
    id integer primary key,
    created_at bigint not null
  )`,

  // `key_id`: the key that signed the list. Once that key is no longer trusted, the list is signed again; null: not known.
  `create table status_list_versions (
    list_id integer not null references status_lists (id),
    number integer not null check (number > 0),
    content text not null,
    sha256 varchar(64) not null,
    previous_sha256 varchar(64) not null,
    key_id varchar(80) references issuer_keys (id),
    created_at bigint not null,
    primary key (list_id, number)
  )`,
];

export const down = [
  'drop table status_list_versions',
  'drop table status_lists',
  'drop table issuer_key_log',
  'drop table issuer_keys',
];
