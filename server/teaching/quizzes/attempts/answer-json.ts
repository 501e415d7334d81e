import type { Translate } from '../../../platform/i18n/i18n.js';
import type { Answered } from './answer-slots.js';

/** Addresses that a script may need next, and the time (epoch ms) of the reply. */
interface Place {
  readonly now: number;
  /** The page after this question. */
  readonly next: string;
  readonly result: string;
  /** What the question's type says of an answer that cannot be kept; null where the problem itself says it. */
  readonly lack: string | null;
}

/**
 * What happened to an answer, for the script that sent it (views/assets/answers.js). Only a body with `savedAt` (epoch
 * ms) says that the answer is on disk: 200 `kept` or `same`, and 422 `half`, which still asks for the other half. With
 * all others nothing was saved: 409 `stale`, `closed` and `out-of-time`, 422 for what is no answer. `sequence` is the
 * number of answers in the slot now; `text` says to a person what to do.
 */
export function answerJson(answered: Answered, { now, next, result, lack }: Place, t: Translate) {
  const { kind } = answered;
  const unclear = (problem: string, more: object = {}) => ({
    status: 422,
    body: { kind: problem, text: lack ?? t(`question.problem.${problem}`), ...more },
  });
  if (kind === 'kept' || kind === 'same') {
    const saved = { sequence: answered.sequence, savedAt: now };
    return answered.isWhole ? { status: 200, body: { kind, ...saved, next } } : unclear('half', saved);
  }
  if (kind === 'stale') return { status: 409, body: { kind, sequence: answered.sequence } };
  if (kind === 'unclear') return unclear(answered.problem);
  if (kind === 'closed') return { status: 409, body: { kind, next: result } };
  if (kind === 'out-of-time') return { status: 409, body: { kind, next: result, text: t('saving.late') } };
  return unclear('unreadable');
}
