export const up = [
  // `deadline_at` is fixed when the attempt begins, so that no later change of a rule moves it. Only a pause does: whether
  // the attempt is paused now and for how long in all is kept, since that has a limit; when, how often and why is not.
  `create table attempts (
    id varchar(36) primary key,
    organisation_id varchar(36) not null references organisations (id),
    user_id varchar(36) not null references users (id),
    cycle_id varchar(36) not null references cycles (id),
    course_version_id varchar(36) not null references course_versions (id),
    quiz varchar(80) not null,
    number integer not null check (number > 0),
    form text not null,
    started_at bigint not null,
    deadline_at bigint,
    grace_ms integer not null default 0,
    paused_at bigint,
    paused_ms bigint not null default 0,
    submitted_at bigint,
    closed_by varchar(10) check (closed_by in ('learner', 'clock')),
    points integer,
    max_points integer,
    right_answers integer,
    passed boolean,
    result text,
    rulings_seen integer,
    unique (cycle_id, quiz, number)
  )`,
  'create unique index attempts_one_open on attempts (cycle_id, quiz) where submitted_at is null',
  `create index attempts_overdue on attempts (deadline_at)
   where submitted_at is null and deadline_at is not null`,
  // Statistics read the attempts at a quiz in the order they were submitted, a few hundred at a time.
  `create index attempts_submitted on attempts (quiz, submitted_at, id, course_version_id)
   where submitted_at is not null`,

  // `confidence`: how sure the learner was, if they said so. It never changes the score.
  `create table attempt_answers (
    attempt_id varchar(36) not null references attempts (id),
    organisation_id varchar(36) not null references organisations (id),
    slot integer not null check (slot > 0),
    sequence integer not null check (sequence > 0),
    response text not null,
    confidence varchar(10) check (confidence in ('sure', 'fairly', 'guess')),
    answered_at bigint not null,
    primary key (attempt_id, slot, sequence)
  )`,

  // Extra time agreed for a learner. Rows are added and never changed: the newest counts.
  `create table extra_times (
    id varchar(36) primary key,
    organisation_id varchar(36) not null references organisations (id),
    user_id varchar(36) not null references users (id),
    number integer not null check (number > 0),
    allowance varchar(10) not null check (allowance in ('none', '25', '50', '100', 'unlimited')),
    agreed_on varchar(10) not null,
    agreed_by varchar(200) not null,
    until_at bigint,
    actor_id varchar(36) not null references users (id),
    created_at bigint not null,
    unique (organisation_id, user_id, number)
  )`,

  // A further attempt that somebody allowed, a row each.
  `create table attempt_grants (
    cycle_id varchar(36) not null references cycles (id),
    organisation_id varchar(36) not null references organisations (id),
    quiz varchar(80) not null,
    number integer not null check (number > 0),
    actor_id varchar(36) not null references users (id),
    created_at bigint not null,
    primary key (cycle_id, quiz, number)
  )`,

  // A rule that the learner practised after a failed attempt.
  `create table remediations (
    attempt_id varchar(36) not null references attempts (id),
    organisation_id varchar(36) not null references organisations (id),
    rule varchar(20) not null,
    item_id varchar(20) not null,
    done_at bigint not null,
    primary key (attempt_id, rule)
  )`,
];

export const down = [
  'drop table remediations',
  'drop table attempt_grants',
  'drop table extra_times',
  'drop table attempt_answers',
  'drop table attempts',
];
