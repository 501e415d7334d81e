import type { Request, Response } from 'express';
import type { WebDeps } from '../../../platform/http/deps.js';
import { typed } from '../../../platform/http/forms.js';
import { spoken } from '../../../platform/i18n/spoken.js';
import { openSlots, questionsIn } from '../quiz.js';
import type { Quiz } from '../quiz-model.js';
import { allQuestionsValues, problemsOf, type Problems } from './all-questions-page.js';
import { answerSlots } from './answer-slots.js';
import { savedAnswers, type AttemptFacts } from './attempts.js';
import { attemptAddresses } from './question-page.js';
import { loadAttempt } from './routes-load.js';

/** All questions of an attempt on one page, as a learner may choose. Only the address says so: nothing is stored. */
export async function showAllQuestions({ show }: WebDeps, req: Request, res: Response): Promise<void> {
  const { attempt, quiz } = await loadAttempt(req);
  if (attempt.submittedAt !== null) return res.redirect(303, attemptAddresses(attempt.id).result);
  const values = await pageOf(attempt, quiz);
  const saved = 'saved' in req.query ? values.parts.some(({ isSaved }) => isSaved) : null;
  show(req, res, 'teaching/quizzes/attempts/questions', { ...values, saved }, { nav: 'learning' });
}

/** Saves every answer on the page, and asks again for what cannot be saved. */
export async function answerAllQuestions(deps: WebDeps, req: Request, res: Response): Promise<void> {
  const { attempt, quiz } = await loadAttempt(req);
  const to = attemptAddresses(attempt.id);
  const form = req.body as unknown;
  const answered = await answerSlots(attempt, quiz, form, deps.clock());
  const kinds = [...answered.values()].map(({ kind }) => kind);
  if (kinds.includes('closed') || kinds.includes('out-of-time')) return res.redirect(303, to.result);
  const problems = problemsOf(answered, { attempt, quiz, form }, spoken);
  if (problems.size > 0) {
    const isMendable = [...problems.values()].some(({ error }) => error !== null);
    const values = await pageOf(attempt, quiz, problems);
    const status = isMendable ? 422 : 409;
    return deps.show(req, res, 'teaching/quizzes/attempts/questions', values, { status, nav: 'learning' });
  }
  if (typed(form, 'then') !== 'review') return res.redirect(303, `${to.questions}?saved`);
  res.redirect(303, await afterQuestions(attempt, quiz));
}

const pageOf = async (attempt: AttemptFacts, quiz: Quiz, problems: Problems = new Map()) =>
  allQuestionsValues(attempt, quiz, await savedAnswers(attempt.id), problems, spoken);

/** The case, if there is one that has not ended; else the last look, which leads back to this page. */
async function afterQuestions({ id, form }: AttemptFacts, quiz: Quiz): Promise<string> {
  const to = attemptAddresses(id);
  const open = openSlots(quiz, form, await savedAnswers(id));
  const openCase = open.find(slot => slot > questionsIn(quiz, form));
  return openCase === undefined ? `${to.review}?view=page` : to.question(openCase);
}
