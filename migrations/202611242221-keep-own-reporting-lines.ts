export const name = '202611242221-keep-own-reporting-lines';

/** An organisation's own reporting line: rows are added and never changed, the newest holds. Without a name: none. */
export const up = [
  `create table own_reporting_lines (
    organisation_id varchar(36) not null references organisations (id),
    number integer not null check (number > 0),
    name varchar(200),
    phone varchar(30),
    hours varchar(200),
    checked_on varchar(10),
    actor_id varchar(36) not null references users (id),
    created_at bigint not null,
    primary key (organisation_id, number),
    check ((name is null) = (phone is null) and (name is null) = (checked_on is null))
  )`,
];

export const down = ['drop table own_reporting_lines'];
