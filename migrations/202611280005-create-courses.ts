export const up = [
  `create table course_versions (
    id varchar(36) primary key,
    course_slug varchar(80) not null,
    number integer not null check (number > 0),
    content_hash varchar(64) not null,
    content text not null,
    published_at bigint not null,
    unique (course_slug, number)
  )`,

  `create table library_versions (
    number integer primary key,
    source_hash varchar(64) not null,
    content_hash varchar(64) not null,
    content text not null,
    published_at bigint not null
  )`,

  // Nobody in `granted_by`: it was done at the command line.
  `create table course_grants (
    organisation_id varchar(36) not null references organisations (id),
    course_slug varchar(80) not null,
    granted_by varchar(36) references users (id),
    granted_at bigint not null,
    primary key (organisation_id, course_slug)
  )`,
];

export const down = ['drop table course_grants', 'drop table library_versions', 'drop table course_versions'];
