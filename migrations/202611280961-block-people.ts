export const name = '202611280961-block-people';

/** Who shut whom out, why, and until when; by nobody: at the command line. Administrators are few, and are looked for often. */
export const up = [
  `create table blocks (
    id varchar(36) primary key,
    user_id varchar(36) not null references users (id),
    reason varchar(500) not null,
    blocked_by varchar(36) references users (id),
    blocked_at bigint not null,
    lifted_by varchar(36) references users (id),
    lifted_at bigint
  )`,
  'create unique index blocks_current on blocks (user_id) where lifted_at is null',
  'create index users_administrators on users (id) where is_administrator',
];

export const down = ['drop index users_administrators', 'drop table blocks'];
