import { inTransaction } from '../../../platform/db/transaction.js';
import type { Circumstances } from '../../../platform/events/record.js';
import { amend, amendPart, isOn, type Amendment } from '../../../platform/lib/dated.js';
import { dayOf } from '../../../platform/lib/days.js';
import { holdOrganisation } from '../hold-organisation.js';
import type { OrganisationFacts } from '../memberships.js';
import { unitSpans, writeSpans } from './stored-units.js';
import { treeFault, type TreeFault, type UnitSaid, type UnitSpan } from './unit-tree.js';
import { refreshUnits } from './unit-views.js';

/** The organisation whose tree changes, who changes it, and when (epoch ms). */
export interface TreeChange {
  readonly organisation: Pick<OrganisationFacts, 'id' | 'timeZone'>;
  readonly actorId: string | null;
  readonly now: number;
}

/**
 * Why a change of units is refused. `unknown`: the organisation has no such unit, or it is not open on that day; `has-people`:
 * somebody is placed in it on that day or later; `has-units`: units below it would be left; `into-closed`: the unit that takes
 * its people closes too; `code-taken`: another unit has the code.
 */
export type UnitRefusal = TreeFault | 'unknown' | 'has-people' | 'has-units' | 'into-closed' | 'code-taken';

export type UnitOutcome =
  | { readonly kind: 'changed'; readonly unitId: string }
  | { readonly kind: 'refused'; readonly reason: UnitRefusal };

/** A change as its verb works it out: what is said afterwards of all units, and what else is written first. */
interface WorkedOut {
  readonly after: readonly UnitSpan[];
  readonly write?: () => Promise<unknown>;
}

/**
 * Change the tree from a day on: the change, today's views and its event are stored together, while everybody else who
 * changes the organisation waits. Nothing is written where the tree would be wrong on any day.
 */
export function changeTree(
  { organisation: { id, timeZone }, actorId, now }: TreeChange,
  { unitId, fromDay, tell }: { unitId: string; fromDay: string; tell: (by: Circumstances) => Promise<void> },
  workOut: (spans: readonly UnitSpan[]) => Promise<WorkedOut | UnitRefusal>,
): Promise<UnitOutcome> {
  return inTransaction(async () => {
    await holdOrganisation(id);
    const before = await unitSpans(id);
    const worked = await workOut(before);
    if (typeof worked === 'string') return { kind: 'refused', reason: worked };
    const fault = treeFault(worked.after, fromDay);
    if (fault) return { kind: 'refused', reason: fault };
    await worked.write?.();
    await writeSpans(id, { before, after: worked.after }, { actorId, now });
    await refreshUnits(id, await unitSpans(id), dayOf(now, timeZone));
    await tell({ actorId, organisationId: id, now });
    return { kind: 'changed', unitId };
  });
}

/** Whether a unit is open on a day. */
export const isOpenOn = (spans: readonly UnitSpan[], unitId: string, day: string): boolean =>
  spans.some(span => span.unitId === unitId && isOn(span, day));

/** All spans after a change of one unit. */
export function withUnit(
  spans: readonly UnitSpan[],
  unitId: string,
  change: Amendment<UnitSaid>,
): readonly UnitSpan[] {
  return replaced(spans, unitId, amend(spansOf(spans, unitId), change));
}

/** All spans after a change of one unit's name, or of the unit above it. */
export const withPart = (
  spans: readonly UnitSpan[],
  unitId: string,
  change: { fromDay: string; toDay?: string | null; part: Partial<UnitSaid> },
): readonly UnitSpan[] => replaced(spans, unitId, amendPart(spansOf(spans, unitId), change));

export const spansOf = (spans: readonly UnitSpan[], unitId: string): UnitSpan[] =>
  spans.filter(span => span.unitId === unitId);

const replaced = (
  spans: readonly UnitSpan[],
  unitId: string,
  { retired, added }: ReturnType<typeof amend<UnitSpan>>,
): readonly UnitSpan[] => [
  ...spans.filter(span => !retired.includes(span)),
  ...added.map(span => ({ id: null, unitId, ...span })),
];
