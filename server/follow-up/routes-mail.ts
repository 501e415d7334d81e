import { Router, type Request, type Response } from 'express';
import { courseVersion } from '../courses/catalogue.js';
import { NotFound } from '../errors.js';
import type { WebDeps } from '../http/deps.js';
import { typed } from '../http/forms.js';
import { actorOf } from '../http/page.js';
import { spoken } from '../i18n/spoken.js';
import { parseInteger } from '../lib/numbers.js';
import { chooseMail, wantsMail } from '../organisations/mail-choices.js';
import { findOrganisation } from '../organisations/memberships.js';
import { signedIn } from '../policy.js';
import { feedbackPage, nextSlot, questionPage, readAnswer } from './form-page.js';
import { mailPages, readLink } from '../lib/signed-links.js';
import { findMeasurement, measuredAnswers } from './measurements.js';
import { answerMeasurement, measurementIsOpen } from './take.js';
import { hasWorkingAccount } from './refreshers.js';

/**
 * What is opened from a mail, without being signed in: three questions with feedback, and turning such mail off and
 * on. The signed text in the link is the whole authority. The pages show nothing of the person or of their results.
 */
export function mailedPages({ show, clock, secrets }: Pick<WebDeps, 'show' | 'clock' | 'secrets'>): Router {
  const router = Router();
  const t = spoken;
  const key = secrets.links;

  router.get(mailPages.refresher, async (req, res) => {
    const token = typed(req.query, 'token');
    const refresher = await loadRefresher(token);
    if (!refresher) return noLink(req, res);
    const { measurement, form } = refresher;
    const given = await measuredAnswers(measurement.id);
    const slot = nextSlot(measurement.form, given);
    const nextHref = `${mailPages.refresher}?token=${token}`;
    const told = given.find(each => String(each.slot) === typed(req.query, 'answered'));
    if (told) {
      const values = { ...feedbackPage(form, told, t), nextHref, isLast: slot === null, noindex: true };
      return show(req, res, 'follow-up/feedback', values);
    }
    if (slot === null) return show(req, res, 'follow-up/done', { noindex: true });
    if (!(await measurementIsOpen(measurement, clock()))) return noLink(req, res);
    showQuestion(req, res, questionPage(form, slot, {}, t), token);
  });

  router.post(`${mailPages.refresher}/answers/:slot`, async (req, res) => {
    const token = typed(req.body, 'token');
    const refresher = await loadRefresher(token);
    if (!refresher) return noLink(req, res);
    const { measurement, form } = refresher;
    const slot = parseInteger(req.params.slot, { min: 1, max: measurement.form.length });
    if (slot === null) throw new NotFound();
    const read = readAnswer(form, slot, req.body as unknown);
    if (!read.ok) {
      const page = questionPage(form, slot, read.typed, t);
      return showQuestion(req, res, { ...page, error: t(`question.problem.${read.problem}`) }, token);
    }
    const isKept = await answerMeasurement(measurement, { slot, response: read.response }, clock());
    // Of a second click the first answer stands, and its feedback is shown; a form that is too old has none.
    if (!isKept && !(await measuredAnswers(measurement.id)).some(each => each.slot === slot))
      return noLink(req, res);
    res.redirect(303, `${mailPages.refresher}?token=${token}&answered=${slot}`);
  });

  router.get(mailPages.optOut, async (req, res) => {
    await showChoice(req, res, typed(req.query, 'token'));
  });

  // A mail program may send this for its reader, so the answer is a page: such programs follow no redirect.
  router.post(mailPages.optOut, async (req, res) => {
    const token = typed(req.query, 'token');
    await choose(token, false);
    await showChoice(req, res, token);
  });

  router.post(mailPages.optIn, async (req, res) => {
    const token = typed(req.body, 'token');
    if (!(await choose(token, true))) return noLink(req, res);
    res.redirect(303, `${mailPages.optOut}?token=${token}`);
  });

  router.get('/follow-up/mail', async (req, res) => {
    const actor = signedIn(actorOf(req));
    const ids = [...new Set(actor.memberships.map(({ organisationId }) => organisationId))];
    const organisations = ids.map(async id => ({
      id,
      name: (await findOrganisation(id))?.name ?? '',
      isOn: await wantsMail('refreshers', { userId: actor.id, organisationId: id }),
    }));
    const values = { organisations: await Promise.all(organisations) };
    show(req, res, 'follow-up/mail', values, { nav: 'account' });
  });

  router.post('/follow-up/mail', async (req, res) => {
    const actor = signedIn(actorOf(req));
    const organisationId = typed(req.body, 'organisation');
    const isOwn = actor.memberships.some(held => held.organisationId === organisationId);
    const wish = typed(req.body, 'refreshers');
    if (!isOwn || (wish !== 'on' && wish !== 'off')) throw new NotFound();
    await chooseMail(
      'refreshers',
      { userId: actor.id, organisationId },
      { isOn: wish === 'on', by: 'account', now: clock() },
    );
    res.redirect(303, '/follow-up/mail?done=mail');
  });

  function showQuestion(
    req: Request,
    res: Response,
    page: ReturnType<typeof questionPage>,
    token: string,
  ): void {
    const action = `${mailPages.refresher}/answers/${page.position}`;
    const values = { ...page, when: 'later', action, token, courseHref: null, noindex: true };
    show(req, res, 'follow-up/question', values, { status: page.error === null ? 200 : 422 });
  }

  async function showChoice(req: Request, res: Response, token: string): Promise<void> {
    const measurement = await findMeasurement(readLink('opt-out', token, key));
    if (!measurement) return noLink(req, res);
    const values = { isOn: await wantsMail('refreshers', measurement), token, noindex: true };
    show(req, res, 'follow-up/opt-out', values);
  }

  async function choose(token: string, isOn: boolean): Promise<boolean> {
    const measurement = await findMeasurement(readLink('opt-out', token, key));
    if (measurement) await chooseMail('refreshers', measurement, { isOn, by: 'link', now: clock() });
    return measurement !== null;
  }

  /** The refresher behind a link, as long as its person has an account that works. */
  async function loadRefresher(token: string) {
    const measurement = await findMeasurement(readLink('refresher', token, key));
    if (!measurement || !(await hasWorkingAccount(measurement.userId))) return null;
    const { snapshot } = await courseVersion(measurement.courseVersionId);
    return { measurement, form: { course: snapshot, form: measurement.form } };
  }

  const noLink = (req: Request, res: Response): void =>
    show(req, res, 'follow-up/no-link', { noindex: true }, { status: 404 });

  return router;
}
