export const up = [
  // A code on a poster, by which anybody joins an organisation. It hangs on walls, so it is no secret and is kept as it is.
  `create table join_codes (
    id varchar(36) primary key,
    organisation_id varchar(36) not null references organisations (id),
    unit_id varchar(36) references units (id),
    course_slug varchar(80),
    code varchar(8) not null unique,
    from_day varchar(10) not null,
    until_day varchar(10) check (until_day > from_day),
    most_people integer check (most_people > 0),
    made_by varchar(36),
    made_at bigint not null,
    ended_by varchar(36),
    ended_at bigint
  )`,
  'create index join_codes_organisation on join_codes (organisation_id, made_at)',
  // Who joined by a code: once, however often they use it.
  `create table join_code_uses (
    join_code_id varchar(36) not null references join_codes (id),
    membership_id varchar(36) not null references memberships (id),
    used_at bigint not null,
    primary key (join_code_id, membership_id)
  )`,
  // The code that somebody came with when a link was mailed: they may open it on another device.
  'alter table tokens add column join_code_id varchar(36)',
];

export const down = [
  'alter table tokens drop column join_code_id',
  'drop table join_code_uses',
  'drop table join_codes',
];
