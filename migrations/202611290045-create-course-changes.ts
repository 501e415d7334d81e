export const up = [
  // Whether a version of a course asks those who know an earlier one to learn it again: proposed once, by whoever publishes.
  `create table course_changes (
    course_version_id varchar(36) primary key references course_versions (id),
    course_slug varchar(80) not null,
    number integer not null,
    kind varchar(10) not null check (kind in ('minor', 'material')),
    says varchar(300) not null,
    proposed_by varchar(36) references users (id),
    proposed_at bigint not null
  )`,
  'create index course_changes_course on course_changes (course_slug, number)',

  // An organisation that asks nothing anew of its people because of such a version.
  `create table changes_taken_as_minor (
    organisation_id varchar(36) not null references organisations (id),
    course_version_id varchar(36) not null references course_versions (id),
    actor_id varchar(36) references users (id),
    decided_at bigint not null,
    primary key (organisation_id, course_version_id)
  )`,
];

export const down = ['drop table changes_taken_as_minor', 'drop table course_changes'];
