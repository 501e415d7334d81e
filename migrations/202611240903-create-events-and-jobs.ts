export const name = '202611240903-create-events-and-jobs';

export const up = [
  `create table events (
    seq bigint primary key,
    id varchar(36) not null unique,
    name varchar(60) not null,
    payload text not null,
    actor_id varchar(36),
    organisation_id varchar(36),
    created_at bigint not null,
    previous_hash varchar(64) not null,
    hash varchar(64) not null
  )`,
  `create index events_name on events (name, seq)`,
  `create table event_cursors (
    name varchar(40) primary key,
    seq bigint not null
  )`,
  `insert into event_cursors (name, seq) values ('reactions', 0)`,
  `create table jobs (
    id varchar(36) primary key,
    reaction varchar(80) not null,
    payload text not null,
    dedupe_key varchar(160) not null unique,
    state varchar(10) not null check (state in ('ready', 'running', 'done', 'failed')),
    run_at bigint not null,
    attempts integer not null default 0,
    lease_until bigint,
    fence integer not null default 0,
    last_error varchar(500),
    created_at bigint not null,
    finished_at bigint
  )`,
  `create index jobs_due on jobs (state, run_at)`,
];

export const down = ['drop table jobs', 'drop table event_cursors', 'drop table events'];
