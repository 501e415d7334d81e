import type { Request, Response } from 'express';
import type { WebDeps } from '../../../../platform/http/deps.js';
import { hereIn, spoken } from '../../../../platform/i18n/spoken.js';
import { openSlots } from '../../quiz.js';
import { savedAnswers } from '../attempts.js';
import { attemptAddresses } from '../question-page.js';
import { loadAttempt } from '../routes-load.js';
import { isOver } from '../submit.js';
import { pauseValues } from './pause-page.js';
import { pauseAttempt, resumeAttempt } from './pauses.js';
import { showOver } from './routes-time-limit.js';

/** A pause in an attempt that has a time limit. Its learner begins and ends it, and nobody asks why. */
export async function showPause(
  { show, clock, config }: WebDeps,
  req: Request,
  res: Response,
): Promise<void> {
  const { attempt, quiz } = await loadAttempt(req);
  const now = clock();
  if (attempt.submittedAt !== null) return res.redirect(303, attemptAddresses(attempt.id).result);
  if (isOver(attempt, now)) return showOver(show, req, res, { attempt, quiz });
  const values = pauseValues(attempt, now, { place: hereIn(config.timeZone), t: spoken });
  show(req, res, 'teaching/quizzes/attempts/pause', values, { nav: 'learning' });
}

export async function pause({ clock }: WebDeps, req: Request, res: Response): Promise<void> {
  const { attempt } = await loadAttempt(req);
  await pauseAttempt(attempt.id, clock());
  res.redirect(303, attemptAddresses(attempt.id).pause);
}

/** Ends the pause and leads to the first question without an answer. */
export async function resume({ clock }: WebDeps, req: Request, res: Response): Promise<void> {
  const { attempt, quiz } = await loadAttempt(req);
  await resumeAttempt(attempt, clock());
  const to = attemptAddresses(attempt.id);
  const [first] = openSlots(quiz, attempt.form, await savedAnswers(attempt.id));
  res.redirect(303, first === undefined ? to.review : to.question(first));
}
