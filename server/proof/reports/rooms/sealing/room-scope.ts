import type { Param } from '../../../../platform/db/lanes.js';
import { parameters, sql, type Sql } from '../../../../platform/db/sql.js';
import { spokenLocale } from '../../../../platform/i18n/spoken.js';
import { unitSpans } from '../../../../people/organisations/units/stored-units.js';
import { unitsInOrder } from '../../../../people/organisations/units/unit-order.js';
import type { UnitSpan } from '../../../../people/organisations/units/unit-tree.js';
import type { StoredRoom } from '../stored-rooms.js';

type Scope = Pick<StoredRoom, 'organisationId' | 'requirementIds' | 'unitIds' | 'fromDay' | 'lastDay'>;

/** The units of a room and all below them, on any of these days; null: the whole organisation. */
export async function roomUnits(
  { organisationId, unitIds }: Pick<Scope, 'organisationId' | 'unitIds'>,
  days: readonly string[],
): Promise<readonly string[] | null> {
  if (unitIds === null) return null;
  const spans = await unitSpans(organisationId);
  return [...new Set(days.flatMap(day => below(spans, unitIds, day)))];
}

const below = (spans: readonly UnitSpan[], tops: readonly string[], day: string): string[] =>
  unitsInOrder(spans, day, spokenLocale()).flatMap(({ id, above }) =>
    above.some(each => tops.includes(each)) ? id : [],
  );

/** A condition on intervals `s`, and the parameters that it adds to a statement, from the number `first` on. */
export interface Condition {
  readonly condition: Sql;
  readonly params: readonly Param[];
}

/**
 * The intervals of a room's requirements, in its units, on any day of its period, on which something is required, as it was said
 * at a moment (epoch ms).
 */
export async function inScope(
  room: Scope,
  { first, saidAt }: { first: number; saidAt: number },
): Promise<Condition> {
  const { requirementIds, fromDay, lastDay } = room;
  const units = await roomUnits(room, [fromDay, lastDay]);
  const [from, last, said] = [first, first + 1, first + 2];
  const ids = sql`s.requirement_id in (${parameters(requirementIds.length, first + 3)})`;
  const within = sql`s.standing <> 'not-required' and s.from_day <= $${last} and (s.to_day is null or s.to_day > $${from})
    and s.recorded_at <= $${said} and (s.retired_at is null or s.retired_at > $${said})`;
  const place =
    units && sql`and s.unit_id in (${parameters(units.length, first + 3 + requirementIds.length)})`;
  return {
    condition: sql`${ids} and ${within} ${place ?? sql``}`,
    params: [fromDay, lastDay, saidAt, ...requirementIds, ...(units ?? [])],
  };
}
