export const up = [
  // What an organisation says of a rule: whether it concerns it, which requirements serve it, a note of its own. A row is never
  // changed but for its end.
  `create table rule_choices (
    id varchar(36) primary key,
    organisation_id varchar(36) not null references organisations (id),
    rule_id varchar(60) not null,
    concerns boolean not null,
    requirements text not null,
    note varchar(1000) not null,
    recorded_at bigint not null,
    retired_at bigint,
    actor_id varchar(36) references users (id)
  )`,
  'create unique index rule_choices_current on rule_choices (organisation_id, rule_id) where retired_at is null',
  // An authority approved what a version of a course teaches. Days are exclusive at the end, as facts of an organisation are.
  `create table content_approvals (
    id varchar(36) primary key,
    organisation_id varchar(36) not null references organisations (id),
    rule_id varchar(60) not null,
    authority varchar(200) not null,
    number varchar(100) not null,
    course_slug varchar(80) not null,
    version integer not null,
    from_day varchar(10) not null,
    to_day varchar(10),
    recorded_at bigint not null,
    retired_at bigint,
    actor_id varchar(36) references users (id),
    retired_by varchar(36) references users (id),
    check (to_day is null or to_day > from_day)
  )`,
  'create index content_approvals_course on content_approvals (organisation_id, course_slug, version)',
];

export const down = ['drop table content_approvals', 'drop table rule_choices'];
