import { rows } from '../../../../platform/db/rows.js';
import { columns, parameters, sql } from '../../../../platform/db/sql.js';
import { daysAfter } from '../../../../platform/lib/days.js';
import type { Cell } from '../../../../platform/lib/text/csv.js';
import type { Because } from '../../../requirements/standing-interval.js';
import { AssignmentMark, Exemption, StandingInterval } from '../../../requirements/tables.js';
import { inPeriod } from './in-period.js';
import type { PackScope } from './pack-scope.js';
import type { PeopleTable } from './pack-tables.js';

/** How each person stood with each requirement, from which day to which, and what that rests on. Days are inclusive. */
export const standingTable: PeopleTable = {
  path: 'standings.csv',
  columns: [
    ...['person', 'requirement_id', 'requirement', 'from', 'to', 'standing', 'due_day', 'unit_id'],
    ...[
      'meant',
      'first_due_by',
      'credit',
      'covered_until',
      'cover_by',
      'exemption',
      'requirement_version',
      'missing',
    ],
  ],
  async recordsOf(scope, ids) {
    const titles = new Map(scope.requirements.map(({ id, title }) => [id, title]));
    const found = await rows(INTERVALS(scope, ids), paramsOf(scope, ids));
    return found.map(({ membershipId, requirementId, fromDay, toDay, standing, dueDay, unitId, because }) => [
      ...[membershipId, requirementId, titles.get(requirementId) ?? '', fromDay, lastDay(toDay), standing],
      ...[dueDay, unitId, ...reasons(JSON.parse(because) as Because)],
    ]);
  },
};

/** Waivers and extensions. Their notes never leave the organisation. */
export const exemptionTable: PeopleTable = {
  path: 'exemptions.csv',
  columns: [
    ...['exemption', 'person', 'requirement_id', 'kind', 'reason', 'from', 'to', 'due_day', 'sole_decider'],
    ...['recorded_at'],
  ],
  async recordsOf(scope, ids) {
    const found = await rows(EXEMPTIONS(scope, ids), paramsOf(scope, ids));
    return found.map(
      ({
        id,
        membershipId,
        requirementId,
        kind,
        reason,
        fromDay,
        toDay,
        dueDay,
        isSoleDecider,
        recordedAt,
      }) => [
        ...[id, membershipId, requirementId, kind, reason, fromDay, lastDay(toDay), dueDay],
        ...[isSoleDecider ? 'yes' : 'no', inUtc(recordedAt)],
      ],
    );
  },
};

/** Who was added to a requirement, or taken out of it, by hand. */
export const markTable: PeopleTable = {
  path: 'added-by-hand.csv',
  columns: ['person', 'requirement_id', 'mark', 'from', 'to', 'recorded_at'],
  async recordsOf(scope, ids) {
    const found = await rows(MARKS(scope, ids), paramsOf(scope, ids));
    return found.map(({ membershipId, requirementId, mark, fromDay, toDay, recordedAt }) => [
      ...[membershipId, requirementId, mark, fromDay, lastDay(toDay), inUtc(recordedAt)],
    ]);
  },
};

/** A moment (epoch ms) as ISO 8601 in UTC. */
export const inUtc = (ms: number | null): string | null =>
  ms === null ? null : new Date(Number(ms)).toISOString();

/** The last day (inclusive) of what ends before `toDay`; null: it has no end. */
export const lastDay = (toDay: string | null): string | null => toDay && daysAfter(toDay, -1);

const reasons = ({ meant, firstDue, cover, exemptionId, versionId, gap }: Because): Cell[] => [
  ...[meant, firstDue?.by ?? null, cover?.creditId ?? null, cover?.lastDay ?? null, cover?.by ?? null],
  ...[exemptionId, versionId, gap],
];

const paramsOf = ({ period, requirements }: PackScope, ids: readonly string[]) => [
  ...inPeriod(sql`s`, period).params,
  ...ids,
  ...requirements.map(({ id }) => id),
];

/** Of these people and requirements, in the period; `s` is the table. */
const these = ({ period, requirements }: PackScope, ids: readonly string[]) => {
  const { condition, params } = inPeriod(sql`s`, period);
  return sql`${condition} and s.membership_id in (${parameters(ids.length, params.length + 1)})
    and s.requirement_id in (${parameters(requirements.length, params.length + ids.length + 1)})
    order by s.membership_id, s.requirement_id, s.from_day`;
};

type Asked = readonly [scope: PackScope, ids: readonly string[]];

const INTERVALS = (...asked: Asked) => sql`select
    ${columns(StandingInterval, 's', 'membershipId', 'requirementId', 'fromDay', 'toDay', 'standing', 'dueDay', 'unitId', 'because')}
  from ${StandingInterval} s where ${these(...asked)}`;

const EXEMPTIONS = (...asked: Asked) => sql`select
    ${columns(Exemption, 's', 'id', 'membershipId', 'requirementId', 'kind', 'reason', 'fromDay', 'toDay', 'dueDay')},
    ${columns(Exemption, 's', 'isSoleDecider', 'recordedAt')}
  from ${Exemption} s where ${these(...asked)}`;

const MARKS = (...asked: Asked) => sql`select
    ${columns(AssignmentMark, 's', 'membershipId', 'requirementId', 'mark', 'fromDay', 'toDay', 'recordedAt')}
  from ${AssignmentMark} s where ${these(...asked)}`;
