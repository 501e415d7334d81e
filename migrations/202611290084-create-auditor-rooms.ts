export const up = [
  // A room in which an auditor sees some requirements of an organisation for a period, until a day.
  `create table auditor_rooms (
    id varchar(36) primary key,
    organisation_id varchar(36) not null references organisations (id),
    title varchar(200) not null,
    email varchar(254) not null,
    shows varchar(10) not null check (shows in ('names', 'numbers')),
    with_scores boolean not null default false,
    requirement_ids text not null,
    unit_ids text,
    from_day varchar(10) not null,
    last_day varchar(10) not null check (last_day >= from_day),
    until_day varchar(10) not null,
    seed varchar(32) not null,
    token_hash varchar(64) not null unique,
    made_by varchar(36) not null,
    made_at bigint not null,
    file_id varchar(36) not null references sealed_files (id),
    opened_at bigint,
    auditor_id varchar(36),
    entered_at bigint,
    ended_by varchar(36),
    ended_at bigint
  )`,
  'create index auditor_rooms_organisation on auditor_rooms (organisation_id, made_at)',
  'create index auditor_rooms_auditor on auditor_rooms (auditor_id) where auditor_id is not null',

  // Whom a room shows, by the number that they have in it. Written once, before it opens.
  `create table auditor_room_people (
    room_id varchar(36) not null references auditor_rooms (id),
    number integer not null,
    organisation_id varchar(36) not null,
    membership_id varchar(36) not null references memberships (id),
    primary key (room_id, number)
  )`,
  'create unique index auditor_room_people_membership on auditor_room_people (membership_id, room_id)',

  // What an auditor asks to be shown, and the answer.
  `create table auditor_room_requests (
    id varchar(36) primary key,
    room_id varchar(36) not null references auditor_rooms (id),
    organisation_id varchar(36) not null,
    number integer,
    asks varchar(1000) not null,
    asked_by varchar(36) not null,
    asked_at bigint not null,
    answer varchar(1000),
    answered_by varchar(36),
    answered_at bigint,
    closed_by varchar(36),
    closed_at bigint
  )`,
  'create index auditor_room_requests_room on auditor_room_requests (room_id, asked_at)',

  // What the auditor opened: a row for each day, kind of page, and person or file.
  `create table auditor_room_readings (
    room_id varchar(36) not null references auditor_rooms (id),
    day varchar(10) not null,
    page varchar(20) not null,
    about varchar(80) not null,
    organisation_id varchar(36) not null,
    read_at bigint not null,
    primary key (room_id, day, page, about)
  )`,
  'create index auditor_room_readings_time on auditor_room_readings (room_id, read_at)',
];

export const down = [
  'drop table auditor_room_readings',
  'drop table auditor_room_requests',
  'drop table auditor_room_people',
  'drop table auditor_rooms',
];
