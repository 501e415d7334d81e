export const name = '202611280901-put-jobs-in-lanes';

/**
 * Each kind of work waits in a lane of its own, a job names its event in a column, and why it last failed. SQLite cannot
 * change a CHECK, so the table is made anew. Jobs that the old limit of twelve tries ended are ready again.
 */
export const up = [
  `create table jobs_in_lanes (
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
  `insert into jobs_in_lanes (id, reaction, event_seq, lane, rank, dedupe_key, state, run_at, attempts, lease_until, fence,
     failure, failing_since, last_error, created_at, finished_at)
   select id, reaction,
     case when payload like '{"seq":%' then cast(substr(payload, 8, length(payload) - 8) as bigint) end,
     case when reaction like 'mail.%' then 'mail' when payload = '{}' then 'routine' when rank = 0 then 'awaited'
       else 'bulk' end,
     rank, dedupe_key, case when state = 'failed' then 'ready' else state end, run_at, attempts, lease_until, fence,
     case when state <> 'done' and last_error is not null then 'fault' end,
     case when state <> 'done' and last_error is not null then created_at end, last_error, created_at, finished_at
   from jobs`,
  `drop table jobs`,
  `alter table jobs_in_lanes rename to jobs`,
  `create index jobs_due on jobs (state, lane, rank, run_at, created_at)`,
  `create index jobs_open on jobs (created_at, id) where state <> 'done'`,
  `create index jobs_failing on jobs (reaction, created_at) where failure is not null`,
  `create table job_lanes (
    name varchar(10) primary key,
    failing_since bigint,
    failures integer not null default 0,
    paused_until bigint not null default 0,
    last_error varchar(500)
  )`,
];

export const down = [
  `drop table job_lanes`,
  `create table jobs_in_one_line (
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
    finished_at bigint,
    rank integer not null default 1
  )`,
  `insert into jobs_in_one_line (id, reaction, payload, dedupe_key, state, run_at, attempts, lease_until, fence, last_error,
     created_at, finished_at, rank)
   select id, reaction, case when event_seq is null then '{}' else '{"seq":' || event_seq || '}' end, dedupe_key,
     case when state = 'given-up' then 'failed' else state end, run_at, attempts, lease_until, fence, last_error,
     created_at, finished_at, rank
   from jobs`,
  `drop table jobs`,
  `alter table jobs_in_one_line rename to jobs`,
  `create index jobs_due on jobs (state, rank, run_at)`,
];
