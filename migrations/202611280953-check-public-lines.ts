export const name = '202611280953-check-public-lines';

/**
 * What administrators found when they checked a public reporting line: rows are added and never changed, the newest
 * counts. Without a way of checking: the entry was taken back, and the line of the content counts again.
 */
export const up = [
  `create table public_line_checks (
    line_id varchar(60) not null,
    number integer not null check (number > 0),
    phone varchar(30),
    url varchar(400),
    hours varchar(200),
    checked_on varchar(10),
    how varchar(10) check (how in ('called', 'source')),
    source varchar(400),
    actor_id varchar(36) not null references users (id),
    created_at bigint not null,
    primary key (line_id, number),
    check ((how is null) = (checked_on is null)),
    check (how is null or phone is not null or url is not null)
  )`,
];

export const down = ['drop table public_line_checks'];
