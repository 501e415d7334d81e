export const up = [
  // What an organisation's directory may do beyond keeping its people, as an administrator chose.
  `create table provisioning_settings (
    organisation_id varchar(36) primary key references organisations (id),
    unit_from varchar(20) not null,
    invites boolean not null,
    kept_by varchar(36) references users (id),
    kept_at bigint not null
  )`,
  // Somebody whom a directory keeps, with what it told of them. A row that was removed is found again by the id of the directory.
  `create table provisioned_people (
    id varchar(36) primary key,
    organisation_id varchar(36) not null references organisations (id),
    membership_id varchar(36) not null references memberships (id),
    user_name varchar(400) not null,
    external_id varchar(400),
    told text not null,
    created_at bigint not null,
    changed_at bigint not null,
    removed_at bigint
  )`,
  `create unique index provisioned_people_name on provisioned_people (organisation_id, user_name)
    where removed_at is null`,
  `create unique index provisioned_people_membership on provisioned_people (membership_id)
    where removed_at is null`,
  `create index provisioned_people_external on provisioned_people (organisation_id, external_id, created_at, id)
    where external_id is not null`,
  'create index provisioned_people_order on provisioned_people (organisation_id, created_at, id) where removed_at is null',
  // A group of a directory, and what it means here: nothing (null), a place in a unit, or a role.
  `create table provisioned_groups (
    id varchar(36) primary key,
    organisation_id varchar(36) not null references organisations (id),
    display_name varchar(400) not null,
    folded_name varchar(400) not null,
    external_id varchar(400),
    means varchar(20),
    unit_id varchar(36) references units (id),
    created_at bigint not null,
    changed_at bigint not null
  )`,
  'create index provisioned_groups_name on provisioned_groups (organisation_id, folded_name)',
  `create table provisioned_group_members (
    group_id varchar(36) not null references provisioned_groups (id),
    person_id varchar(36) not null references provisioned_people (id),
    is_leaving boolean not null default false,
    done varchar(80) not null default '',
    primary key (group_id, person_id)
  )`,
  'create index provisioned_group_members_person on provisioned_group_members (person_id)',
  // The last requests of each organisation's directory, so that whoever sets it up sees what went wrong.
  `create table provisioning_requests (
    id varchar(36) primary key,
    organisation_id varchar(36) not null references organisations (id),
    method varchar(10) not null,
    path varchar(200) not null,
    status integer not null,
    detail varchar(400),
    asked_at bigint not null
  )`,
  'create index provisioning_requests_last on provisioning_requests (organisation_id, id)',
];

export const onPostgres = [
  'alter table provisioned_people alter column user_name type varchar(400) collate "C"',
  'alter table provisioned_people alter column external_id type varchar(400) collate "C"',
];

export const down = [
  'drop table provisioning_requests',
  'drop table provisioned_group_members',
  'drop table provisioned_groups',
  'drop table provisioned_people',
  'drop table provisioning_settings',
];
