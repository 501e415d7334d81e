export const name = '202611242214-remind-of-renewal';

/** One reminder for each round and stage (days before the end). */
export const up = [
  `create table renewal_reminders (
    cycle_id varchar(36) not null references cycles (id),
    days integer not null check (days > 0),
    organisation_id varchar(36) not null references organisations (id),
    reminded_at bigint not null,
    primary key (cycle_id, days)
  )`,
  `create index certificates_end on certificates (valid_until) where superseded_at is null`,
];

export const down = ['drop index certificates_end', 'drop table renewal_reminders'];
