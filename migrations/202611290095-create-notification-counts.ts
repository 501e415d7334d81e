export const up = [
  // A notification of a possible victim, as a contract asks to count it: on which day, from whom, and on which days a hotline and
  // the police were told. Nobody is named or described, and there is no text. A row is never changed but for its end.
  `create table notification_counts (
    id varchar(36) primary key,
    organisation_id varchar(36) not null references organisations (id),
    day varchar(10) not null,
    source varchar(10) not null check (source in ('staff', 'passenger')),
    hotline_on varchar(10),
    police_on varchar(10),
    recorded_at bigint not null,
    retired_at bigint,
    actor_id varchar(36) references users (id),
    retired_by varchar(36) references users (id)
  )`,
  'create index notification_counts_day on notification_counts (organisation_id, day)',
  'create index credits_completed on credits (organisation_id, completed_on)',
];

export const down = ['drop index credits_completed', 'drop table notification_counts'];
