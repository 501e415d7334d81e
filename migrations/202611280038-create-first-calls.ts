export const up = [
  // Whom a person would tell first, and what would make them: theirs alone, and shown to nobody else.
  `create table first_calls (
    user_id varchar(36) primary key references users (id),
    inside varchar(200) not null,
    outside varchar(200) not null,
    sign varchar(200) not null,
    kept_at bigint not null
  )`,
];

export const down = ['drop table first_calls'];
