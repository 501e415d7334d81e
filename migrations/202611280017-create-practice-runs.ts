export const up = [
  // A practice quiz that was taken in a cycle, whatever came of it; the first time counts.
  `create table practice_runs (
    cycle_id varchar(36) not null references cycles (id),
    organisation_id varchar(36) not null references organisations (id),
    quiz varchar(80) not null,
    attempt_id varchar(36) not null,
    taken_at bigint not null,
    primary key (cycle_id, quiz)
  )`,
];

export const down = ['drop table practice_runs'];
