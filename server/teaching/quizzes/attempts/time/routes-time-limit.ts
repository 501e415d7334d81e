import type { Request, RequestHandler, Response } from 'express';
import type { WebDeps } from '../../../../platform/http/deps.js';
import { wantsPage } from '../../../../platform/http/error-pages.js';
import type { ShowPage } from '../../../../platform/http/page.js';
import { hereIn, spoken } from '../../../../platform/i18n/spoken.js';
import type { Quiz } from '../../quiz-model.js';
import { quizInWords } from '../../quiz-words.js';
import type { AttemptFacts } from '../attempts.js';
import { endOfTime, pauseEnd } from '../limits.js';
import { attemptAddresses } from '../question-page.js';
import { loadAttempt } from '../routes-load.js';
import { isOver } from '../submit.js';
import { timeLeft } from './time-texts.js';

/**
 * Stands before the pages of an open attempt. Once its time is over they all say so, calmly, and that saved answers
 * count. During a pause no question is shown; an answer that arrives all the same ends the pause. A script is answered
 * by the routes themselves.
 */
export const timeGuard =
  ({ show, clock }: WebDeps): RequestHandler =>
  async (req, res, next) => {
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
  };

/** Says that the time is over, and whether this request brought an answer too late. */
export function showOver(
  show: ShowPage,
  req: Request,
  res: Response,
  { attempt, quiz }: { attempt: AttemptFacts; quiz: Quiz },
): void {
  const cameLate = req.method === 'POST';
  const title = quizInWords(quiz, spoken);
  const values = { title, cameLate, action: attemptAddresses(attempt.id).submission };
  show(req, res, 'teaching/quizzes/attempts/time-over', values, {
    status: cameLate ? 409 : 200,
    nav: 'learning',
  });
}

/** A `show` that adds the time that is left to the pages of an open attempt. */
export function withTimeLeft({ show, clock, config }: Pick<WebDeps, 'show' | 'clock' | 'config'>): ShowPage {
  const t = spoken;
  const place = hereIn(config.timeZone);
  return (req, res, name, values, options) => {
    const attempt = (res.locals.clock as AttemptFacts | null | undefined) ?? null;
    const time = attempt && timeLeft(endOfTime(attempt, clock()), clock(), place, t);
    const pauseHref = attempt && attemptAddresses(attempt.id).pause;
    // Views that say how much time is left declare it as a value that may be missing.
    const timed = { ...(values as object), time: time && { ...time, pauseHref } };
    show(req, res, name, timed as typeof values, options);
  };
}
