const copied = 'organisation_id, course_slug, granted_by, granted_at';

export const up = [
  // A grant is for all of an organisation or for a unit and below (unit_id is not ''), from a day, until a day. With is_by_unit
  // nobody may take the course through the organisation's own grant: its administrators grant it to units.
  `create table course_grants_to_units (
    organisation_id varchar(36) not null references organisations (id),
    course_slug varchar(80) not null,
    unit_id varchar(36) not null default '',
    is_by_unit boolean not null default false,
    from_day varchar(10) not null default '',
    until_day varchar(10),
    granted_by varchar(36) references users (id),
    granted_at bigint not null,
    primary key (organisation_id, course_slug, unit_id),
    check (unit_id = '' or not is_by_unit),
    check (until_day is null or until_day > from_day)
  )`,
  `insert into course_grants_to_units (${copied}) select ${copied} from course_grants`,
  'drop table course_grants',
  'alter table course_grants_to_units rename to course_grants',
  'create index course_grants_course on course_grants (course_slug)',
  // Somebody who manages people asks for a restricted course, for the whole organisation or for a unit of theirs.
  `create table course_requests (
    id varchar(36) primary key,
    organisation_id varchar(36) not null references organisations (id),
    course_slug varchar(80) not null,
    unit_id varchar(36) not null,
    asked_by varchar(36) not null references users (id),
    reason varchar(500) not null,
    asked_at bigint not null,
    outcome varchar(10) check (outcome in ('granted', 'declined', 'withdrawn')),
    answer varchar(500),
    decided_by varchar(36) references users (id),
    decided_at bigint
  )`,
  `create unique index course_requests_open on course_requests (organisation_id, course_slug, unit_id)
    where outcome is null`,
  'create index course_requests_asker on course_requests (asked_by)',
];

export const down = [
  'drop table course_requests',
  `create table course_grants_to_organisations (
    organisation_id varchar(36) not null references organisations (id),
    course_slug varchar(80) not null,
    granted_by varchar(36) references users (id),
    granted_at bigint not null,
    primary key (organisation_id, course_slug)
  )`,
  `insert into course_grants_to_organisations (${copied}) select ${copied} from course_grants where unit_id = '' and not is_by_unit`,
  'drop table course_grants',
  'alter table course_grants_to_organisations rename to course_grants',
];
