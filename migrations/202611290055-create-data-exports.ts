export const up = [
  // Somebody asked for all that is held of them. The file itself stands in the data folder until it expires.
  `create table data_exports (
    id varchar(36) primary key,
    user_id varchar(36) not null references users (id),
    state varchar(10) not null check (state in ('asked', 'ready')),
    asked_at bigint not null,
    made_at bigint,
    expires_at bigint,
    size integer
  )`,
  'create index data_exports_user on data_exports (user_id, asked_at)',
  `create unique index data_exports_open on data_exports (user_id) where state = 'asked'`,
  'create index data_exports_end on data_exports (expires_at) where expires_at is not null',
];

export const down = ['drop table data_exports'];
