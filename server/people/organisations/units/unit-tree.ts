import { isOn, type Span } from '../../../platform/lib/dated.js';

/** What is so of a unit for some days; `id` is null before it is stored. */
export interface UnitSpan extends Span<UnitSaid> {
  readonly id: string | null;
  readonly unitId: string;
}

/** Its name, and the unit above it (null: none). */
export interface UnitSaid {
  readonly name: string;
  readonly parentId: string | null;
}

/** A unit as it is on a day. */
export interface UnitOfDay extends UnitSaid {
  readonly id: string;
}

/** The most levels that a tree has. */
const DEEPEST = 8;

/** All units that are open on a day. */
export const unitsOn = (spans: readonly UnitSpan[], day: string): UnitOfDay[] =>
  spans.flatMap(span => (isOn(span, day) ? { id: span.unitId, ...span.value } : []));

/**
 * What a tree must not be. `circle`: a unit would be below itself; `too-deep`: more than eight levels; `parent-closed`: it would
 * be below a unit that is not open; `name-taken`: two units side by side would have the same name.
 */
export type TreeFault = 'circle' | 'too-deep' | 'parent-closed' | 'name-taken';

/** The first fault that the tree has on any day from `fromDay` on; null: none. */
export function treeFault(spans: readonly UnitSpan[], fromDay: string): TreeFault | null {
  const turns = spans.flatMap(span => [span.fromDay, span.toDay ?? fromDay]).filter(day => day > fromDay);
  for (const day of [fromDay, ...new Set(turns)]) {
    const fault = faultIn(unitsOn(spans, day));
    if (fault) return fault;
  }
  return null;
}

function faultIn(units: readonly UnitOfDay[]): TreeFault | null {
  const byId = new Map(units.map(unit => [unit.id, unit]));
  const names = new Set(units.map(nameAmongSiblings));
  const wrong = units.map(unit => faultAbove(unit, byId)).find(fault => fault !== null);
  return wrong ?? (names.size < units.length ? 'name-taken' : null);
}

function faultAbove(unit: UnitOfDay, byId: ReadonlyMap<string | null, UnitOfDay>): TreeFault | null {
  const path = new Set<string>();
  for (let at: UnitOfDay | undefined = unit; at; at = byId.get(at.parentId)) {
    if (path.has(at.id)) return 'circle';
    path.add(at.id);
    if (at.parentId === null) return path.size > DEEPEST ? 'too-deep' : null;
  }
  return 'parent-closed';
}

/** Two names that differ only in case or spaces are one. */
const nameAmongSiblings = ({ name, parentId }: UnitSaid): string =>
  `${parentId ?? ''} ${name.normalize('NFKC').trim().replace(/\s+/g, ' ').toLowerCase()}`;

/** What the view of a unit says today, of one that is closed or not yet open what is said of its nearest day. */
export function unitView(
  spans: readonly UnitSpan[],
  today: string,
): (UnitSaid & { closedOn: string | null }) | null {
  const inOrder = [...spans].sort((one, other) => (one.fromDay < other.fromDay ? -1 : 1));
  const begun = inOrder.filter(({ fromDay }) => fromDay <= today);
  const nearest = begun.at(-1) ?? inOrder[0];
  if (!nearest) return null;
  const isClosed = inOrder.every(({ toDay }) => toDay !== null && toDay <= today);
  return { ...nearest.value, closedOn: isClosed ? nearest.toDay : null };
}

/** Each unit with itself (depth 0) and each above it. */
export function ancestorsIn(
  units: readonly UnitOfDay[],
): { unitId: string; ancestorId: string; depth: number }[] {
  const byId = new Map<string | null, UnitOfDay>(units.map(unit => [unit.id, unit]));
  return units.flatMap(unit => {
    const path: UnitOfDay[] = [];
    for (let at: UnitOfDay | undefined = unit; at; at = byId.get(at.parentId)) path.push(at);
    return path.map(({ id }, depth) => ({ unitId: unit.id, ancestorId: id, depth }));
  });
}
