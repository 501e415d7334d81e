import type { Param } from '../../../../platform/db/lanes.js';
import { sql, type Sql } from '../../../../platform/db/sql.js';

/** From a day to a day, both inclusive, as we knew it at a moment (epoch ms). */
export interface Period {
  readonly from: string;
  readonly to: string;
  readonly knownAt: number;
}

/** A condition, and the parameters that it adds: always the first of a statement. */
export interface Limited {
  readonly condition: Sql;
  readonly params: readonly Param[];
}

/** What was so on a day of the period, of facts that are dated twice. `alias`: what the statement calls their table. */
export const inPeriod = (alias: Sql, { from, to, knownAt }: Period): Limited => ({
  condition: sql`${alias}.from_day <= $2 and (${alias}.to_day is null or ${alias}.to_day > $1)
    and ${alias}.recorded_at <= $3 and (${alias}.retired_at is null or ${alias}.retired_at > $3)`,
  params: [from, to, knownAt],
});

/** What was so on its last day. */
export const onLastDay = (alias: Sql, { to, knownAt }: Period): Limited =>
  inPeriod(alias, { from: to, to, knownAt });
