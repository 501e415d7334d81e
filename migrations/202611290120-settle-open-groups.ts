export const up = [
  // Whether something remains to be done for somebody in a group: only those are looked at, however many people there are.
  'alter table provisioned_group_members add column is_open boolean not null default true',
  `update provisioned_group_members set is_open = false where not is_leaving and group_id in (
    select id from provisioned_groups where means is null) and done = ''`,
  'create index provisioned_group_members_open on provisioned_group_members (group_id, person_id) where is_open',
  // How many people each directory keeps: every page of its list says so.
  `create table provisioning_counts (
    organisation_id varchar(36) primary key references organisations (id),
    people integer not null
  )`,
  `insert into provisioning_counts (organisation_id, people)
    select organisation_id, count(*) from provisioned_people where removed_at is null group by organisation_id`,
];

export const down = [
  'drop table provisioning_counts',
  'drop index provisioned_group_members_open',
  'alter table provisioned_group_members drop column is_open',
];
