// How many reminders went out on a day was counted in all of them, each time somebody looked: a hundred thousand on a first morning.
// Who will be reminded is read by due days: most intervals of such a day are of another standing, and no row is read for them now.
// How somebody stands is asked of hundreds of people for each page of a list: the index of their intervals answers it alone.
export const up = [
  `create table duty_mail_counts (
    organisation_id varchar(36) not null references organisations (id),
    day varchar(10) not null,
    stage varchar(20) not null,
    outcome varchar(10) not null check (outcome in ('due', 'overtaken')),
    duties integer not null,
    primary key (organisation_id, day, stage, outcome)
  )`,
  `insert into duty_mail_counts (organisation_id, day, stage, outcome, duties)
   select organisation_id, day, stage, outcome, count(*) from duty_reminders group by organisation_id, day, stage, outcome`,
  `insert into duty_mail_counts (organisation_id, day, stage, outcome, duties)
   select organisation_id, day, 'escalated', 'due', count(distinct assignment_id) from duty_escalations group by organisation_id, day`,
  'drop index standing_intervals_due',
  `create index standing_intervals_due on standing_intervals (requirement_id, due_day, standing, to_day)
   where retired_at is null`,
  'drop index standing_intervals_person',
  `create index standing_intervals_person on standing_intervals
   (membership_id, requirement_id, from_day, to_day, standing, retired_at)`,
];

export const down = [
  'drop index standing_intervals_person',
  'create index standing_intervals_person on standing_intervals (membership_id, requirement_id, from_day, to_day)',
  'drop index standing_intervals_due',
  'create index standing_intervals_due on standing_intervals (requirement_id, due_day) where retired_at is null',
  'drop table duty_mail_counts',
];
