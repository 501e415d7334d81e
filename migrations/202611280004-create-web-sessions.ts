/** What the web server keeps for itself. */
export const up = [
  `create table sessions (
    id_hash varchar(64) primary key,
    user_id varchar(36) references users (id),
    data text not null,
    created_at bigint not null,
    touched_at bigint not null,
    expires_at bigint not null
  )`,
  'create index sessions_user on sessions (user_id)',
  'create index sessions_expiry on sessions (expires_at)',

  `create table rate_limits (
    key varchar(255) primary key,
    points integer not null,
    expire bigint not null
  )`,

  // One row, written whenever somebody asks whether the server is ready. If the write succeeds, it is.
  `create table heartbeats (
    id integer primary key,
    at bigint not null
  )`,
];

export const down = ['drop table heartbeats', 'drop table rate_limits', 'drop table sessions'];
