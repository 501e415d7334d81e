export const up = [
  // What an organisation asks people to sign who have completed a course: a version of a text in a language. A row is never changed
  // but for its end; one without an end is asked for.
  `create table acknowledgement_statements (
    id varchar(36) primary key,
    organisation_id varchar(36) not null references organisations (id),
    course_slug varchar(80) not null,
    locale varchar(35) not null,
    number integer not null,
    text varchar(1000) not null,
    sha256 varchar(64) not null,
    recorded_at bigint not null,
    retired_at bigint,
    actor_id varchar(36) references users (id)
  )`,
  `create unique index acknowledgement_statements_number
    on acknowledgement_statements (organisation_id, course_slug, locale, number)`,
  `create unique index acknowledgement_statements_asked
    on acknowledgement_statements (organisation_id, course_slug, locale) where retired_at is null`,
  // Somebody signed a statement after a cycle, by typing their name.
  `create table acknowledgements (
    id varchar(36) primary key,
    organisation_id varchar(36) not null references organisations (id),
    statement_id varchar(36) not null references acknowledgement_statements (id),
    cycle_id varchar(36) not null references cycles (id),
    user_id varchar(36) not null references users (id),
    typed_name varchar(200) not null,
    signed_at bigint not null
  )`,
  'create unique index acknowledgements_cycle on acknowledgements (cycle_id)',
  'create index acknowledgements_person on acknowledgements (organisation_id, user_id)',
  'create index acknowledgements_statement on acknowledgements (statement_id)',
];

export const down = ['drop table acknowledgements', 'drop table acknowledgement_statements'];
