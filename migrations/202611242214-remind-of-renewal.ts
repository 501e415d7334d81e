export const name = '202611242214-remind-of-renewal';

/** One reminder for each round and stage (days before the end); and who wants none. */
export const up = [
  `create table renewal_reminders (
    cycle_id varchar(36) not null references cycles (id),
    days integer not null check (days > 0),
    organisation_id varchar(36) not null references organisations (id),
    reminded_at bigint not null,
    primary key (cycle_id, days)
  )`,
  `create table reminder_choices (
    organisation_id varchar(36) not null references organisations (id),
    user_id varchar(36) not null references users (id),
    turned_off_at bigint,
    changed_at bigint not null,
    primary key (organisation_id, user_id)
  )`,
  `create index certificates_end on certificates (valid_until) where superseded_at is null`,
];

export const down = [
  'drop index certificates_end',
  'drop table reminder_choices',
  'drop table renewal_reminders',
];
