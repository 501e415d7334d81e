import type { Request, Response } from 'express';
import { earnAndWait } from '../../../proof/certificates/lifecycle/stored-certificates.js';
import { Conflict, NotFound } from '../../../errors.js';
import type { WebDeps } from '../../../platform/http/deps.js';
import { wantsPage } from '../../../platform/http/error-pages.js';
import { spoken } from '../../../platform/i18n/spoken.js';
import { parseInteger } from '../../../platform/lib/numbers.js';
import { readConfidence } from '../grading/confidence.js';
import { itemIn } from '../quiz.js';
import { answerJson } from './answer-json.js';
import { answerSlot, type Answered } from './answer-slots.js';
import { savedAnswers } from './attempts.js';
import { answerInWords, attemptAddresses, questionValues, retyped } from './question-page.js';
import { reviewValues } from './review-page.js';
import { loadAttempt } from './routes-load.js';
import { submitAttempt } from './submit.js';

/** One question of an attempt. */
export async function showQuestion({ show }: WebDeps, req: Request, res: Response): Promise<void> {
  const { attempt, kept, quiz, slot } = await loadSlot(req);
  if (attempt.submittedAt !== null) return res.redirect(303, attemptAddresses(attempt.id).result);
  const values = questionValues(attempt, quiz, kept, slot, spoken);
  const isSaved = kept.some(each => each.slot === slot);
  const saved = isSaved ? { time: spoken('question.earlier') } : null;
  show(req, res, 'teaching/quizzes/attempts/question', { ...values, saved }, { nav: 'learning' });
}

/** Saves the answer to one question. A script is told what happened; a page leads on, or asks again. */
export async function answerQuestion(deps: WebDeps, req: Request, res: Response): Promise<void> {
  const loaded = await loadSlot(req);
  const { attempt, quiz, slot, onward } = loaded;
  const { result } = attemptAddresses(attempt.id);
  const now = deps.clock();
  const answered = await answerSlot(attempt, quiz, { slot, form: req.body as unknown }, now);
  if (!wantsPage(req)) {
    const { status, body } = answerJson(
      answered,
      { now, next: onward, result, lack: lackIn(answered, loaded) },
      spoken,
    );
    res.status(status).set('Cache-Control', 'no-store').json(body);
    return;
  }
  if (answered.kind === 'closed' || answered.kind === 'out-of-time') return res.redirect(303, result);
  const problem = problemWith(answered, loaded);
  if (problem) return askAgain(deps, req, res, loaded, problem);
  res.redirect(303, onward);
}

/** The last look before an attempt is submitted: what is still without an answer. */
export async function showReview({ show }: WebDeps, req: Request, res: Response): Promise<void> {
  const { attempt, kept, quiz } = await loadAttempt(req);
  if (attempt.submittedAt !== null) return res.redirect(303, attemptAddresses(attempt.id).result);
  const isOnePage = req.query.view === 'page';
  const values = reviewValues(attempt, quiz, kept, isOnePage);
  show(req, res, 'teaching/quizzes/attempts/review', values, { nav: 'learning' });
}

export async function submit({ clock, catchUp }: WebDeps, req: Request, res: Response): Promise<void> {
  const { attempt, quiz } = await loadAttempt(req);
  // The certificate, if this was the last quiz, is there when the next page asks for it.
  await earnAndWait(attempt.cycleId, () => submitAttempt(attempt, quiz, clock()), catchUp);
  res.redirect(303, attemptAddresses(attempt.id).result);
}

type LoadedSlot = Awaited<ReturnType<typeof loadSlot>>;

/** An attempt, the slot that the address names, its question, and the page after it. Throws NotFound without such a slot. */
async function loadSlot(req: Request) {
  const { attempt, kept, quiz } = await loadAttempt(req);
  const { id, form } = attempt;
  const slot = parseInteger(req.params.slot, { min: 1, max: form.length });
  const drawn = slot === null ? undefined : form[slot - 1];
  if (slot === null || !drawn) throw new NotFound();
  const { item, type } = itemIn(quiz, drawn);
  const to = attemptAddresses(id);
  const after = slot < form.length ? to.question(slot + 1) : to.review;
  // A case goes on where it is, with what the decision led to.
  return { attempt, kept, quiz, slot, item, type, onward: type.mayFollow ? to.question(slot) : after };
}

/** Why the question is asked again, as its page says it. */
interface Problem {
  readonly status: 409 | 422;
  readonly values: object;
}

/** Null once a whole answer is saved; throws Conflict where none can be. */
function problemWith(answered: Answered, { attempt, quiz, slot, item, type }: LoadedSlot): Problem | null {
  if (answered.kind === 'stale') {
    const yours = answerInWords(quiz, attempt, slot, answered.sent, spoken);
    return { status: 409, values: { stale: { yours } } };
  }
  if (answered.kind === 'unclear') {
    const shown = answered.typed && retyped({ item, type }, answered.typed, spoken);
    return unanswered(answered.problem, shown);
  }
  if (answered.kind === 'refused') return unanswered('unreadable');
  if (answered.kind !== 'kept' && answered.kind !== 'same')
    throw new Conflict('The answer could not be kept');
  // Half an answer is kept, and asked for again.
  return answered.isWhole ? null : unanswered('half');
}

/** What the type says of what was typed and cannot be kept. */
const lackIn = (answered: Answered, { item, type }: LoadedSlot): string | null =>
  answered.kind === 'unclear' && answered.typed ? type.mending(item, answered.typed, spoken).lack : null;

const unanswered = (problem: string, shown: object | null = null): Problem => ({
  status: 422,
  values: { error: spoken(`question.problem.${problem}`), ...shown },
});

async function askAgain(
  { show }: WebDeps,
  req: Request,
  res: Response,
  { attempt, quiz, slot }: LoadedSlot,
  { status, values: problem }: Problem,
): Promise<void> {
  const values = questionValues(attempt, quiz, await savedAnswers(attempt.id), slot, spoken);
  const said = readConfidence(req.body);
  // After a conflict the answer of the other tab is shown, with the confidence that was given there.
  if (status === 422 && said.ok) values.confidence = said.confidence;
  const again = { ...values, told: true, ...problem };
  show(req, res, 'teaching/quizzes/attempts/question', again, { status, nav: 'learning' });
}
