export const up = [
  // When the mail that tells of it was sent: what waits for days while there is no mail goes out in one.
  'alter table duty_reminders add column mailed_at bigint',
  `update duty_reminders set mailed_at = announced_at where announced_at is not null and not exists (
     select 1 from jobs j join events e on e.id = j.event_id
     where j.reaction = 'mail.duties-due' and j.state <> 'done'
       and e.payload like '%' || duty_reminders.membership_id || '%')`,

  // Somebody who manages a person is told that a duty of theirs stays overdue: once for each due day.
  `create table duty_escalations (
    id varchar(36) primary key,
    organisation_id varchar(36) not null references organisations (id),
    requirement_id varchar(36) not null references requirements (id),
    assignment_id varchar(36) not null references assignments (id),
    membership_id varchar(36) not null references memberships (id),
    due_day varchar(10) not null,
    user_id varchar(36) not null references users (id),
    day varchar(10) not null,
    recorded_at bigint not null,
    announced_at bigint,
    mailed_at bigint
  )`,
  'create unique index duty_escalations_told on duty_escalations (assignment_id, due_day, user_id)',
  'create index duty_escalations_unannounced on duty_escalations (organisation_id, user_id) where announced_at is null',
  'create index duty_escalations_user on duty_escalations (user_id, organisation_id, announced_at)',
  'create index duty_escalations_membership on duty_escalations (membership_id, day)',
  'create index duty_escalations_day on duty_escalations (organisation_id, day)',

  // The weekly summary of somebody who manages people.
  `create table duty_digests (
    id varchar(36) primary key,
    organisation_id varchar(36) not null references organisations (id),
    user_id varchar(36) not null references users (id),
    day varchar(10) not null,
    recorded_at bigint not null
  )`,
  'create unique index duty_digests_week on duty_digests (organisation_id, user_id, day)',
  'create index duty_digests_day on duty_digests (organisation_id, day)',

  // Mails wait for an hour after the last change.
  'create index requirement_versions_organisation on requirement_versions (organisation_id, recorded_at)',
];

export const down = [
  'drop index requirement_versions_organisation',
  'drop table duty_digests',
  'drop table duty_escalations',
  'alter table duty_reminders drop column mailed_at',
];
