import type { Kept } from '../quiz-model.js';
import type { GradedSlot } from './scoring.js';
import type { CaseScore } from '../../questions/types/scenario/case-score.js';
import type { Answer } from '../../questions/answer.js';
import type { Item, Judges } from '../../questions/item.js';
import { FULL_POINTS, type DecisionSignal, type QuestionType } from '../../questions/question-type.js';

/**
 * What an answer made of a situation, in the words of signal detection (Green and Swets 1966, "Signal Detection
 * Theory and Psychophysics", chapter 2): the signal is a concern, and judging it as one is the answer yes.
 *
 * `hit`: a concern that was judged as one, by the best step or by another. `miss`: a concern that was left as if it
 * were none, or was told to nobody. `alarm` (false alarm): a situation without concern that was treated as one.
 * `rejection` (correct rejection): one that was left alone. `open`: the answer, or its absence, says nothing about it.
 */
export type SignalOutcome = 'hit' | 'miss' | 'alarm' | 'rejection' | 'open';

export interface Signal {
  readonly outcome: SignalOutcome;
  /**
   * Could it be answered either way? Where each option acts, nobody can miss, so a rate of misses or of false alarms
   * is taken over these alone.
   */
  readonly offersBoth: boolean;
  /** `late`, of a miss: it was noted, or told too late. `watch`, of a rejection: it was noted, to be decided again. */
  readonly shade?: NonNullable<DecisionSignal['shade']>;
  /** Only of an answer that decides whether to pass on: was it this very step? Sensitivity is measured by these alone. */
  readonly decided?: 'exact' | 'other';
}

/** What is stored with a slot beside its points, where it has it. */
export interface SlotSignals {
  /** Of a question that puts a situation to be judged, and of a case. */
  readonly signal?: Signal;
  /** Of a decision, whose key says it. */
  readonly judgement?: 'concern' | 'no-concern';
  /** The answer went by how people look or live. It may be given to any question. */
  readonly byLooks?: true;
}

interface Given {
  readonly item: Item;
  readonly type: Pick<QuestionType, 'judging' | 'signal' | 'correctResponse'>;
  readonly response: Answer | undefined;
  /** Integer, 0 to FULL_POINTS. */
  readonly points: number;
  /** Of the slot that is a case. */
  readonly case: CaseScore | null;
}

/**
 * The codes of one slot. A decision says by its first part what it makes of the situation. Of other questions, a right
 * answer judges as the item does, and a wrong one as its chosen options say under `judges`. Such an item is a situation to
 * be judged where it has a judgement and one of its options says one: questions about the law of a case, say, have the
 * first alone. Where several options were chosen, one that acts is acting. A slot on trial says nothing about anybody: it is
 * not asked here.
 */
export const signalsOf = (given: Given): SlotSignals => ({
  ...situationOf(given),
  ...(wentByLooks(given) ? { byLooks: true } : {}),
});

function situationOf(given: Given): Pick<SlotSignals, 'signal' | 'judgement'> {
  if (given.type.signal) return ofDecision(given);
  const signal = given.case ? ofCase(given, given.case) : ofItem(given);
  return signal ? { signal } : {};
}

/** The right answer tells the situation, even where nobody answered. Noting is right where the situation is neither. */
function ofDecision(given: Given): Pick<SlotSignals, 'signal' | 'judgement'> {
  const { item, type, response, points } = given;
  const { situation } = type.signal?.(item, type.correctResponse(item)) ?? {};
  if (situation === undefined || situation === 'neither') return {};
  const judgement = situation === 'signal' ? 'concern' : 'no-concern';
  const answer = type.signal?.(item, response) ?? null;
  if (!answer) return { judgement, signal: { outcome: 'open', offersBoth: true } };
  const decided = points === FULL_POINTS || answer.steps === 0 ? 'exact' : 'other';
  return { judgement, signal: { ...judged(judgement, answer, points), offersBoth: true, decided } };
}

/** An answer that a ruling made right judges as its item does. */
function judged(
  judgement: 'concern' | 'no-concern',
  { response, shade }: DecisionSignal,
  points: number,
): Pick<Signal, 'outcome' | 'shade'> {
  const [right, wrong] =
    judgement === 'concern' ? (['hit', 'miss'] as const) : (['rejection', 'alarm'] as const);
  if (points === FULL_POINTS) return { outcome: right };
  const isRight = (response === 'yes') === (judgement === 'concern');
  return { outcome: isRight ? right : wrong, ...(shade ? { shade } : {}) };
}

function ofItem({ item, type, response, points }: Given): Signal | null {
  const { judgement } = item;
  const { offered, given } = type.judging(item, response);
  if (judgement === undefined || !offered.some(judges => judges !== undefined)) return null;
  const isConcern = judgement === 'concern';
  const offersBoth = isConcern ? offered.includes('no-concern') : offered.some(actsOn(judgement));
  if (points === FULL_POINTS) return { outcome: isConcern ? 'hit' : 'rejection', offersBoth };
  return { outcome: outcomeOf(judgement, given), offersBoth };
}

type Judged = Judges | undefined;

/** In a situation without concern, going by looks is acting; beside a concern it says nothing of the concern. */
const actsOn =
  (judgement: 'concern' | 'no-concern') =>
  (judges: Judged): boolean =>
    judges === 'concern' || (judges === 'appearance' && judgement === 'no-concern');

function outcomeOf(judgement: 'concern' | 'no-concern', chosen: readonly Judged[]): SignalOutcome {
  const isConcern = judgement === 'concern';
  if (chosen.some(actsOn(judgement))) return isConcern ? 'hit' : 'alarm';
  if (chosen.includes('no-concern')) return isConcern ? 'miss' : 'rejection';
  return 'open';
}

/** A case says by its ending what was made of it. */
function ofCase({ item: { judgement } }: Given, score: CaseScore): Signal | null {
  if (judgement === undefined) return null;
  const isLate = judgement === 'concern' && score.ending === 'told-late';
  return { outcome: endOutcome(judgement, score), offersBoth: false, ...(isLate ? { shade: 'late' } : {}) };
}

/** Whoever passes on what turns out to be fine raises no alarm, where the way to it was right. */
function endOutcome(judgement: 'concern' | 'no-concern', { ending, passed }: CaseScore): SignalOutcome {
  if (ending === null) return 'open';
  const isLeft = ending === 'no-concern' || ending === 'not-told';
  if (judgement === 'concern') return isLeft || ending === 'told-late' ? 'miss' : 'hit';
  return isLeft || (ending === 'passed-on-fine' && passed) ? 'rejection' : 'alarm';
}

const wentByLooks = ({ item, type, response }: Given): boolean =>
  type.judging(item, response).given.includes('appearance');

/** A slot of a result as it is counted here. */
type Slot = GradedSlot & SlotSignals & { readonly case?: CaseScore };

/**
 * How one form went, in counts of what was answered, and how many of a kind were left `blank`; null for what has too few
 * answers to say anything, or would tell of a single one.
 */
export interface FormSignals {
  readonly concern: {
    readonly count: number;
    readonly acted: number;
    readonly right: number;
    /** Missed, but noted, or told too late. */
    readonly late: number;
    readonly blank: number;
  } | null;
  readonly noConcern: {
    readonly count: number;
    readonly left: number;
    /** Left, but noted, to be decided again. */
    readonly watch: number;
    readonly blank: number;
  } | null;
  readonly byLooks: number;
}

/**
 * How many answered situations of one kind a form needs before it shows how many were judged rightly. With fewer, the count
 * would reveal which one was missed, and that is never shown on a fail.
 */
const ENOUGH_SITUATIONS = 3;

/** For the learner: null where too few situations of both kinds were answered. A blank is not judged. */
export function formSignals(slots: readonly Slot[], kept: readonly Pick<Kept, 'slot'>[]): FormSignals | null {
  const isAnswered = (_: Slot, index: number) => kept.some(({ slot }) => slot === index + 1);
  const answered = slots.filter(isAnswered).filter(slot => slot.case?.ending !== null);
  const situations = (of: readonly Slot[], kind: Slot['judgement']) =>
    of.filter(({ signal, judgement }) => signal !== undefined && judgement === kind);
  const concern = situations(answered, 'concern');
  const noConcern = situations(answered, 'no-concern');
  const blank = (kind: Slot['judgement'], { length }: readonly Slot[]) =>
    situations(slots, kind).length - length;
  const outcomes = (of: readonly Slot[], outcome: SignalOutcome) =>
    of.filter(({ signal }) => signal?.outcome === outcome);
  const acted = outcomes(concern, 'hit');
  const counts = {
    concern: {
      count: concern.length,
      acted: acted.length,
      right: acted.filter(isRight).length,
      late: shaded(concern, 'late'),
      blank: blank('concern', concern),
    },
    noConcern: {
      count: noConcern.length,
      left: outcomes(noConcern, 'rejection').length,
      watch: shaded(noConcern, 'watch'),
      blank: blank('no-concern', noConcern),
    },
  };
  const shown = {
    concern: concern.length < ENOUGH_SITUATIONS ? null : counts.concern,
    noConcern: noConcern.length < ENOUGH_SITUATIONS ? null : counts.noConcern,
  };
  if (!shown.concern && !shown.noConcern) return null;
  return { ...shown, byLooks: slots.filter(({ byLooks }) => byLooks).length };
}

const shaded = (slots: readonly Slot[], shade: Signal['shade']): number =>
  slots.filter(({ signal }) => signal?.shade === shade).length;

/** Was the step right, however much the whole answer is worth? */
const isRight = ({ points, case: theCase, signal }: Slot): boolean =>
  signal?.decided ? signal.decided === 'exact' : (theCase?.passed ?? points === FULL_POINTS);
