import type { Item } from '../questions/item.js';
import type { BankShare } from './bounds.js';
import { sharing, type Bound, type FormRequirements } from './filling.js';

/**
 * How far the mean `borderline` of a form may be from that of its bank, in points: forms of one quiz differ by at most three, so
 * half of that to either side.
 */
export const NEAR = 1.5;

type Judged = Pick<Item, 'id' | 'objective' | 'pair' | 'status' | 'borderline'>;

/**
 * The mean `borderline` that forms of a quiz should have: that of its bank, and where a form takes so many items from each of several
 * banks, theirs in that proportion. Null until every item that counts is judged.
 */
export function wantedMean(
  items: readonly Judged[],
  { draw, from = [] }: { readonly draw: number; readonly from?: readonly BankShare[] | undefined },
): number | null {
  const live = items.filter(({ status }) => status !== 'trial');
  if (live.length === 0 || live.some(({ borderline }) => borderline === undefined)) return null;
  const others = from.flatMap(share => share.items);
  const own = draw - from.reduce((sum, { count }) => sum + count, 0);
  const shares = [...from, { count: own, items: live.flatMap(({ id }) => (others.includes(id) ? [] : id)) }];
  const sum = shares.reduce((total, { count, items: ids }) => {
    const part = live.filter(({ id }) => ids.includes(id));
    return total + (part.length > 0 ? meanBorderline(part) * count : 0);
  }, 0);
  return sum / draw;
}

export const meanBorderline = (items: readonly Judged[]): number =>
  items.reduce((sum, { borderline = 0 }) => sum + borderline, 0) / items.length;

/** How far a form is from the mean that it should have, in points. */
export const distanceFrom = (wanted: number, form: readonly Judged[]): number =>
  Math.abs(meanBorderline(form) - wanted);

interface Search<T> {
  readonly wanted: number;
  /** What the form keeps already, and must go on keeping. */
  readonly settled: FormRequirements<T>;
  /** What any form has to keep. */
  readonly promised: FormRequirements<T>;
  /** Takes one of several that are equally good. */
  readonly pickOne: <S>(all: readonly S[]) => S;
}

/**
 * The form with as few items exchanged as bring it near the wanted mean. Where exchanging one after the other does not get there,
 * all forms are compared, as long as the bank is small enough for that, and the nearest is taken.
 */
export function comparableForm<T extends Judged>(
  form: readonly T[],
  pool: readonly T[],
  search: Search<T>,
): readonly T[] {
  let nearest = form;
  while (distanceFrom(search.wanted, nearest) > NEAR) {
    const nearer = exchangedOnce(nearest, pool, search);
    if (!nearer) return nearerOf(search.wanted, nearest, nearestForm(pool, search));
    nearest = nearer;
  }
  return nearest;
}

const nearerOf = <T extends Judged>(wanted: number, a: readonly T[], b: readonly T[] | null): readonly T[] =>
  b && distanceFrom(wanted, b) < distanceFrom(wanted, a) ? b : a;

/** Brings the form nearer by one item: one of the same objective if any is, and no nearer than it has to be. Null where none does. */
function exchangedOnce<T extends Judged>(
  form: readonly T[],
  pool: readonly T[],
  { wanted, settled, pickOne }: Search<T>,
): T[] | null {
  const before = distanceFrom(wanted, form);
  const counts = settled.bounds.map(({ fits }) => form.filter(fits).length);
  const swaps = form.flatMap(out => {
    const rest = form.filter(item => item !== out);
    const open = pool.filter(item => !form.includes(item) && !rest.some(other => areTwins(item, other)));
    return open.flatMap(item => {
      const distance = distanceFrom(wanted, [...rest, item]);
      const keeps =
        distance < before && settled.bounds.every((bound, n) => isKept(bound, counts[n] ?? 0, { out, item }));
      const cost = (out.objective === item.objective ? 0 : 1000) + Math.max(0, distance - NEAR);
      return keeps ? [{ form: [...rest, item], cost }] : [];
    });
  });
  const least = Math.min(...swaps.map(({ cost }) => cost));
  return swaps.length === 0 ? null : pickOne(swaps.filter(({ cost }) => cost === least)).form;
}

const areTwins = (a: Judged, b: Judged): boolean => a.pair !== undefined && a.pair === b.pair;

function isKept<T>(
  { count, most = Infinity, fits }: Bound<T>,
  now: number,
  { out, item }: { out: T; item: T },
): boolean {
  const then = now - Number(fits(out)) + Number(fits(item));
  return then >= count && then <= most;
}

/** Some items of a form: how many fit each bound, as far as that matters, and the sum of their borderlines. */
interface Part<T> {
  readonly items: readonly T[];
  readonly counts: readonly number[];
  readonly sum: number;
}

/** Beyond so many, comparing all forms would take longer than a learner should wait. */
const MOST_PARTS = 20_000;

/** The form nearest to the wanted mean, by way of all sums that forms can have; null where there are none, or too many. */
function nearestForm<T extends Judged>(
  pool: readonly T[],
  { wanted, promised }: Search<T>,
): readonly T[] | null {
  const { draw, bounds } = promised;
  let parts = new Map<string, Part<T>>([['', { items: [], counts: bounds.map(() => 0), sum: 0 }]]);
  for (const items of sharing(pool, promised)) {
    const longer = new Map(parts);
    for (const part of parts.values())
      for (const item of part.items.length < draw ? items : []) {
        const next = withItem(part, item, bounds);
        if (next) longer.set(`${next.items.length} ${next.counts.join(' ')} ${next.sum}`, next);
      }
    if (longer.size > MOST_PARTS) return null;
    parts = longer;
  }
  const forms = [...parts.values()].filter(
    ({ items, counts }) => items.length === draw && bounds.every(({ count }, n) => (counts[n] ?? 0) >= count),
  );
  return forms.reduce<readonly T[] | null>(
    (best, { items }) => (best ? nearerOf(wanted, best, items) : items),
    null,
  );
}

function withItem<T extends Judged>(
  { items, counts, sum }: Part<T>,
  item: T,
  bounds: readonly Bound<T>[],
): Part<T> | null {
  // What is enough needs no counting beyond, unless it can become too much.
  const next = bounds.map(({ fits, count, most }, n) => {
    const then = (counts[n] ?? 0) + Number(fits(item));
    return most === undefined ? Math.min(then, Math.max(0, count)) : then;
  });
  if (bounds.some(({ most = Infinity }, n) => (next[n] ?? 0) > most)) return null;
  return { items: [...items, item], counts: next, sum: sum + (item.borderline ?? 0) };
}
