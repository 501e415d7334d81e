export const name = '202611240906-create-attempts';

export const up = [
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
    submitted_at bigint,
    points integer,
    max_points integer,
    right_answers integer,
    passed boolean,
    result text,
    unique (cycle_id, quiz, number)
  )`,
  `create unique index attempts_one_open on attempts (cycle_id, quiz) where submitted_at is null`,
  `create table attempt_answers (
    attempt_id varchar(36) not null references attempts (id),
    organisation_id varchar(36) not null references organisations (id),
    slot integer not null check (slot > 0),
    sequence integer not null check (sequence > 0),
    response text not null,
    answered_at bigint not null,
    primary key (attempt_id, slot, sequence)
  )`,
];

export const down = ['drop table attempt_answers', 'drop table attempts'];
