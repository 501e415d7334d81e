import type { Confidence } from '../quiz-model.js';
import type { Answer } from '../../questions/answer.js';
import type { QuestionType } from '../../questions/question-type.js';

export interface SlotState {
  /** The number of the question, as its URL says it. */
  readonly slot: number;
  /** How many answers were kept here; a page sends back the number that it was shown. */
  readonly sequence: number;
  /** The answer that counts, null while there is none. */
  readonly response: Answer | null;
  /** How sure the learner was of it; absent or null if they did not say. */
  readonly confidence?: Confidence | null;
}

/** An attempt as its rules see it. All times are epoch milliseconds. */
export interface AttemptState {
  /** Null while the attempt is open. */
  readonly submittedAt: number | null;
  /** Null without a time limit. A person's extra time is already counted in. */
  readonly deadline: number | null;
  /** Milliseconds after the deadline in which an answer already on its way still counts. */
  readonly grace: number;
  readonly slots: readonly SlotState[];
}

export type AttemptAction =
  | {
      readonly kind: 'save';
      readonly slot: number;
      readonly sequence: number;
      readonly response: Answer;
      /** Changed alone, it is a change of the answer like any other. */
      readonly confidence?: Confidence | null;
      /** When two answers to this question are the same: from its type. */
      readonly same: QuestionType['same'];
      /** For a type whose steps cannot be taken back: may this answer follow the saved one? */
      readonly mayFollow?: ((kept: Answer | null, sent: Answer) => boolean) | undefined;
    }
  | { readonly kind: 'submit' };

/**
 * `keep`: store the change, `state` is what then holds. `same`: it is stored already: acknowledge it and
 * write nothing. `stale`: another tab was faster; `sequence` is the current number. `refused`: it takes back a step, or
 * skips one. Nothing changes on `out-of-time`, `closed`, `invalid-slot`
 * and `refused`.
 */
export type Decision =
  | { readonly kind: 'keep'; readonly state: AttemptState }
  | { readonly kind: 'stale'; readonly sequence: number }
  | { readonly kind: 'same' | 'out-of-time' | 'closed' | 'invalid-slot' | 'refused' };

type Save = Extract<AttemptAction, { kind: 'save' }>;

/** What an action of the learner, or of the clock, at `now` does to an attempt. */
export function next(state: AttemptState, action: AttemptAction, now: number): Decision {
  return action.kind === 'submit' ? submit(state, now) : save(state, action, now);
}

/** May answers still come in, time aside? */
export function acceptsAnswers(state: AttemptState): boolean {
  return state.submittedAt === null;
}

/** Was it submitted? Then it is never opened again. */
export function isSubmitted(state: AttemptState): boolean {
  return !acceptsAnswers(state);
}

/** Are the deadline and its grace over? An open attempt of which this is true is due to be submitted as it is. */
export function isOutOfTime({ deadline, grace }: AttemptState, now: number): boolean {
  return deadline !== null && now > deadline + grace;
}

/** The numbers of the questions that have no answer yet. */
export function unanswered(state: AttemptState): number[] {
  return state.slots.filter(({ response }) => response === null).map(({ slot }) => slot);
}

/** A submission brings no new answer, so it is never too late for one: what was saved in time counts. */
function submit(state: AttemptState, now: number): Decision {
  return isSubmitted(state) ? { kind: 'same' } : { kind: 'keep', state: { ...state, submittedAt: now } };
}

function save(state: AttemptState, action: Save, now: number): Decision {
  if (isSubmitted(state)) return { kind: 'closed' };
  const current = state.slots.find(({ slot }) => slot === action.slot);
  if (current === undefined) return { kind: 'invalid-slot' };
  if (isOutOfTime(state, now)) return { kind: 'out-of-time' };
  // Before the sequence is looked at: a page whose acknowledgement was lost sends the old number again.
  if (isStored(current, action)) return { kind: 'same' };
  if (action.sequence !== current.sequence) return { kind: 'stale', sequence: current.sequence };
  if (action.mayFollow?.(current.response, action.response) === false) return { kind: 'refused' };
  return { kind: 'keep', state: withAnswer(state, action) };
}

function isStored({ response, confidence = null }: SlotState, action: Save): boolean {
  if (response === null || confidence !== (action.confidence ?? null)) return false;
  return action.same(response, action.response);
}

function withAnswer(state: AttemptState, { slot, response, confidence = null }: Save): AttemptState {
  const slots = state.slots.map(each =>
    each.slot === slot ? { slot, sequence: each.sequence + 1, response, confidence } : each,
  );
  return { ...state, slots };
}
