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
  'create index events_name on events (name, seq)',
  // Finds events dated in the future, which a clock that was ahead leaves behind, without reading the whole log.
  'create index events_time on events (created_at)',

  `create table event_cursors (
    name varchar(40) primary key,
    seq bigint not null
  )`,
  `insert into event_cursors (name, seq) values ('reactions', 0)`,

  // Each kind of work waits in a lane of its own. Within a lane, what somebody waits for at a screen (rank 0) goes before
  // what may take its time (1). `failure`: why the job last failed.
  `create table jobs (
    id varchar(36) primary key,
    reaction varchar(80) not null,
    event_seq bigint,
    lane varchar(10) not null default 'bulk',
    rank integer not null default 1,
    dedupe_key varchar(160) not null unique,
    state varchar(10) not null check (state in ('ready', 'running', 'done', 'failed', 'given-up')),
    run_at bigint not null,
    attempts integer not null default 0,
    lease_until bigint,
    fence integer not null default 0,
    failure varchar(10),
    failing_since bigint,
    last_error varchar(500),
    created_at bigint not null,
    finished_at bigint
  )`,
  'create index jobs_due on jobs (state, lane, rank, run_at, created_at)',
  `create index jobs_open on jobs (created_at, id) where state <> 'done'`,
  'create index jobs_failing on jobs (reaction, created_at) where failure is not null',

  `create table job_lanes (
    name varchar(10) primary key,
    failing_since bigint,
    failures integer not null default 0,
    paused_until bigint not null default 0,
    last_error varchar(500)
  )`,

  // When each routine last ran (epoch ms) and how often it has run: processes that share the database run it once.
  `create table routines (
    name varchar(60) primary key,
    last_run_at bigint not null,
    runs integer not null
  )`,
];

export const down = [
  'drop table routines',
  'drop table job_lanes',
  'drop table jobs',
  'drop table event_cursors',
  'drop table events',
];
