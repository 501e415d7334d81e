import { rows } from '../../db/rows.js';
import { columns, parameters, sql } from '../../db/sql.js';
import type { Row } from '../../db/table.js';
import { canonicalJson, type Json } from '../../lib/canonical-json.js';
import type { Interval } from '../standing-interval.js';
import { Assignment, StandingInterval } from '../tables.js';
import { groupedBy } from './grouped.js';

/** An interval as it is stored; `because` is canonical JSON. */
export type StoredInterval = Pick<
  Row<typeof StandingInterval>,
  'id' | 'assignmentId' | 'fromDay' | 'toDay' | 'standing' | 'unitId' | 'dueDay' | 'because'
>;

/** The assignments of these memberships. */
export const assignmentsOf = (membershipIds: readonly string[]) =>
  rows(
    sql`select ${columns(Assignment, 'a', 'id', 'requirementId', 'membershipId')} from ${Assignment} a
        where a.membership_id in (${parameters(membershipIds.length)})`,
    membershipIds,
  );

/** What is said of these memberships now, by assignment. */
export async function storedIntervals(
  membershipIds: readonly string[],
): Promise<Map<string, StoredInterval[]>> {
  const found = await rows(
    sql`select ${columns(StandingInterval, 'i', 'id', 'assignmentId', 'fromDay', 'toDay', 'standing', 'unitId', 'dueDay', 'because')}
        from ${Assignment} a join ${StandingInterval} i on i.assignment_id = a.id and i.retired_at is null
        where a.membership_id in (${parameters(membershipIds.length)})`,
    membershipIds,
  );
  return groupedBy(found, 'assignmentId');
}

/** What has to be written so that an assignment's intervals are those that were reckoned; what is equal stays. */
export function differences(
  stored: readonly StoredInterval[],
  reckoned: readonly Interval[],
): { readonly retired: StoredInterval[]; readonly added: Interval[] } {
  const known = new Map(stored.map(each => [keyed(each, each.because), each]));
  const wanted = new Map(reckoned.map(each => [keyed(each, becauseOf(each)), each]));
  return {
    retired: [...known].flatMap(([key, each]) => (wanted.has(key) ? [] : each)),
    added: [...wanted].flatMap(([key, each]) => (known.has(key) ? [] : each)),
  };
}

/** As it is stored: the same text for the same reasons. */
export const becauseOf = ({ because }: Interval): string => canonicalJson(because as unknown as Json);

const keyed = (
  { fromDay, toDay, standing, unitId, dueDay }: Omit<Interval, 'because'>,
  because: string,
): string => [fromDay, toDay, standing, unitId, dueDay, because].join(' ');
