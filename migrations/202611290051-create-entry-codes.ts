export const up = [
  // By which the people of an organisation name it when they sign in with a staff number. Printed, and never changed.
  `create table entrances (
    organisation_id varchar(36) primary key references organisations (id),
    code varchar(6) not null unique,
    made_at bigint not null
  )`,
  // A printed code by which somebody without an e-mail address comes in for the first time. Its text is computed from the id with
  // a key that is not in the database, so nothing here lets anybody in.
  `create table entry_codes (
    id varchar(36) primary key,
    organisation_id varchar(36) not null references organisations (id),
    membership_id varchar(36) not null references memberships (id),
    made_by varchar(36),
    made_at bigint not null,
    expires_at bigint not null,
    outcome varchar(10) check (outcome in ('used', 'replaced')),
    ended_at bigint
  )`,
  'create unique index entry_codes_open on entry_codes (membership_id) where ended_at is null',
  'create index entry_codes_membership on entry_codes (membership_id)',
  // They sign in on devices that others use, too: where the next of them begins.
  'alter table sessions add column entry varchar(120)',
];

export const down = [
  'alter table sessions drop column entry',
  'drop table entry_codes',
  'drop table entrances',
];
