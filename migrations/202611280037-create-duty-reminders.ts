export const up = [
  // A reminder of a duty, once for each due day and stage. "Overtaken": a later stage had come before it could go out.
  `create table duty_reminders (
    id varchar(36) primary key,
    organisation_id varchar(36) not null references organisations (id),
    requirement_id varchar(36) not null references requirements (id),
    assignment_id varchar(36) not null references assignments (id),
    membership_id varchar(36) not null references memberships (id),
    due_day varchar(10) not null,
    stage varchar(20) not null,
    outcome varchar(10) not null check (outcome in ('due', 'overtaken')),
    day varchar(10) not null,
    recorded_at bigint not null,
    announced_at bigint
  )`,
  'create unique index duty_reminders_stage on duty_reminders (assignment_id, due_day, stage)',
  `create index duty_reminders_unannounced on duty_reminders (organisation_id, membership_id)
   where announced_at is null and outcome = 'due'`,
  'create index duty_reminders_membership on duty_reminders (membership_id, day)',
  'create index duty_reminders_day on duty_reminders (organisation_id, day)',

  // The last day on which an organisation's reminders were gone through, in its zone.
  `create table duty_mail_days (
    organisation_id varchar(36) primary key references organisations (id),
    day varchar(10) not null,
    gone_through_at bigint not null
  )`,

  'create index standing_intervals_due on standing_intervals (requirement_id, due_day) where retired_at is null',
];

export const down = [
  'drop index standing_intervals_due',
  'drop table duty_mail_days',
  'drop table duty_reminders',
];
