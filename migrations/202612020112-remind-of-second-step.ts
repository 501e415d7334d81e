// Once for each time that a role asks for it: `asked_from` is the moment from which it does.
export const up = [
  `create table factor_reminders (
    user_id varchar(36) not null references users (id),
    asked_from bigint not null,
    reminded_at bigint not null,
    primary key (user_id, asked_from)
  )`,
];

export const down = ['drop table factor_reminders'];
