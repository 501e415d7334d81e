import type { Confidence, Quiz } from '../quiz-model.js';
import { insert } from '../../../platform/db/rows.js';
import { inTransaction } from '../../../platform/db/transaction.js';
import type { Answer } from '../../questions/answer.js';
import { itemIn, judgeSave, rulesFor, stateOf } from '../quiz.js';
import { AttemptAnswer } from '../tables.js';
import type { AttemptFacts } from './attempts.js';
import { holdAttempt } from './hold.js';
import { endOfTime, timeIn } from './limits.js';
import { resumeAttempt } from './time/pauses.js';
import type { AttemptState } from './state.js';

/** What happened to an answer; with `kept` or `same` it is on disk. `theirs` is the answer that counts now. */
export type Saved =
  | { readonly kind: 'kept' | 'same'; readonly sequence: number }
  | { readonly kind: 'stale'; readonly sequence: number; readonly theirs: Answer | null }
  | { readonly kind: 'closed' | 'out-of-time' | 'invalid-slot' | 'refused' };

/** An answer to save. `sequence` is the number of answers in the slot that the learner's page knew of. */
interface Sent {
  readonly slot: number;
  readonly sequence: number;
  readonly response: Answer;
  readonly confidence?: Confidence | null;
}

/**
 * Save one answer. It is committed before this returns, so an acknowledged answer is never lost; answers are appended,
 * never overwritten. A page that is behind another tab is told so and changes nothing. In a case each decision is an
 * answer: the path so far and one more step. A path that departs from the saved one is refused.
 */
export function saveAnswer(attempt: AttemptFacts, quiz: Quiz, sent: Sent, now: number): Promise<Saved> {
  return inTransaction(async () => {
    const drawn = attempt.form[sent.slot - 1];
    if (!drawn) return { kind: 'invalid-slot' };
    const held = { ...attempt, ...(await holdAttempt(attempt.id, sent.slot)) };
    const at = timeIn(held, now);
    const state = stateOf(attempt.form, held.kept, { ...held, deadlineAt: endOfTime(held, at) });
    const decision = judgeSave(state, { ...sent, ...rulesFor(itemIn(quiz, drawn)) }, at);
    if (decision.kind !== 'keep') return notKept(decision, state, sent.slot);
    // Whoever answers is back: a pause must neither cost an answer nor give extra time to think one over.
    await resumeAttempt(held, at);
    await append(attempt, sent, at);
    return { kind: 'kept', sequence: sent.sequence + 1 };
  });
}

type NotKept = Exclude<ReturnType<typeof judgeSave>, { kind: 'keep' }>;

function notKept(decision: NotKept, { slots }: AttemptState, slot: number): Saved {
  const { response = null, sequence = 0 } = slots[slot - 1] ?? {};
  if (decision.kind === 'stale') return { ...decision, theirs: response };
  return decision.kind === 'same' ? { kind: 'same', sequence } : { kind: decision.kind };
}

const append = (
  { id: attemptId, organisationId }: AttemptFacts,
  { slot, sequence, response, confidence = null }: Sent,
  answeredAt: number,
): Promise<void> =>
  insert(AttemptAnswer, {
    attemptId,
    organisationId,
    slot,
    sequence: sequence + 1,
    response: JSON.stringify(response),
    answeredAt,
    confidence,
  });
