import { CONFIDENCES, type Confidence } from '../../quiz-model.js';
import type { Tally } from '../small-groups.js';
import { addTally, nobody, shownCounts } from '../small-groups.js';

/** The confidence that was stated; `none`: none was, or there was no answer. */
const SAID = [...CONFIDENCES, 'none'] as const;
type Said = (typeof SAID)[number];

/** How often each was stated with a right answer and with one that was not wholly right. */
export type Confidences = Map<string, Tally>;

/** One row of the table; null stands for a hidden count. */
export interface ConfidenceCounts {
  readonly said: Said;
  readonly right: number | null;
  readonly wrong: number | null;
}

const keyOf = (said: Said, right: boolean): string => `${said} ${right ? 'right' : 'wrong'}`;

export function addConfidence(
  sums: Confidences,
  { isNew, confidence, right }: { isNew: boolean; confidence: Confidence | null; right: boolean },
): void {
  const key = keyOf(confidence ?? 'none', right);
  const tally = sums.get(key) ?? nobody();
  sums.set(key, tally);
  addTally(tally, isNew);
}

/**
 * The table, or null where nobody stated a confidence. What may be shown is decided separately for right and wrong, since
 * the page shows elsewhere how many had the item right.
 */
export function confidenceCounts(sums: Confidences): ConfidenceCounts[] | null {
  if (![...sums.keys()].some(key => !key.startsWith('none'))) return null;
  const column = (right: boolean) => shownCounts(SAID.map(said => sums.get(keyOf(said, right)) ?? nobody()));
  const [right, wrong] = [column(true), column(false)];
  return SAID.map((said, at) => ({ said, right: right[at] ?? null, wrong: wrong[at] ?? null }));
}
