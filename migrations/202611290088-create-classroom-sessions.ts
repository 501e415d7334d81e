export const up = [
  // A course taught in a room. `revision` counts what was changed about who came, so that two forms do not undo each other.
  `create table classroom_sessions (
    id varchar(36) primary key,
    organisation_id varchar(36) not null references organisations (id),
    course_slug varchar(80) not null,
    unit_id varchar(36) references units (id),
    place varchar(200) not null,
    day varchar(10) not null,
    time varchar(5) not null,
    minutes integer not null check (minutes > 0),
    capacity integer check (capacity > 0),
    control_number varchar(60),
    instructor_id varchar(36),
    visitor_name varchar(200),
    visitor_licence varchar(60),
    points text not null,
    code varchar(8) not null unique,
    revision integer not null default 0,
    planned_by varchar(36) not null,
    planned_at bigint not null,
    version integer,
    needed_minutes integer,
    signed_at bigint,
    ended_at bigint,
    check ((instructor_id is null) <> (visitor_name is null))
  )`,
  'create index classroom_sessions_organisation on classroom_sessions (organisation_id, day)',
  // Who is expected, who came, for how long, and what they did.
  `create table classroom_people (
    session_id varchar(36) not null references classroom_sessions (id),
    membership_id varchar(36) not null references memberships (id),
    organisation_id varchar(36) not null references organisations (id),
    state varchar(10) not null check (state in ('expected', 'present', 'absent')),
    minutes integer check (minutes > 0),
    points_done text not null,
    came_at bigint,
    added_by varchar(36),
    added_at bigint not null,
    primary key (session_id, membership_id)
  )`,
  'create index classroom_people_membership on classroom_people (membership_id)',
  // What was signed, word for word and row for row: a correction is one more, and the first one stays.
  `create table classroom_signatures (
    id varchar(36) primary key,
    session_id varchar(36) not null references classroom_sessions (id),
    organisation_id varchar(36) not null references organisations (id),
    number integer not null,
    kind varchar(10) not null check (kind in ('signed', 'corrected', 'withdrawn')),
    signed_by varchar(36) not null,
    signed_name varchar(200) not null,
    statement varchar(40) not null,
    statement_hash varchar(64) not null,
    record text not null,
    record_hash varchar(64) not null,
    reason varchar(500),
    signed_at bigint not null,
    unique (session_id, number)
  )`,
  'create index classroom_signatures_signer on classroom_signatures (signed_by)',
  // How long a course takes in a room, where one session is not all of it.
  `create table course_hours (
    organisation_id varchar(36) not null references organisations (id),
    course_slug varchar(80) not null,
    minutes integer not null check (minutes > 0),
    set_by varchar(36),
    set_at bigint not null,
    primary key (organisation_id, course_slug)
  )`,
  // The last day on which a completion outside our own courses counts as a certificate of the course would.
  'alter table credits add column last_day varchar(10)',
];

export const down = [
  'alter table credits drop column last_day',
  'drop table course_hours',
  'drop table classroom_signatures',
  'drop table classroom_people',
  'drop table classroom_sessions',
];
