import { defined, undefinedFor, type Figure } from './figure.js';

/** Seconds after which a learner has put the quiz aside: the time says nothing about the question. */
const PAUSE = 30 * 60;

/** One saved answer; `at` in epoch milliseconds. */
export interface TimedAnswer {
  readonly slot: number;
  readonly at: number;
}

/**
 * How long the first answer to a slot took. `pause`: longer than half an hour. `together`: saved at the same moment as
 * another one (a whole page was sent), so how long it took is unknown.
 */
export type AnswerTime =
  | { readonly slot: number; readonly kind: 'timed'; readonly seconds: number }
  | { readonly slot: number; readonly kind: 'pause' | 'together' };

/**
 * Times of one attempt, from when the answer before was saved, or from the start. Later changes of an answer are not
 * timed, since they come from a last look at all questions; but they start the time of what is answered next.
 */
export function answerTimes(startedAt: number, answers: readonly TimedAnswer[]): AnswerTime[] {
  const inOrder = [...answers].sort((a, b) => a.at - b.at);
  const seen = new Set<number>();
  return inOrder.flatMap(({ slot, at }, index) => {
    if (seen.has(slot)) return [];
    seen.add(slot);
    const isAlone = inOrder.every(other => other.slot === slot || other.at !== at);
    if (!isAlone) return { slot, kind: 'together' as const };
    const seconds = Math.round(Math.max(0, at - (inOrder[index - 1]?.at ?? startedAt)) / 1000);
    return seconds > PAUSE ? { slot, kind: 'pause' as const } : { slot, kind: 'timed' as const, seconds };
  });
}

/** Counts by whole second, of which there are no more for a million answers than for many, with exact quantiles. */
export interface TimeCounts {
  readonly counts: Map<number, number>;
  n: number;
  pauses: number;
  together: number;
}

export const noTimes = (): TimeCounts => ({
  counts: new Map(),
  n: 0,
  pauses: 0,
  together: 0,
});

export function addTime(times: TimeCounts, time: AnswerTime): void {
  if (time.kind === 'timed') {
    times.n += 1;
    times.counts.set(time.seconds, (times.counts.get(time.seconds) ?? 0) + 1);
  } else if (time.kind === 'pause') times.pauses += 1;
  else times.together += 1;
}

/**
 * Seconds within which the share `p` of the answers came: the smallest time that at least that many do not exceed
 * (definition 1 of Hyndman and Fan 1996). Always a time that somebody took.
 */
export function quantile({ counts, n }: TimeCounts, p: number): Figure {
  if (n === 0) return undefinedFor('no-times');
  const wanted = Math.max(1, Math.ceil(p * n));
  let reached = 0;
  const inOrder = [...counts].sort(([a], [b]) => a - b);
  const [seconds = 0] = inOrder.find(([, count]) => (reached += count) >= wanted) ?? [];
  return defined(seconds);
}
