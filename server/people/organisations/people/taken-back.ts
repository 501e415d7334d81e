import { isDeepStrictEqual } from 'node:util';
import { isOn, uncovered, type Span } from '../../../platform/lib/dated.js';
import { daysAfter } from '../../../platform/lib/days.js';

/** A fact as it was said from one moment to another (epoch ms; null: it still is), and by whom. */
export interface SaidFact<V> extends Span<V> {
  readonly recordedAt: number;
  readonly retiredAt: number | null;
  /** Null: by the program, or by somebody whose account is gone. */
  readonly actor: string | null;
}

/** What was said of some days and was taken back, when (epoch ms) and by whom (null: the record does not say). */
export interface Correction<V> extends Span<V> {
  readonly at: number;
  readonly by: string | null;
}

/**
 * What was taken back of all that was ever said of one membership: days that had already come when something else was said of
 * them. A move from today on, and a plan that changed, are no corrections. `dayAt`: the day in the organisation's zone.
 */
export function correctionsIn<V>(
  all: readonly SaidFact<V>[],
  dayAt: (moment: number) => string,
): Correction<V>[] {
  return all.flatMap(fact => {
    const { retiredAt: at, value } = fact;
    if (at === null || at === fact.recordedAt) return [];
    const come = daysThatCame(fact, dayAt(at));
    if (come === null) return [];
    const saidThen = all.filter(each => isSaidAt(each, at));
    const kept = saidThen.filter(each => isDeepStrictEqual(each.value, value));
    const by = all.find(({ recordedAt }) => recordedAt === at)?.actor ?? null;
    return uncovered(come, kept).map(span => ({ ...span, at, by }));
  });
}

/** Those of its days before `today`; today itself only where it is the first: a move replaces the rest of the day. */
function daysThatCame<V>({ fromDay, toDay, value }: SaidFact<V>, today: string): Span<V> | null {
  if (fromDay > today) return null;
  const until = fromDay === today ? daysAfter(today, 1) : today;
  return { fromDay, toDay: isOn({ fromDay, toDay }, until) ? until : toDay, value };
}

const isSaidAt = ({ recordedAt, retiredAt }: SaidFact<unknown>, moment: number): boolean =>
  recordedAt <= moment && (retiredAt === null || retiredAt > moment);
