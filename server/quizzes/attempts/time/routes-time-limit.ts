import type { Quiz } from '../../quiz-model.js';
import { Router, type Request, type Response } from 'express';
import type { WebDeps } from '../../../http/deps.js';
import { wantsPage } from '../../../http/error-pages.js';
import type { ShowPage } from '../../../http/page.js';
import { hereIn, spoken } from '../../../i18n/spoken.js';
import { FINAL } from '../../../learning/completion.js';
import { endOfTime, pauseEnd } from '../limits.js';
import { isOver } from '../submit.js';
import type { AttemptFacts } from '../attempts.js';
import { attemptAddresses } from '../question-page.js';
import { loadAttempt } from '../routes-load.js';
import { timeLeft } from './time-texts.js';

/** Where answers are given: pages and forms that an attempt's time is about. */
const PLACES = ['questions', 'answers', 'review'].map(place => `/attempts/:attempt/${place}`);

/**
 * Stands before the pages of an open attempt. While its time lasts they go on; after that they all say so, calmly, and
 * that what was saved counts. In a pause no question is shown; an answer that comes in all the same ends it. A script
 * gets its own answer further on.
 */
export function timeGuard({ show, clock }: Pick<WebDeps, 'show' | 'clock'>): Router {
  const router = Router();

  router.use(PLACES, async (req, res, next) => {
    const { attempt, quiz } = await loadAttempt(req);
    const now = clock();
    const isOpen = attempt.submittedAt === null;
    if (isOpen && isOver(attempt, now)) {
      return wantsPage(req) ? showOver(show, req, res, { attempt, quiz }) : next();
    }
    if (isOpen && pauseEnd(attempt, now) !== null && req.method === 'GET' && wantsPage(req)) {
      return res.redirect(303, attemptAddresses(attempt.id).pause);
    }
    res.locals.clock = isOpen ? attempt : null;
    next();
  });

  return router;
}

/** That the time is over, and whether an answer came too late with this request. */
export function showOver(
  show: ShowPage,
  req: Request,
  res: Response,
  { attempt, quiz }: { attempt: AttemptFacts; quiz: Quiz },
): void {
  const cameLate = req.method === 'POST';
  const title = quiz.name === FINAL ? spoken('course.final') : spoken('quiz.of', { title: quiz.title });
  const values = { title, cameLate, action: attemptAddresses(attempt.id).submission };
  show(req, res, 'quizzes/attempts/time-over', values, { status: cameLate ? 409 : 200, nav: 'learning' });
}

/** Shows a page of an open attempt with the time that is left, added here for all of them. */
export function withTimeLeft({ show, clock, config }: Pick<WebDeps, 'show' | 'clock' | 'config'>): ShowPage {
  const t = spoken;
  const place = hereIn(config.timeZone);
  return (req, res, name, values, options) => {
    const attempt = (res.locals.clock as AttemptFacts | null | undefined) ?? null;
    const time = attempt && timeLeft(endOfTime(attempt, clock()), clock(), place, t);
    const pauseHref = attempt && attemptAddresses(attempt.id).pause;
    show(req, res, name, { ...values, time: time && { ...time, pauseHref } }, options);
  };
}
