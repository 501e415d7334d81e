/**
 * Facts are dated twice. `from_day` and `to_day` (exclusive; null: without an end) are days in the organisation's zone: when
 * it was so. `recorded_at` and `retired_at` are moments: when we said so. A row is never changed but for `retired_at`.
 */
export const up = [
  // Members of whom something changed since the worker last looked at what is required of them.
  `create table changed_members (
    membership_id varchar(36) primary key references memberships (id),
    organisation_id varchar(36) not null references organisations (id),
    changed_at bigint not null
  )`,
  'create index changed_members_organisation on changed_members (organisation_id, membership_id)',

  // Somebody completed a course on a day: a point, never an end. `source_id`: the cycle, the session, or the certificate from
  // elsewhere. `version`: the number of the course's version; null where it is not known.
  `create table credits (
    id varchar(36) primary key,
    organisation_id varchar(36) not null references organisations (id),
    membership_id varchar(36) not null references memberships (id),
    course_slug varchar(80) not null,
    version integer,
    completed_on varchar(10) not null,
    source varchar(20) not null check (source in ('cycle', 'session', 'elsewhere')),
    source_id varchar(36) not null,
    recorded_at bigint not null,
    actor_id varchar(36)
  )`,
  'create unique index credits_source on credits (source, source_id, membership_id, course_slug)',
  'create index credits_membership on credits (membership_id, course_slug, completed_on)',

  // A credit does not cover from one day to another. What is lifted is retired: then it always covered.
  `create table credit_voids (
    id varchar(36) primary key,
    credit_id varchar(36) not null references credits (id),
    organisation_id varchar(36) not null references organisations (id),
    because varchar(20) not null
      check (because in ('not-earned', 'issued-in-error', 'suspended', 'reopened', 'revoked-elsewhere', 'undone')),
    from_day varchar(10) not null,
    to_day varchar(10),
    recorded_at bigint not null,
    retired_at bigint,
    actor_id varchar(36)
  )`,
  'create index credit_voids_credit on credit_voids (credit_id)',

  // Why a cycle was opened; and when its learner's way through it was left, and why.
  `alter table cycles add column because varchar(10) not null default 'first'
    check (because in ('first', 'window', 'material', 'lapsed', 'revoked', 'required'))`,
  'alter table cycles add column left_at bigint',
  `alter table cycles add column left_because varchar(20)`,
  `update cycles set because = 'window' where number > 1`,
  // Whether its completion stands among the credits: what was completed before there were any is found by this.
  'alter table cycles add column is_credited boolean not null default false',
  'create index cycles_uncredited on cycles (completed_at, id) where completed_at is not null and not is_credited',

  `create table requirements (
    id varchar(36) primary key,
    organisation_id varchar(36) not null references organisations (id),
    created_at bigint not null,
    actor_id varchar(36)
  )`,
  'create index requirements_organisation on requirements (organisation_id, created_at)',

  // What is required from a day on. Of the versions that have begun on a day, the one with the highest number is in force.
  // `rule`: the sentence, as JSON.
  `create table requirement_versions (
    id varchar(36) primary key,
    requirement_id varchar(36) not null references requirements (id),
    organisation_id varchar(36) not null references organisations (id),
    number integer not null,
    title varchar(200) not null,
    from_day varchar(10) not null,
    rule text not null,
    undoes varchar(36),
    recorded_at bigint not null,
    actor_id varchar(36)
  )`,
  'create unique index requirement_versions_number on requirement_versions (requirement_id, number)',

  // One requirement on one membership: identity only. What came of it stands in its intervals.
  `create table assignments (
    id varchar(36) primary key,
    requirement_id varchar(36) not null references requirements (id),
    membership_id varchar(36) not null references memberships (id),
    organisation_id varchar(36) not null references organisations (id),
    created_at bigint not null
  )`,
  'create unique index assignments_requirement on assignments (requirement_id, membership_id)',
  'create index assignments_membership on assignments (membership_id)',

  // Somebody was added to a requirement, or taken out of it, by hand, whatever the audience says.
  `create table assignment_marks (
    id varchar(36) primary key,
    requirement_id varchar(36) not null references requirements (id),
    membership_id varchar(36) not null references memberships (id),
    organisation_id varchar(36) not null references organisations (id),
    mark varchar(10) not null check (mark in ('added', 'removed')),
    from_day varchar(10) not null,
    to_day varchar(10),
    recorded_at bigint not null,
    retired_at bigint,
    actor_id varchar(36)
  )`,
  'create index assignment_marks_membership on assignment_marks (membership_id, requirement_id)',

  // A waiver: nothing is required from one day to another. An extension: on these days `due_day` is the day by which.
  `create table exemptions (
    id varchar(36) primary key,
    requirement_id varchar(36) not null references requirements (id),
    membership_id varchar(36) not null references memberships (id),
    organisation_id varchar(36) not null references organisations (id),
    kind varchar(10) not null check (kind in ('waiver', 'extension')),
    reason varchar(30) not null,
    from_day varchar(10) not null,
    to_day varchar(10) not null,
    due_day varchar(10),
    is_sole_decider boolean not null default false,
    recorded_at bigint not null,
    retired_at bigint,
    actor_id varchar(36),
    retired_by varchar(36)
  )`,
  'create index exemptions_membership on exemptions (membership_id, requirement_id)',
  'create index exemptions_requirement on exemptions (requirement_id, to_day) where retired_at is null',

  // Apart from the facts, so that it can be erased and they stay. Only the organisation's administrators read it.
  `create table exemption_notes (
    exemption_id varchar(36) primary key references exemptions (id),
    organisation_id varchar(36) not null references organisations (id),
    note varchar(1000) not null
  )`,

  // How somebody stands with a requirement, from one day to another. `because`: what it rests on, as JSON.
  `create table standing_intervals (
    id varchar(36) primary key,
    organisation_id varchar(36) not null references organisations (id),
    requirement_id varchar(36) not null references requirements (id),
    assignment_id varchar(36) not null references assignments (id),
    membership_id varchar(36) not null references memberships (id),
    unit_id varchar(36),
    standing varchar(15) not null check (standing in ('not-required', 'waived', 'on-leave', 'overdue', 'gap', 'in-grace',
      'expiring', 'current', 'due-soon', 'not-yet-due')),
    due_day varchar(10),
    from_day varchar(10) not null,
    to_day varchar(10),
    because text not null,
    recorded_at bigint not null,
    retired_at bigint
  )`,
  'create index standing_intervals_assignment on standing_intervals (assignment_id, from_day)',
  'create index standing_intervals_begin on standing_intervals (organisation_id, from_day) where retired_at is null',
  `create index standing_intervals_day on standing_intervals
    (requirement_id, from_day, to_day, recorded_at, retired_at, standing, unit_id)`,

  // Up to which day an organisation's intervals are counted.
  `create table standing_days (
    organisation_id varchar(36) primary key references organisations (id),
    day varchar(10) not null
  )`,

  // How many stand how, in a unit and below it (by home placement); '' is the whole organisation.
  `create table standing_counts (
    requirement_id varchar(36) not null references requirements (id),
    unit_id varchar(36) not null,
    standing varchar(15) not null,
    organisation_id varchar(36) not null references organisations (id),
    people integer not null,
    primary key (requirement_id, unit_id, standing)
  )`,
  'create index standing_counts_organisation on standing_counts (organisation_id, unit_id)',

  // The same as it was said at the end of each day.
  `create table standing_trends (
    requirement_id varchar(36) not null references requirements (id),
    unit_id varchar(36) not null,
    day varchar(10) not null,
    standing varchar(15) not null,
    organisation_id varchar(36) not null references organisations (id),
    people integer not null,
    primary key (requirement_id, unit_id, day, standing)
  )`,
];

export const down = [
  'drop table standing_trends',
  'drop table standing_counts',
  'drop table standing_days',
  'drop table standing_intervals',
  'drop table exemption_notes',
  'drop table exemptions',
  'drop table assignment_marks',
  'drop table assignments',
  'drop table requirement_versions',
  'drop table requirements',
  'drop index cycles_uncredited',
  'alter table cycles drop column is_credited',
  'alter table cycles drop column left_because',
  'alter table cycles drop column left_at',
  'alter table cycles drop column because',
  'drop table credit_voids',
  'drop table credits',
  'drop table changed_members',
];
