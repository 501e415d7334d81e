export const up = [
  `create table mails (
    id varchar(36) primary key,
    dedupe_key varchar(160) not null unique,
    kind varchar(60) not null,
    user_id varchar(36) not null references users (id),
    state varchar(10) not null check (state in ('sending', 'sent', 'failed')),
    created_at bigint not null,
    sent_at bigint
  )`,
  'create index mails_user on mails (user_id, created_at)',
];

export const down = ['drop table mails'];
