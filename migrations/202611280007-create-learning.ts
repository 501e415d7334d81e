export const up = [
  `create table enrolments (
    id varchar(36) primary key,
    organisation_id varchar(36) not null references organisations (id),
    user_id varchar(36) not null references users (id),
    course_slug varchar(80) not null,
    created_at bigint not null,
    unique (organisation_id, user_id, course_slug)
  )`,
  'create index enrolments_user on enrolments (user_id)',

  `create table cycles (
    id varchar(36) primary key,
    enrolment_id varchar(36) not null references enrolments (id),
    organisation_id varchar(36) not null references organisations (id),
    user_id varchar(36) not null references users (id),
    course_version_id varchar(36) not null references course_versions (id),
    number integer not null check (number > 0),
    opened_at bigint not null,
    completed_at bigint,
    unique (enrolment_id, number)
  )`,
  'create index cycles_user on cycles (user_id)',
  // To find completed cycles that have no certificate. This index and the next are also counted, as `users_confirmed` is.
  'create index cycles_completed on cycles (completed_at, id) where completed_at is not null',
  'create index cycles_open on cycles (completed_at) where completed_at is null',

  `create table lesson_readings (
    cycle_id varchar(36) not null references cycles (id),
    organisation_id varchar(36) not null references organisations (id),
    module_slug varchar(80) not null,
    lesson_slug varchar(120) not null,
    finished_at bigint not null,
    primary key (cycle_id, module_slug, lesson_slug)
  )`,

  `create table quiz_passes (
    cycle_id varchar(36) not null references cycles (id),
    organisation_id varchar(36) not null references organisations (id),
    quiz varchar(80) not null,
    attempt_id varchar(36) not null,
    passed_at bigint not null,
    primary key (cycle_id, quiz)
  )`,

  // The name a learner confirms for the certificate of a cycle. Rows are only added: the newest counts.
  `create table confirmed_names (
    cycle_id varchar(36) not null references cycles (id),
    number integer not null check (number > 0),
    organisation_id varchar(36) not null references organisations (id),
    user_id varchar(36) not null references users (id),
    name varchar(400) not null,
    confirmed_at bigint not null,
    primary key (cycle_id, number)
  )`,
];

export const down = [
  'drop table confirmed_names',
  'drop table quiz_passes',
  'drop table lesson_readings',
  'drop table cycles',
  'drop table enrolments',
];
