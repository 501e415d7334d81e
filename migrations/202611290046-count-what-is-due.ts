/** Those who stand today with something to be done in time, by the day by which: of a unit and below it, and ('') of all. */
const ahead = `from standing_intervals i join requirement_days d on d.requirement_id = i.requirement_id`;
const today = `where i.retired_at is null and i.due_day is not null
  and i.standing in ('current', 'expiring', 'due-soon', 'not-yet-due')
  and i.from_day <= d.day and (i.to_day is null or i.to_day > d.day)`;

export const up = [
  `create table due_counts (
    requirement_id varchar(36) not null references requirements (id),
    unit_id varchar(36) not null,
    due_day varchar(10) not null,
    organisation_id varchar(36) not null references organisations (id),
    people integer not null,
    primary key (requirement_id, unit_id, due_day)
  )`,
  'create index due_counts_organisation on due_counts (organisation_id, unit_id, due_day)',
  'create index due_counts_nobody on due_counts (organisation_id) where people = 0',
  `insert into due_counts (requirement_id, unit_id, due_day, organisation_id, people)
    select i.requirement_id, '', i.due_day, i.organisation_id, count(*) ${ahead} ${today}
    group by i.requirement_id, i.due_day, i.organisation_id`,
  `insert into due_counts (requirement_id, unit_id, due_day, organisation_id, people)
    select i.requirement_id, a.ancestor_id, i.due_day, i.organisation_id, count(*) ${ahead}
      join unit_ancestors a on a.unit_id = i.unit_id ${today}
    group by i.requirement_id, a.ancestor_id, i.due_day, i.organisation_id`,
];

export const down = ['drop table due_counts'];
