export const up = [
  // Whoever reckons for an organisation counts the fence up; who finds another number has been overtaken, and stops.
  'alter table standing_days add column fence integer not null default 0',

  // Up to which day the intervals of one requirement are counted.
  `create table requirement_days (
    requirement_id varchar(36) primary key references requirements (id),
    organisation_id varchar(36) not null references organisations (id),
    day varchar(10) not null
  )`,
  'create index requirement_days_organisation on requirement_days (organisation_id, day)',

  // A trend has a row only for a day on which its number changed.
  'alter table standing_counts add column changed_on varchar(10)',
  'create index standing_counts_changed on standing_counts (requirement_id, changed_on)',

  // What is to be reckoned: members, all of whose requirements; and requirements, of all members after the last one done.
  `create table reckoning_members (
    membership_id varchar(36) primary key references memberships (id),
    organisation_id varchar(36) not null references organisations (id)
  )`,
  'create index reckoning_members_organisation on reckoning_members (organisation_id, membership_id)',
  `create table reckoning_requirements (
    requirement_id varchar(36) primary key references requirements (id),
    organisation_id varchar(36) not null references organisations (id),
    after varchar(36) not null default ''
  )`,
  'create index reckoning_requirements_organisation on reckoning_requirements (organisation_id)',
];

export const down = [
  'drop table reckoning_requirements',
  'drop table reckoning_members',
  'drop index standing_counts_changed',
  'alter table standing_counts drop column changed_on',
  'drop table requirement_days',
  'alter table standing_days drop column fence',
];
