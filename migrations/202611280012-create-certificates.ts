export const up = [
  // A certificate that is corrected stays, and the one that takes its place shares its code and its cycle: both are unique
  // among certificates that are not superseded. `seal`: the signed hash of the award, since the signed credential does not
  // hold everything that a certificate is found and shown by.
  `create table certificates (
    id varchar(36) primary key,
    code varchar(16) not null,
    organisation_id varchar(36) not null references organisations (id),
    user_id varchar(36) not null references users (id),
    cycle_id varchar(36) not null references cycles (id),
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
    seal text,
    ledger_seq bigint unique,
    ledger_head varchar(64),
    issued_at bigint,
    superseded_at bigint,
    created_at bigint not null,
    unique (status_list_id, status_index)
  )`,
  'create unique index certificates_current_cycle on certificates (cycle_id) where superseded_at is null',
  'create unique index certificates_current_code on certificates (code) where superseded_at is null',
  'create index certificates_cycle on certificates (cycle_id, created_at)',
  'create index certificates_code on certificates (code, created_at)',
  'create index certificates_key on certificates (key_id, superseded_at)',
  'create index certificates_user on certificates (user_id, awarded_at)',
  'create index certificates_end on certificates (valid_until) where superseded_at is null',
  // The newest of all, and of one organisation, are found without reading every row.
  'create index certificates_newest on certificates (awarded_at desc, id)',
  'create index certificates_newest_in on certificates (organisation_id, awarded_at desc, id desc)',
  // To find awards that were never signed, and certificates without a seal.
  'create index certificates_unsigned on certificates (created_at) where issued_at is null',
  'create index certificates_unsealed on certificates (id) where seal is null',
  // To count issued certificates, as `users_confirmed` serves to count people.
  'create index certificates_issued on certificates (issued_at) where issued_at is not null',

  // Nobody in `actor_id`: the installation found the revocation in a published status list after a restore.
  `create table revocations (
    certificate_id varchar(36) primary key references certificates (id),
    organisation_id varchar(36) not null references organisations (id),
    reason varchar(40) not null,
    note varchar(1000),
    actor_id varchar(36) references users (id),
    revoked_at bigint not null
  )`,

  `create table suspensions (
    certificate_id varchar(36) primary key references certificates (id),
    organisation_id varchar(36) not null references organisations (id),
    reason varchar(40) not null,
    note varchar(1000),
    actor_id varchar(36) references users (id),
    suspended_at bigint not null
  )`,

  `create table supersessions (
    certificate_id varchar(36) primary key references certificates (id),
    replacement_id varchar(36) not null unique references certificates (id),
    organisation_id varchar(36) not null references organisations (id),
    reason varchar(40) not null,
    note varchar(1000),
    actor_id varchar(36) references users (id),
    dedupe_key varchar(160) unique,
    superseded_at bigint not null
  )`,

  // Certificates whose stored record was found to differ from what was signed, until a check finds that it matches again.
  `create table certificate_doubts (
    certificate_id varchar(36) primary key references certificates (id),
    noticed_at bigint not null
  )`,

  // One row: the time up to which completed cycles were searched for missing certificates (epoch ms).
  `create table certificate_searches (
    id integer primary key check (id = 1),
    completed_until bigint not null
  )`,

  // One reminder for each cycle and stage (days before the end).
  `create table renewal_reminders (
    cycle_id varchar(36) not null references cycles (id),
    days integer not null check (days > 0),
    organisation_id varchar(36) not null references organisations (id),
    reminded_at bigint not null,
    primary key (cycle_id, days)
  )`,
];

/** SQLite compares text by its bytes; PostgreSQL follows the rules of a language unless told otherwise. */
export const onPostgres = ['create index certificates_code_bytes on certificates (code collate "C")'];

export const down = [
  'drop table renewal_reminders',
  'drop table certificate_searches',
  'drop table certificate_doubts',
  'drop table supersessions',
  'drop table suspensions',
  'drop table revocations',
  'drop table certificates',
];
