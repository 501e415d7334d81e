export const up = [
  // Somebody changes the address of their account. The rows hold addresses, and are removed once nothing can be undone.
  `create table address_changes (
    id varchar(36) primary key,
    user_id varchar(36) not null references users (id),
    old_email varchar(254) not null,
    new_email varchar(254) not null,
    asked_at bigint not null,
    confirmed_at bigint,
    ended_at bigint
  )`,
  'create index address_changes_user on address_changes (user_id, asked_at)',
  'create unique index address_changes_open on address_changes (user_id) where confirmed_at is null and ended_at is null',
];

export const down = ['drop table address_changes'];
