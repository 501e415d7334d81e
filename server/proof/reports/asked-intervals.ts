import type { Param } from '../../platform/db/lanes.js';
import { parameters, sql, type Sql } from '../../platform/db/sql.js';
import { STANDINGS, type Standing } from '../requirements/standings.js';

/** Which intervals a list or a number is about: of requirements of one organisation. `saidAt` null: as it is said now; `unitIds` null: in all units and in none. */
export interface AskedIntervals {
  readonly organisationId: string;
  readonly requirementIds: readonly string[];
  readonly day: string;
  readonly saidAt: number | null;
  readonly unitIds: readonly string[] | null;
  readonly standings: readonly Standing[];
  /** The last due day that is asked for, from the day on; null: any, or none. */
  readonly dueBy: string | null;
}

/** Whom a list of people asks for: those with such intervals. */
export interface AskedStandings extends AskedIntervals {
  /** The units with all below them whose people are asked for; null: all of the organisation. */
  readonly tops: readonly string[] | null;
  /** Whether the day is the one that is counted, as it is said now: only then do people work where they are asked for. */
  readonly isCounted: boolean;
}

/**
 * A condition on intervals, which the statement calls `alias`, and the parameters that it adds to a statement, from the number `first`
 * on. `areFew`: few stand as asked, while nearly everybody's interval has begun, so that no index may be used for that.
 */
export function fitting(
  asked: AskedIntervals,
  first: number,
  { alias = sql`s`, areFew = false }: { alias?: Sql; areFew?: boolean } = {},
): { condition: Sql; params: Param[] } {
  const { requirementIds, day, saidAt, unitIds, standings, dueBy } = asked;
  const params: Param[] = [day];
  const add = (values: readonly Param[]): number => params.push(...values) - values.length + first;
  const among = (values: readonly string[]) => parameters(values.length, add(values));
  const parts = [
    sql`${alias}.requirement_id in (${among(requirementIds)})`,
    // All of them limit nothing; but SQLite would then rather look for each standing of everybody than for the few who are asked for.
    ...(standings.length === STANDINGS.length ? [] : [sql`${alias}.standing in (${among(standings)})`]),
    sql`${alias}.from_day${areFew ? sql` || ''` : sql``} <= $${first} and (${alias}.to_day is null or ${alias}.to_day > $${first})`,
    said(alias, saidAt, moment => add([moment])),
    ...(unitIds === null ? [] : [sql`${alias}.unit_id in (${among(unitIds)})`]),
    ...(dueBy === null ? [] : [sql`${alias}.due_day >= $${first} and ${alias}.due_day <= $${add([dueBy])}`]),
  ];
  return { condition: parts.reduce((all, part) => sql`${all} and ${part}`), params };
}

function said(alias: Sql, moment: number | null, add: (moment: number) => number): Sql {
  if (moment === null) return sql`${alias}.retired_at is null`;
  const at = add(moment);
  return sql`${alias}.recorded_at <= $${at} and (${alias}.retired_at is null or ${alias}.retired_at > $${at})`;
}
