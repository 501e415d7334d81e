export const name = '202611280006-create-reporting-lines';

/** Rows of both tables are added and never changed: the newest counts. */
export const up = [
  // An organisation's own reporting line. Without a name: it has none any more.
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

  // What administrators found when they checked a public reporting line. With `how` empty, the entry was withdrawn and the
  // line as published in the course content counts again.
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

export const down = ['drop table public_line_checks', 'drop table own_reporting_lines'];
