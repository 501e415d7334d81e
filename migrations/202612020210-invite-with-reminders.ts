const unsent = [
  'no-address',
  'shared',
  'blocked',
  'provider',
  'bounced',
  'declined',
  'withdrawn',
  'too-many',
];
const listed = (all: readonly string[]): string => all.map(each => `'${each}'`).join(', ');

const invitations = (table: string, outcomes: readonly string[], inviter: string): string =>
  `create table ${table} (
    id varchar(36) primary key,
    organisation_id varchar(36) not null references organisations (id),
    membership_id varchar(36) not null references memberships (id),
    email varchar(254) not null,
    token_hash varchar(64) not null unique,
    invited_by varchar(36)${inviter},
    created_at bigint not null,
    expires_at bigint not null,
    sent_at bigint,
    outcome varchar(10) check (outcome in (${listed(outcomes)})),
    ended_at bigint,
    accepted_by varchar(36) references users (id),
    role varchar(20) check (role in ('manager', 'instructor', 'administrator')),
    role_unit_id varchar(36) references units (id),
    role_from_day varchar(10),
    role_until_day varchar(10)
  )`;

const reminders = (table: string, outcomes: readonly string[]): string =>
  `create table ${table} (
    id varchar(36) primary key,
    organisation_id varchar(36) not null references organisations (id),
    requirement_id varchar(36) not null references requirements (id),
    assignment_id varchar(36) not null references assignments (id),
    membership_id varchar(36) not null references memberships (id),
    due_day varchar(10) not null,
    stage varchar(20) not null,
    outcome varchar(10) not null check (outcome in (${listed(outcomes)})),
    day varchar(10) not null,
    recorded_at bigint not null,
    announced_at bigint,
    mailed_at bigint
  )`;

const counts = (table: string, outcomes: readonly string[]): string =>
  `create table ${table} (
    organisation_id varchar(36) not null references organisations (id),
    day varchar(10) not null,
    stage varchar(20) not null,
    outcome varchar(10) not null check (outcome in (${listed(outcomes)})),
    duties integer not null,
    primary key (organisation_id, day, stage, outcome)
  )`;

const ofInvitations = [
  'id, organisation_id, membership_id, email, token_hash, invited_by, created_at, expires_at, sent_at, outcome',
  'ended_at, accepted_by, role, role_unit_id, role_from_day, role_until_day',
].join(', ');
const ofReminders = [
  'id, organisation_id, requirement_id, assignment_id, membership_id, due_day, stage, outcome, day, recorded_at',
  'announced_at, mailed_at',
].join(', ');
const ofCounts = 'organisation_id, day, stage, outcome, duties';

const indexes = [
  'create unique index invitations_open on invitations (membership_id) where ended_at is null',
  'create index invitations_organisation on invitations (organisation_id, created_at) where ended_at is null',
  'create unique index duty_reminders_stage on duty_reminders (assignment_id, due_day, stage)',
  `create index duty_reminders_unannounced on duty_reminders (organisation_id, membership_id)
   where announced_at is null and outcome = 'due'`,
  'create index duty_reminders_membership on duty_reminders (membership_id, day)',
  'create index duty_reminders_day on duty_reminders (organisation_id, day)',
];

// A reminder of somebody without an account is an invitation, and nobody has to have made it. Where none may go out, the reminder says
// why. An invitation also ends when its address does not exist, or when its reader says that it was not for them.
export const up = [
  invitations('invitations_by_reminders', ['accepted', 'withdrawn', 'replaced', 'bounced', 'declined'], ''),
  `insert into invitations_by_reminders (${ofInvitations}) select ${ofInvitations} from invitations`,
  'drop table invitations',
  'alter table invitations_by_reminders rename to invitations',
  reminders('duty_reminders_with_reasons', ['due', 'overtaken', ...unsent]),
  `insert into duty_reminders_with_reasons (${ofReminders}) select ${ofReminders} from duty_reminders`,
  'drop table duty_reminders',
  'alter table duty_reminders_with_reasons rename to duty_reminders',
  counts('duty_mail_counts_with_reasons', ['due', 'overtaken', ...unsent]),
  `insert into duty_mail_counts_with_reasons (${ofCounts}) select ${ofCounts} from duty_mail_counts`,
  'drop table duty_mail_counts',
  'alter table duty_mail_counts_with_reasons rename to duty_mail_counts',
  ...indexes,
  // What came of the last invitation to somebody's address is asked before each reminder.
  'create index invitations_membership on invitations (membership_id, email, created_at)',
];

export const down = [
  invitations('invitations_by_people', ['accepted', 'withdrawn', 'replaced'], ' not null'),
  `insert into invitations_by_people (${ofInvitations})
   select id, organisation_id, membership_id, email, token_hash, coalesce(invited_by, ''), created_at, expires_at, sent_at,
     case when outcome in ('bounced', 'declined') then 'withdrawn' else outcome end,
     ended_at, accepted_by, role, role_unit_id, role_from_day, role_until_day from invitations`,
  'drop table invitations',
  'alter table invitations_by_people rename to invitations',
  reminders('duty_reminders_of_accounts', ['due', 'overtaken']),
  `insert into duty_reminders_of_accounts (${ofReminders})
   select ${ofReminders} from duty_reminders where outcome in ('due', 'overtaken')`,
  'drop table duty_reminders',
  'alter table duty_reminders_of_accounts rename to duty_reminders',
  counts('duty_mail_counts_of_accounts', ['due', 'overtaken']),
  `insert into duty_mail_counts_of_accounts (${ofCounts})
   select ${ofCounts} from duty_mail_counts where outcome in ('due', 'overtaken')`,
  'drop table duty_mail_counts',
  'alter table duty_mail_counts_of_accounts rename to duty_mail_counts',
  ...indexes,
];
