export const up = [
  `create table measurements (
    id varchar(36) primary key,
    organisation_id varchar(36) not null references organisations (id),
    user_id varchar(36) not null references users (id),
    cycle_id varchar(36) not null references cycles (id),
    course_version_id varchar(36) not null references course_versions (id),
    kind varchar(20) not null check (kind in ('baseline', 'post', 'refresher-7', 'refresher-30', 'refresher-90')),
    form text not null,
    due_at bigint,
    announced_at bigint,
    started_at bigint,
    finished_at bigint,
    skipped_at bigint,
    unique (cycle_id, kind)
  )`,
  'create index measurements_due on measurements (due_at) where announced_at is null and due_at is not null',
  `create index measurements_finished on measurements (organisation_id, kind)
   where finished_at is not null`,

  `create table measurement_answers (
    measurement_id varchar(36) not null references measurements (id),
    organisation_id varchar(36) not null references organisations (id),
    slot integer not null check (slot > 0),
    item_id varchar(80) not null,
    module varchar(80) not null,
    objective varchar(80) not null,
    response text not null,
    points integer not null check (points between 0 and 100),
    answered_at bigint not null,
    primary key (measurement_id, slot)
  )`,
];

export const down = ['drop table measurement_answers', 'drop table measurements'];
