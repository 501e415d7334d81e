import { Router, type Request, type Response } from 'express';
import { courseVersion } from '../courses/catalogue.js';
import { NotFound } from '../../errors.js';
import type { WebDeps } from '../../platform/http/deps.js';
import { typed } from '../../platform/http/forms.js';
import { handlersWith } from '../../platform/http/handlers.js';
import { spoken } from '../../platform/i18n/spoken.js';
import { parseInteger } from '../../platform/lib/numbers.js';
import { mailPages, readLink } from '../../platform/lib/signed-links.js';
import { feedbackPage, nextSlot, questionPage, readAnswer } from './form-page.js';
import { findMeasurement, measuredAnswers } from './measurements.js';
import { hasWorkingAccount } from './refreshers.js';
import { showNoLink, type MailDeps } from './routes-no-link.js';
import { answerMeasurement, measurementIsOpen } from './take.js';

/**
 * What is opened from a refresher's mail, without being signed in: three questions with feedback. The signed text in the link is
 * the whole authority. The pages show nothing of the person or of their results.
 */
export function refresherRoutes(deps: MailDeps): Router {
  const router = Router();
  const on = handlersWith(deps);
  router.get(mailPages.refresher, on(showRefresher));
  router.post(`${mailPages.refresher}/answers/:slot`, on(answer));
  return router;
}

/** The next question; the feedback on an answer that was just saved; or that all questions are answered. */
async function showRefresher(deps: MailDeps, req: Request, res: Response): Promise<void> {
  const token = typed(req.query, 'token');
  const refresher = await loadRefresher(token, deps);
  if (!refresher) return showNoLink(deps, req, res);
  const { measurement, form } = refresher;
  const given = await measuredAnswers(measurement.id);
  const slot = nextSlot(measurement.form, given);
  const told = given.find(each => String(each.slot) === typed(req.query, 'answered'));
  if (told) {
    const nextHref = `${mailPages.refresher}?token=${token}`;
    const values = { ...feedbackPage(form, told, spoken), nextHref, isLast: slot === null, noindex: true };
    return deps.show(req, res, 'teaching/follow-up/feedback', values);
  }
  if (slot === null) return deps.show(req, res, 'teaching/follow-up/done', { noindex: true });
  if (!(await measurementIsOpen(measurement, deps.clock()))) return showNoLink(deps, req, res);
  showQuestion(deps, req, res, questionPage(form, slot, {}, spoken), token);
}

async function answer(deps: MailDeps, req: Request, res: Response): Promise<void> {
  const token = typed(req.body, 'token');
  const refresher = await loadRefresher(token, deps);
  if (!refresher) return showNoLink(deps, req, res);
  const { measurement, form } = refresher;
  const slot = parseInteger(req.params.slot, { min: 1, max: measurement.form.length });
  if (slot === null) throw new NotFound();
  const read = readAnswer(form, slot, req.body as unknown);
  if (!read.ok) {
    const page = questionPage(form, slot, read.typed, spoken);
    const error = spoken(`question.problem.${read.problem}`);
    return showQuestion(deps, req, res, { ...page, error }, token);
  }
  const isKept = await answerMeasurement(measurement, { slot, response: read.response }, deps.clock());
  // After a second click the first answer stands, and its feedback is shown; a form that is too old has none.
  if (!isKept && !(await measuredAnswers(measurement.id)).some(each => each.slot === slot))
    return showNoLink(deps, req, res);
  res.redirect(303, `${mailPages.refresher}?token=${token}&answered=${slot}`);
}

function showQuestion(
  { show }: Pick<WebDeps, 'show'>,
  req: Request,
  res: Response,
  page: ReturnType<typeof questionPage>,
  token: string,
): void {
  const action = `${mailPages.refresher}/answers/${page.position}`;
  const values = { ...page, when: 'later', action, token, courseHref: null, noindex: true };
  show(req, res, 'teaching/follow-up/question', values, { status: page.error === null ? 200 : 422 });
}

/** The refresher behind a link; null when there is none, or its person no longer has an account that works. */
async function loadRefresher(token: string, { secrets }: MailDeps) {
  const measurement = await findMeasurement(readLink('refresher', token, secrets.links));
  if (!measurement || !(await hasWorkingAccount(measurement.userId))) return null;
  const { snapshot } = await courseVersion(measurement.courseVersionId);
  return { measurement, form: { course: snapshot, form: measurement.form } };
}
