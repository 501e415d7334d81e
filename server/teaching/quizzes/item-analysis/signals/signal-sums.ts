import { z } from 'zod';
import { FULL_POINTS } from '../../../questions/question-type.js';
import { addTally, isSmall, nobody, shownCounts, type Tally } from '../small-groups.js';
import { addDecisions, addEach, noDecisionSums, type DecisionSums } from './decision-sums.js';
import { wilson, type RateInterval } from './wilson.js';

/** What was stored with the slots of an attempt when it was submitted; attempts from before these codes have none. */
const slotsSchema = z.array(
  z.object({
    points: z.number(),
    judgement: z.enum(['concern', 'no-concern']).optional(),
    case: z.object({ passed: z.boolean() }).optional(),
    signal: z
      .object({
        outcome: z.enum(['hit', 'miss', 'alarm', 'rejection', 'open']),
        offersBoth: z.boolean(),
        shade: z.enum(['late', 'watch']).exactOptional(),
        decided: z.enum(['exact', 'other']).exactOptional(),
      })
      .optional(),
    byLooks: z.boolean().optional(),
  }),
);
type Slot = z.infer<typeof slotsSchema>[number];

/** The stored slots, or null for what cannot be read. */
export function readSignals(text: string | null): readonly Slot[] | null {
  try {
    return slotsSchema.parse(JSON.parse(text ?? 'null'));
  } catch {
    return null;
  }
}

/** What is counted of situations; `acted`, `missed` and so on of those alone that could be answered either way. */
const COUNTED = [
  'concern right',
  'concern other-step',
  'concern missed',
  'concern open',
  'none left',
  'none alarm',
  'none open',
  'choice acted',
  'choice missed',
  'choice left',
  'choice alarm',
  'by looks',
] as const;
type Counted = (typeof COUNTED)[number];

/** All that is kept of the attempts at one quiz: counts, whatever their number. */
export interface SignalSums {
  readonly attempts: Tally;
  /** Attempts without these codes: submitted before they were stored. */
  without: number;
  readonly counts: Readonly<Record<Counted, Tally>>;
  readonly decisions: DecisionSums;
}

export const noSignalSums = (): SignalSums => ({
  attempts: nobody(),
  without: 0,
  counts: Object.fromEntries(COUNTED.map(each => [each, nobody()])) as Record<Counted, Tally>,
  decisions: noDecisionSums(),
});

/** Adds one attempt. One without any code, of a situation or by looks, says nothing and is counted apart. */
export function addSignals(sums: SignalSums, slots: readonly Slot[] | null, isNew: boolean): void {
  if (!slots?.some(({ signal, byLooks }) => signal ?? byLooks)) {
    sums.without += 1;
    return;
  }
  addTally(sums.attempts, isNew);
  addEach(sums.counts, slots.flatMap(countedIn), isNew);
  addDecisions(
    sums.decisions,
    slots.flatMap(({ signal }) => signal ?? []),
    isNew,
  );
}

function countedIn(slot: Slot): Counted[] {
  return [...situationIn(slot), ...(slot.byLooks ? (['by looks'] as const) : [])];
}

function situationIn({ judgement, signal, points, case: theCase }: Slot): Counted[] {
  if (!judgement || !signal) return [];
  const either = (counted: Counted): Counted[] => (signal.offersBoth ? [counted] : []);
  const isRight = signal.decided ? signal.decided === 'exact' : (theCase?.passed ?? points === FULL_POINTS);
  switch (signal.outcome) {
    case 'hit':
      return [isRight ? 'concern right' : 'concern other-step', ...either('choice acted')];
    case 'miss':
      return ['concern missed', ...either('choice missed')];
    case 'rejection':
      return ['none left', ...either('choice left')];
    case 'alarm':
      return ['none alarm', ...either('choice alarm')];
    case 'open':
      return [judgement === 'concern' ? 'concern open' : 'none open'];
  }
}

/** A count, null where it is hidden since it is of fewer than 5 people. */
type Shown = number | null;

/** A rate with its interval; null where nobody could be counted, `hidden` where it would reveal a small group. */
export type Rate = RateInterval | 'hidden' | null;

/** The figures of one quiz, or nothing where fewer than 5 people took it. */
export type SignalFigures =
  | { readonly isSmall: true }
  | {
      readonly isSmall: false;
      readonly attempts: number;
      readonly without: number;
      readonly concern: {
        readonly right: Shown;
        readonly other: Shown;
        readonly missed: Shown;
        readonly open: Shown;
      };
      readonly noConcern: { readonly left: Shown; readonly alarm: Shown; readonly open: Shown };
      readonly byLooks: Shown;
      /** Misses among answers that acted or missed, where a question offered both. */
      readonly missRate: Rate;
      /** False alarms among answers that acted or left in peace, where a question offered both. */
      readonly alarmRate: Rate;
    };

export function signalFigures({ attempts, without, counts }: SignalSums): SignalFigures {
  if (isSmall(attempts)) return { isSmall: true };
  const shown = (...names: Counted[]): Shown[] => shownCounts(names.map(name => counts[name]));
  const [right = null, other = null, missed = null, open = null] = shown(
    'concern right',
    'concern other-step',
    'concern missed',
    'concern open',
  );
  const [left = null, alarm = null, openNone = null] = shown('none left', 'none alarm', 'none open');
  const [byLooks = null] = shown('by looks');
  return {
    isSmall: false,
    attempts: attempts.n,
    without,
    concern: { right, other, missed, open },
    noConcern: { left, alarm, open: openNone },
    byLooks,
    missRate: rate(missed, shown('choice missed', 'choice acted')),
    alarmRate: rate(alarm, shown('choice alarm', 'choice left')),
  };
}

/** A rate beside a count that is hidden would tell it. */
function rate(told: Shown, [count = null, others = null]: readonly Shown[]): Rate {
  if (told === null || count === null || others === null) return 'hidden';
  return count + others === 0 ? null : wilson(count, count + others);
}
