/** Tables in which a row of an organisation's own names one of its memberships: those with an index by it, and small ones without. */
const OF_MEMBERSHIP = [
  ...['membership_people', 'membership_facts', 'placements', 'entry_codes', 'course_links', 'credits'],
  ...['certificates_elsewhere', 'assignment_marks', 'exemptions', 'classroom_people', 'auditor_room_people'],
];
const LISTED_BY_MEMBERSHIP = [
  ...[
    'invitations',
    'join_code_uses',
    'provisioned_people',
    'merged_members',
    'erasure_requests',
    'legal_holds',
  ],
];

/** The same of a person in an organisation. What is of a cycle has an enrolment. */
const OF_PERSON = ['enrolments', 'certificates', 'acknowledgements'];
const LISTED_BY_PERSON = ['role_grants', 'extra_times', 'mail_choices'];

const anyOf = (conditions: readonly string[]) => conditions.join(' or ');
const exists = (table: string, condition: string) => `exists (select 1 from ${table} x where ${condition})`;
const listed = (
  column: string,
  { table, key, where = 'true' }: { table: string; key: string; where?: string },
) => `${column} in (select x.${key} from ${table} x where x.${key} is not null and ${where})`;
const HERE = `x.organisation_id in (select id from organisations where kind = 'open')`;

const CAME_OTHERWISE = anyOf([
  exists('memberships', 'x.user_id = m.user_id and x.organisation_id <> m.organisation_id'),
  listed('m.user_id', { table: 'auditor_rooms', key: 'auditor_id' }),
]);
const HAS_OWN = anyOf([
  ...OF_MEMBERSHIP.map(table => exists(table, 'x.membership_id = m.id')),
  ...LISTED_BY_MEMBERSHIP.map(table => listed('m.id', { table, key: 'membership_id' })),
  ...OF_PERSON.map(table => exists(table, 'x.user_id = m.user_id and x.organisation_id = m.organisation_id')),
  ...LISTED_BY_PERSON.map(table => listed('m.user_id', { table, key: 'user_id', where: HERE })),
  listed('m.user_id', { table: 'course_requests', key: 'asked_by', where: HERE }),
  listed('m.id', { table: 'merged_members', key: 'kept_id' }),
  listed('m.id', { table: 'memberships', key: 'merged_into' }),
  listed('m.user_id', {
    table: 'erasure_requests',
    key: 'user_id',
    where: `x.state in ('asked', 'decided')`,
  }),
  listed('m.user_id', { table: 'legal_holds', key: 'user_id', where: 'x.lifted_at is null' }),
]);
/** Its standings, and the mails about them, hang on these. */
const HAS_STANDINGS = exists('assignments', 'x.membership_id = m.id');

/** Columns that name a membership and have no index for it: without one, each row that goes would be looked for in all of them. */
const UNINDEXED = [
  ...[
    'unit_members',
    'invitations',
    'join_code_uses',
    'provisioned_people',
    'erasure_requests',
    'legal_holds',
  ].map(table => [table, 'membership_id']),
  ['merged_members', 'kept_id'],
  ['memberships', 'merged_into'],
];

const GONE = 'select membership_id from left_open where not has_standings';
const STAYING = 'select membership_id from left_open where has_standings';

export const up = [
  // Everybody was made a member of the open organisation, also who came by an employer's door or to audit. Those who have nothing of
  // their own there belong to it no more. Of whom it has standings, these stay without a name, so that what was counted still holds.
  'create table left_open (membership_id varchar(36) primary key, has_standings boolean not null)',
  `insert into left_open (membership_id, has_standings)
   select m.id, ${HAS_STANDINGS} from memberships m join organisations o on o.id = m.organisation_id
   where o.kind = 'open' and m.user_id is not null and m.merged_into is null and (${CAME_OTHERWISE}) and not (${HAS_OWN})`,
  'delete from member_words where membership_id in (select membership_id from left_open)',
  `delete from changed_members where membership_id in (${GONE})`,
  `delete from reckoning_members where membership_id in (${GONE})`,
  ...UNINDEXED.map(([table, column]) => `create index left_open_${table} on ${table} (${column})`),
  `delete from memberships where id in (${GONE})`,
  ...UNINDEXED.map(([table]) => `drop index left_open_${table}`),
  `insert into membership_people (membership_id, organisation_id, name)
   select id, organisation_id, 'Details erased' from memberships where id in (${STAYING})`,
  `insert into changed_members (membership_id, organisation_id, changed_at)
   select id, organisation_id, created_at from memberships where id in (${STAYING}) on conflict do nothing`,
  `update memberships set user_id = null, employment = 'left', sort_name = 'details erased', words_due = false where id in (${STAYING})`,
];

interface Said {
  readonly id: string;
  readonly now: string;
  readonly today: string;
  /** The day on which a membership was made. */
  readonly since: string;
}

/** They were there since their membership was made, and have left from today on. */
const leftToday = ({ id, now, today, since }: Said) => [
  ...[
    ['active', since, today],
    ['left', today, 'null'],
  ].map(
    ([value, from, to]) => `insert into membership_facts
       (id, membership_id, organisation_id, kind, value, from_day, to_day, recorded_at)
     select ${id}, m.id, m.organisation_id, 'employment', '${value}', ${from}, ${to}, ${now}
     from memberships m join organisations o on o.id = m.organisation_id
     where m.id in (${STAYING}) and ${from} < coalesce(${to}, '9999')`,
  ),
  'drop table left_open',
];

export const onPostgres = leftToday({
  id: 'cast(gen_random_uuid() as varchar(36))',
  now: 'cast(extract(epoch from now()) * 1000 as bigint)',
  today: `to_char(now() at time zone o.time_zone, 'YYYY-MM-DD')`,
  since: `to_char(to_timestamp(m.created_at / 1000.0) at time zone o.time_zone, 'YYYY-MM-DD')`,
});

/** SQLite knows no zones: today is that of UTC, and the first day the one on which standings begin, or that of UTC. */
export const onSqlite = leftToday({
  id: 'lower(hex(randomblob(16)))',
  now: `cast(strftime('%s', 'now') as integer) * 1000`,
  today: `date('now')`,
  since: `coalesce((select min(i.from_day) from standing_intervals i where i.membership_id = m.id and i.retired_at is null
    and abs(julianday(i.from_day) - julianday(date(m.created_at / 1000, 'unixepoch'))) <= 1), date(m.created_at / 1000, 'unixepoch'))`,
});

/** What nobody had made is not made again. */
export const down: string[] = [];
