export const name = '202611242211-confirm-names';

/**
 * The name that a learner confirms for the certificate of a round: only ever added to, the newest counts. A request
 * to correct the name on a certificate is about the round, whose certificate may be replaced meanwhile; one at a time
 * waits for its answer.
 */
export const up = [
  `create table confirmed_names (
    cycle_id varchar(36) not null references cycles (id),
    number integer not null check (number > 0),
    organisation_id varchar(36) not null references organisations (id),
    user_id varchar(36) not null references users (id),
    name varchar(400) not null,
    confirmed_at bigint not null,
    primary key (cycle_id, number)
  )`,
  `create table name_requests (
    id varchar(36) primary key,
    cycle_id varchar(36) not null references cycles (id),
    organisation_id varchar(36) not null references organisations (id),
    user_id varchar(36) not null references users (id),
    name varchar(400) not null,
    why varchar(1000) not null,
    requested_at bigint not null,
    decision varchar(10) check (decision in ('approved', 'refused')),
    decided_by varchar(36) references users (id),
    decided_at bigint,
    answer varchar(1000)
  )`,
  `create unique index name_requests_waiting on name_requests (cycle_id) where decided_at is null`,
  `create index name_requests_organisation on name_requests (organisation_id, requested_at)`,
];

export const down = ['drop table name_requests', 'drop table confirmed_names'];
