export const up = [
  // Since when somebody has a second factor, and from when on a role of theirs asks for one.
  'alter table users add column factor_since bigint',
  'alter table users add column factor_asked_from bigint',
  // The session opens nothing until its person has proven their second factor, too.
  'alter table sessions add column awaits_factor boolean not null default false',
  `create table authenticator_apps (
    user_id varchar(36) primary key references users (id),
    sealed_secret varchar(200) not null,
    last_step bigint not null,
    added_at bigint not null
  )`,
  `create table recovery_codes (
    code_hash varchar(64) primary key,
    user_id varchar(36) not null references users (id),
    made_at bigint not null,
    used_at bigint
  )`,
  'create index recovery_codes_person on recovery_codes (user_id)',
  `create table factor_resets (
    id varchar(36) primary key,
    user_id varchar(36) not null references users (id),
    reason varchar(500) not null,
    asked_by varchar(36) references users (id),
    asked_at bigint not null,
    decided_by varchar(36) references users (id),
    decided_at bigint,
    is_granted boolean
  )`,
  'create unique index factor_resets_open on factor_resets (user_id) where decided_at is null',
];

// Of those who are here already, roles ask from now on.
const asked = (now: string): string[] => [`update users set factor_asked_from = ${now}`];

export const onPostgres = asked('cast(extract(epoch from now()) * 1000 as bigint)');

export const onSqlite = asked(`cast(strftime('%s', 'now') as integer) * 1000`);

export const down = [
  'drop table factor_resets',
  'drop table recovery_codes',
  'drop table authenticator_apps',
  'alter table sessions drop column awaits_factor',
  'alter table users drop column factor_asked_from',
  'alter table users drop column factor_since',
];
