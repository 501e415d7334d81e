/**
 * Facts are dated twice. `from_day` and `to_day` (exclusive; null: without an end) are days in the organisation's zone: when
 * it was so. `recorded_at` and `retired_at` are moments: when we said so. A row is never changed but for `retired_at`.
 */
export const up = [
  // A permission: what somebody may do, in the whole organisation or (`unit_id`) in a unit and all below it.
  `create table role_grants (
    id varchar(36) primary key,
    organisation_id varchar(36) not null references organisations (id),
    user_id varchar(36) not null references users (id),
    role varchar(20) not null check (role in ('manager', 'instructor', 'auditor', 'administrator')),
    unit_id varchar(36),
    from_day varchar(10) not null,
    until_day varchar(10),
    granted_by varchar(36),
    granted_at bigint not null,
    ended_by varchar(36),
    ended_at bigint
  )`,
  `insert into role_grants (id, organisation_id, user_id, role, from_day, granted_at, ended_at)
   select id, organisation_id, user_id, role, '2026-01-01', created_at, ended_at
   from memberships where role in ('manager', 'auditor')`,
  'create index role_grants_user on role_grants (user_id) where ended_at is null',
  'create index role_grants_organisation on role_grants (organisation_id, role) where ended_at is null',

  // One membership a person and organisation; somebody who comes back finds theirs. Without `user_id`: nobody has linked an
  // account to it yet. `employment` and `hired_on` are today's view of `membership_facts`.
  `create table memberships_of_people (
    id varchar(36) primary key,
    organisation_id varchar(36) not null references organisations (id),
    user_id varchar(36) references users (id),
    employment varchar(10) not null default 'active' check (employment in ('active', 'on-leave', 'left')),
    hired_on varchar(10),
    created_at bigint not null
  )`,
  `insert into memberships_of_people (id, organisation_id, user_id, employment, created_at)
   select min(id), organisation_id, user_id, case when count(*) = count(ended_at) then 'left' else 'active' end, min(created_at)
   from memberships group by organisation_id, user_id`,
  'drop table memberships',
  'alter table memberships_of_people rename to memberships',
  'create unique index memberships_person on memberships (organisation_id, user_id) where user_id is not null',
  'create index memberships_user on memberships (user_id) where user_id is not null',
  'create index memberships_organisation on memberships (organisation_id, employment, id)',

  // What an organisation knows of its people by name. Apart from the facts, so that it can be erased and they stay.
  `create table membership_people (
    membership_id varchar(36) primary key references memberships (id),
    organisation_id varchar(36) not null references organisations (id),
    name varchar(400) not null,
    email varchar(254),
    staff_number varchar(60)
  )`,
  `create unique index membership_people_number on membership_people (organisation_id, staff_number)
   where staff_number is not null`,
  'create index membership_people_email on membership_people (organisation_id, email) where email is not null',

  // `value`: an employment, a hire date or a tag.
  `create table membership_facts (
    id varchar(36) primary key,
    membership_id varchar(36) not null references memberships (id),
    organisation_id varchar(36) not null references organisations (id),
    kind varchar(20) not null check (kind in ('employment', 'hired', 'tag')),
    value varchar(60) not null,
    from_day varchar(10) not null,
    to_day varchar(10),
    recorded_at bigint not null,
    retired_at bigint,
    actor_id varchar(36)
  )`,
  'create index membership_facts_membership on membership_facts (membership_id, kind, from_day)',
  'create index membership_facts_begin on membership_facts (organisation_id, from_day) where retired_at is null',
  'create index membership_facts_end on membership_facts (organisation_id, to_day) where retired_at is null',

  // `name`, `parent_id` and `closed_on` are today's view of `unit_facts`. `code`: what rosters call the unit.
  `create table units (
    id varchar(36) primary key,
    organisation_id varchar(36) not null references organisations (id),
    parent_id varchar(36) references units (id),
    name varchar(200) not null,
    code varchar(60),
    closed_on varchar(10),
    merged_into varchar(36) references units (id),
    created_at bigint not null
  )`,
  'create index units_organisation on units (organisation_id, parent_id)',
  'create unique index units_code on units (organisation_id, code) where code is not null',

  // Each unit with itself and every unit above it, today.
  `create table unit_ancestors (
    unit_id varchar(36) not null references units (id),
    ancestor_id varchar(36) not null references units (id),
    depth integer not null,
    primary key (unit_id, ancestor_id)
  )`,
  'create index unit_ancestors_below on unit_ancestors (ancestor_id, unit_id)',

  // What a unit was called and where it stood, from one day to another. After the last `to_day` it is closed.
  `create table unit_facts (
    id varchar(36) primary key,
    unit_id varchar(36) not null references units (id),
    organisation_id varchar(36) not null references organisations (id),
    name varchar(200) not null,
    parent_id varchar(36) references units (id),
    from_day varchar(10) not null,
    to_day varchar(10),
    recorded_at bigint not null,
    retired_at bigint,
    actor_id varchar(36)
  )`,
  'create index unit_facts_unit on unit_facts (unit_id, from_day)',
  'create index unit_facts_begin on unit_facts (organisation_id, from_day) where retired_at is null',
  'create index unit_facts_end on unit_facts (organisation_id, to_day) where retired_at is null',

  // Where somebody works, from one day to another. `is_home`: the one that counts. `has_reach`: today's view, whoever may
  // see this unit sees the person; it stays with the last placement of somebody who has none now.
  `create table placements (
    id varchar(36) primary key,
    membership_id varchar(36) not null references memberships (id),
    organisation_id varchar(36) not null references organisations (id),
    unit_id varchar(36) not null references units (id),
    job varchar(60),
    is_home boolean not null default true,
    from_day varchar(10) not null,
    to_day varchar(10),
    has_reach boolean not null default false,
    recorded_at bigint not null,
    retired_at bigint,
    actor_id varchar(36)
  )`,
  'create index placements_membership on placements (membership_id, from_day)',
  'create index placements_reach on placements (unit_id, membership_id) where has_reach',
  'create index placements_begin on placements (organisation_id, from_day) where retired_at is null',
  'create index placements_end on placements (organisation_id, to_day) where retired_at is null',

  // Up to which day an organisation's views are today's: its zone decides when a day turns.
  `create table organisation_days (
    organisation_id varchar(36) primary key references organisations (id),
    day varchar(10) not null
  )`,
];

export const down = [
  'drop table organisation_days',
  'drop table placements',
  'drop table unit_facts',
  'drop table unit_ancestors',
  'drop table units',
  'drop table membership_facts',
  'drop table membership_people',
  `create table memberships_with_roles (
    id varchar(36) primary key,
    organisation_id varchar(36) not null references organisations (id),
    user_id varchar(36) not null references users (id),
    role varchar(20) not null check (role in ('learner', 'manager', 'auditor')),
    created_at bigint not null,
    ended_at bigint
  )`,
  `insert into memberships_with_roles (id, organisation_id, user_id, role, created_at, ended_at)
   select id, organisation_id, user_id, 'learner', created_at, case when employment = 'left' then created_at end
   from memberships where user_id is not null`,
  `insert into memberships_with_roles (id, organisation_id, user_id, role, created_at, ended_at)
   select id || '-g', organisation_id, user_id, role, granted_at, ended_at from role_grants where role in ('manager', 'auditor')`,
  'drop table memberships',
  'drop table role_grants',
  'alter table memberships_with_roles rename to memberships',
  `create unique index memberships_current on memberships (organisation_id, user_id, role) where ended_at is null`,
  'create index memberships_user on memberships (user_id)',
];
