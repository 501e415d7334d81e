export const name = '202611242206-log-issuer-keys';

/** Of all keys at most one is in use: `in_use` is 1 or null, and unique. The log of keys is itself signed. */
export const up = [
  `alter table issuer_keys add column in_use smallint check (in_use = 1)`,
  `update issuer_keys set in_use = 1 where id = (
    select id from issuer_keys where retired_at is null and compromised_at is null
    order by created_at desc, id desc limit 1
  )`,
  `create unique index issuer_keys_in_use on issuer_keys (in_use)`,
  `create table issuer_key_log (
    seq integer primary key check (seq > 0),
    key_id varchar(80) not null references issuer_keys (id),
    action varchar(20) not null check (action in ('created', 'rotated', 'retired', 'compromised')),
    content text not null,
    sha256 varchar(64) not null,
    previous_sha256 varchar(64) not null,
    created_at bigint not null
  )`,
];

export const down = [
  'drop table issuer_key_log',
  'drop index issuer_keys_in_use',
  'alter table issuer_keys drop column in_use',
];
