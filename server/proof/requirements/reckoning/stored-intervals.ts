import { rows } from '../../../platform/db/rows.js';
import { columns, parameters, sql, type Sql } from '../../../platform/db/sql.js';
import type { Row } from '../../../platform/db/table.js';
import type { Because, Interval } from '../standing-interval.js';
import { Assignment, StandingInterval } from '../tables.js';
import { groupedBy } from '../../../platform/lib/lists/grouped.js';

/** Whose standings are reckoned: these memberships, with every requirement or only with some. */
export interface Reckoned {
  readonly membershipIds: readonly string[];
  readonly requirementIds?: readonly string[];
}

/** An interval as it is stored; `because` is canonical JSON. */
export type StoredInterval = Pick<Row<typeof StandingInterval>, 'id' | 'assignmentId'> & ReckonedInterval;

/** What a reckoned interval is stored as. */
export type ReckonedInterval = Pick<
  Row<typeof StandingInterval>,
  'fromDay' | 'toDay' | 'standing' | 'unitId' | 'dueDay' | 'because'
>;

/** The assignments of these memberships, with every requirement or only with some. */
export function assignmentsOf({ membershipIds, requirementIds }: Reckoned) {
  const some = among(sql`a`, requirementIds, membershipIds.length + 1);
  return rows(
    sql`select ${columns(Assignment, 'a', 'id', 'requirementId', 'membershipId')} from ${Assignment} a
        where a.membership_id in (${parameters(membershipIds.length)}) ${some}`,
    [...membershipIds, ...(requirementIds ?? [])],
  );
}

/** What is said of these memberships now, by assignment. */
export async function storedIntervals({
  membershipIds,
  requirementIds,
}: Reckoned): Promise<Map<string, StoredInterval[]>> {
  const some = among(sql`i`, requirementIds, membershipIds.length + 1);
  const found = await rows(
    sql`select ${columns(StandingInterval, 'i', 'id', 'assignmentId', 'fromDay', 'toDay', 'standing', 'unitId', 'dueDay', 'because')}
        from ${StandingInterval} i
        where i.retired_at is null and i.membership_id in (${parameters(membershipIds.length)}) ${some}`,
    [...membershipIds, ...(requirementIds ?? [])],
  );
  return groupedBy(found, 'assignmentId');
}

const among = (alias: Sql, requirementIds: readonly string[] | undefined, first: number): Sql =>
  requirementIds ? sql`and ${alias}.requirement_id in (${parameters(requirementIds.length, first)})` : sql``;

/** What has to be written so that an assignment's intervals are those that were reckoned; what is equal stays. */
export function differences(
  stored: readonly StoredInterval[],
  reckoned: readonly Interval[],
): { readonly retired: StoredInterval[]; readonly added: ReckonedInterval[] } {
  const texts = reckoned.map(each => ({ ...each, because: becauseOf(each) }));
  if (stored.length === 0) return { retired: [], added: texts };
  const known = new Map(stored.map(each => [keyed(each), each]));
  const wanted = new Map(texts.map(each => [keyed(each), each]));
  return {
    retired: [...known].flatMap(([key, each]) => (wanted.has(key) ? [] : each)),
    added: [...wanted].flatMap(([key, each]) => (known.has(key) ? [] : each)),
  };
}

/** As it is stored: the same text for the same reasons, with the names in order, as canonical JSON has them. */
export function becauseOf({ because }: Interval): string {
  const { cover, firstDue } = because;
  return JSON.stringify({
    cover: cover && { by: cover.by, creditId: cover.creditId, lastDay: cover.lastDay },
    exemptionId: because.exemptionId,
    firstDue: firstDue && {
      by: firstDue.by,
      day: firstDue.day,
      from: firstDue.from,
      versionId: firstDue.versionId,
    },
    gap: because.gap,
    meant: because.meant,
    meantSince: because.meantSince,
    versionId: because.versionId,
  } satisfies Because);
}

const keyed = ({ fromDay, toDay, standing, unitId, dueDay, because }: ReckonedInterval): string =>
  [fromDay, toDay, standing, unitId, dueDay, because].join(' ');
