export const up = [
  `create table issuance_ledger (
    seq bigint primary key,
    certificate_id varchar(36) not null unique references certificates (id),
    organisation_id varchar(36) not null references organisations (id),
    sha256 varchar(64) not null,
    award_sha256 varchar(64) not null,
    event_seq bigint not null,
    event_hash varchar(64) not null,
    issued_at bigint not null,
    previous_hash varchar(64) not null unique,
    hash varchar(64) not null unique
  )`,

  `create table ledger_heads (
    number integer primary key check (number > 0),
    content text not null,
    sha256 varchar(64) not null,
    previous_sha256 varchar(64) not null,
    created_at bigint not null
  )`,
];

export const down = ['drop table ledger_heads', 'drop table issuance_ledger'];
