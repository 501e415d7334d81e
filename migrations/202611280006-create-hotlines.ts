/** Rows of both tables are added and never changed: the newest counts. */
export const up = [
  // An organisation's own hotline. Without a name: it has none any more.
  `create table own_hotlines (
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

  // What administrators found when they checked a published hotline. With `how` empty, the entry was withdrawn, and the
  // hotline as published in the course content counts again.
  `create table hotline_checks (
    hotline_id varchar(60) not null,
    number integer not null check (number > 0),
    phone varchar(30),
    url varchar(400),
    hours varchar(200),
    checked_on varchar(10),
    how varchar(10) check (how in ('called', 'source')),
    source varchar(400),
    actor_id varchar(36) not null references users (id),
    created_at bigint not null,
    primary key (hotline_id, number),
    check ((how is null) = (checked_on is null)),
    check (how is null or phone is not null or url is not null)
  )`,
];

export const down = ['drop table hotline_checks', 'drop table own_hotlines'];
