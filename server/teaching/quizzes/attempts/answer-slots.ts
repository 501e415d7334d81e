import type { Quiz } from '../quiz-model.js';
import { row } from '../../../platform/db/rows.js';
import { columns, sql } from '../../../platform/db/sql.js';
import { inTransaction } from '../../../platform/db/transaction.js';
import { parseInteger } from '../../../platform/lib/numbers.js';
import { saveAnswer, type Saved } from './save-answer.js';
import type { AttemptFacts } from './attempts.js';
import { readConfidence } from '../grading/confidence.js';
import { isCase, itemIn } from '../quiz.js';
import { AttemptAnswer } from '../tables.js';
import { subForm } from './field-prefix.js';
import type { Answer } from '../../questions/answer.js';
import { sameAnswer } from '../../questions/answer.js';
import { readTexts } from '../../questions/form.js';
import type { Problem } from '../../questions/question-type.js';

/**
 * What happened to the form of one question. `kept` and `same`: it is on disk, `isWhole` unless half of it is still
 * missing. `stale`: another tab was faster than what was `sent`. `unclear`: it is no answer (`missing-now`: an earlier
 * answer exists and stays); `typed` is what the learner wrote that cannot be saved as it is.
 */
export type Answered =
  | { readonly kind: 'kept' | 'same'; readonly sequence: number; readonly isWhole: boolean }
  | { readonly kind: 'stale'; readonly sequence: number; readonly sent: Answer }
  | { readonly kind: 'unclear'; readonly problem: Problem | 'missing-now'; readonly typed: Answer | null }
  | { readonly kind: Exclude<Saved['kind'], 'kept' | 'same' | 'stale'> };

/** A case has no confidence: what a decision leads to shows how it went. */
const NOTHING_SAID = { ok: true, confidence: null } as const;

/** Read the form of one question and save its answer. Form fields: `sequence`, `confidence` and those of the question's type. */
export async function answerSlot(
  attempt: AttemptFacts,
  quiz: Quiz,
  { slot, form }: { slot: number; form: unknown },
  now: number,
): Promise<Answered> {
  const drawn = attempt.form[slot - 1];
  if (!drawn) return { kind: 'invalid-slot' };
  const { item, type } = itemIn(quiz, drawn);
  const sequence = sequenceIn(form);
  if (sequence === null) return { kind: 'unclear', problem: 'unreadable', typed: null };
  const parsed = type.parse(form, item);
  if (!parsed.ok) {
    // Decisions of a case are all made for the first time.
    const isThere = parsed.problem === 'missing' && sequence > 0 && !type.mayFollow;
    const problem = isThere ? 'missing-now' : parsed.problem;
    return { kind: 'unclear', problem, typed: parsed.typed ?? null };
  }
  const read = type.mayFollow ? NOTHING_SAID : readConfidence(form);
  if (!read.ok) return { kind: 'unclear', problem: 'unreadable', typed: null };
  const { response } = parsed;
  const sent = { slot, sequence, response, confidence: read.confidence };
  const saved = await saveAnswer(attempt, quiz, sent, now);
  if (saved.kind === 'stale') return { kind: 'stale', sequence: saved.sequence, sent: response };
  if (saved.kind !== 'kept' && saved.kind !== 'same') return { kind: saved.kind };
  // In a case each decision is an answer of its own.
  const isWhole = type.mayFollow !== undefined || type.isComplete(item, response);
  return { kind: saved.kind, sequence: saved.sequence, isWhole };
}

/**
 * Read the form of a page with all questions and save every answer in it, all in one transaction: what one question
 * lacks does not affect the others. Slots that the form does not contain (the case has a page of its own) are left out.
 * A slot that this page never changed is `untouched`, whatever another tab has done to it since.
 */
export function answerSlots(
  attempt: AttemptFacts,
  quiz: Quiz,
  form: unknown,
  now: number,
): Promise<Map<number, Answered | { readonly kind: 'untouched' }>> {
  return inTransaction(async () => {
    const answered = new Map<number, Answered | { readonly kind: 'untouched' }>();
    for (const [index, drawn] of attempt.form.entries()) {
      const own = subForm(form, index + 1);
      if (isCase(quiz, drawn) || Object.keys(own).length === 0) continue;
      const result = await answerSlot(attempt, quiz, { slot: index + 1, form: own }, now);
      const isUntouched = await wasShown(attempt.id, { slot: index + 1, form: own }, result);
      answered.set(index + 1, isUntouched ? { kind: 'untouched' } : result);
    }
    return answered;
  });
}

const SHOWN = sql`select ${columns(AttemptAnswer, 'a', 'response', 'confidence')} from ${AttemptAnswer} a
  where a.attempt_id = $1 and a.slot = $2 and a.sequence = $3`;

/** Does a form send back unchanged what its page was rendered with: the answer saved then, or none? */
async function wasShown(
  attemptId: string,
  { slot, form }: { slot: number; form: unknown },
  result: Answered,
): Promise<boolean> {
  const sequence = sequenceIn(form) ?? 0;
  const said = readConfidence(form);
  if (result.kind === 'unclear') {
    return result.problem === 'missing' && sequence === 0 && said.ok && said.confidence === null;
  }
  if (result.kind !== 'stale' || sequence === 0) return false;
  const shown = await row(SHOWN, [attemptId, slot, sequence]);
  if (!shown || !said.ok || shown.confidence !== said.confidence) return false;
  return sameAnswer(JSON.parse(shown.response) as Answer, result.sent);
}

/** The number of answers that the page knew of; null for anything else. */
function sequenceIn(form: unknown): number | null {
  const texts = readTexts(form, 'sequence');
  return texts?.length === 1 ? parseInteger(texts[0], { min: 0, max: 100_000 }) : null;
}
