export const name = '202611242201-limit-attempts';

/**
 * When an attempt's time is over is written down as it begins, so that nothing that changes later moves it. What a
 * person is allowed, and what was practised after a fail, is added and never changed: the newest row holds.
 */
export const up = [
  'alter table attempts add column deadline_at bigint',
  'alter table attempts add column grace_ms integer not null default 0',
  `alter table attempts add column closed_by varchar(10) check (closed_by in ('learner', 'clock'))`,
  `create index attempts_overdue on attempts (deadline_at)
   where submitted_at is null and deadline_at is not null`,
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
  `create table attempt_grants (
    cycle_id varchar(36) not null references cycles (id),
    organisation_id varchar(36) not null references organisations (id),
    quiz varchar(80) not null,
    number integer not null check (number > 0),
    actor_id varchar(36) not null references users (id),
    created_at bigint not null,
    primary key (cycle_id, quiz, number)
  )`,
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
  'drop index attempts_overdue',
  'alter table attempts drop column closed_by',
  'alter table attempts drop column grace_ms',
  'alter table attempts drop column deadline_at',
];
