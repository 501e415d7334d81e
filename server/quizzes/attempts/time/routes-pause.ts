import { Router } from 'express';
import type { WebDeps } from '../../../http/deps.js';
import { formatTime } from '../../../i18n/i18n.js';
import { hereIn, spoken } from '../../../i18n/spoken.js';
import { endOfTime, pauseEnd, pauseLeft } from '../limits.js';
import { savedAnswers } from '../attempts.js';
import { isOver } from '../submit.js';
import { pauseAttempt, resumeAttempt } from './pauses.js';
import { attemptAddresses } from '../question-page.js';
import { openSlots } from '../../quiz.js';
import { loadAttempt } from '../routes-load.js';
import { showOver } from './routes-time-limit.js';
import { timeAfterPause } from './time-texts.js';

const MINUTE = 60_000;

/** A break in an attempt that has a clock: begun and ended by its learner, and asked about by nobody. */
export function pausePages({ show, clock, config }: Pick<WebDeps, 'show' | 'clock' | 'config'>): Router {
  const router = Router();
  const t = spoken;
  const place = hereIn(config.timeZone);

  router.get('/attempts/:attempt/pause', async (req, res) => {
    const { attempt, quiz } = await loadAttempt(req);
    const now = clock();
    const to = attemptAddresses(attempt.id);
    if (attempt.submittedAt !== null) return res.redirect(303, to.result);
    if (isOver(attempt, now)) return showOver(show, req, res, { attempt, quiz });
    const end = pauseEnd(attempt, now);
    const left = Math.floor(pauseLeft(attempt, now) / MINUTE);
    const state =
      attempt.deadlineAt === null ? 'no-clock' : end !== null ? 'on' : left > 0 ? 'off' : 'used-up';
    const values = {
      state,
      minutes: left,
      until: end && formatTime(end, place),
      time: end === null ? null : timeAfterPause(endOfTime(attempt, now), now, t),
      pause: to.pause,
      resumption: to.resumption,
    };
    show(req, res, 'quizzes/attempts/pause', values, { nav: 'learning' });
  });

  router.post('/attempts/:attempt/pause', async (req, res) => {
    const { attempt } = await loadAttempt(req);
    await pauseAttempt(attempt.id, clock());
    res.redirect(303, attemptAddresses(attempt.id).pause);
  });

  router.post('/attempts/:attempt/resumption', async (req, res) => {
    const { attempt, quiz } = await loadAttempt(req);
    await resumeAttempt(attempt, clock());
    const to = attemptAddresses(attempt.id);
    const [first] = openSlots(quiz, attempt.form, await savedAnswers(attempt.id));
    res.redirect(303, first === undefined ? to.review : to.question(first));
  });

  return router;
}
