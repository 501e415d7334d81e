import { accountLimits } from './account-limits.js';
import { Router, type Request, type Response } from 'express';
import { knownCourse } from '../courses/catalogue.js';
import type { WebDeps } from '../http/deps.js';
import { parseForm, typed } from '../http/forms.js';
import { networkOf } from '../http/security/network.js';
import { retryIn } from '../http/security/rate-limits.js';
import { hereIn, spoken } from '../i18n/spoken.js';
import { withCourse } from './chosen-course.js';
import { hasAdministrator, makeFirstAdministrator } from './administrators.js';
import { deviceCookies } from './routes-devices.js';
import {
  confirmForm,
  firstAdministratorForm,
  forgottenForm,
  resetForm,
  signUpForm,
} from './account-forms.js';
import { addressOf, forgetPerson } from './people.js';
import { requestReset, resetPassword } from './recovery.js';
import { confirmAddress, signUp, unconfirmedPerson } from './registration.js';
import type { createSignIn } from './sign-in.js';
import { TOKEN_LIFETIME, isTokenValid } from './link-tokens.js';

/** Sign-up, and everything that comes by a mailed or printed link. */
export function signingUp(deps: WebDeps, { letIn }: ReturnType<typeof createSignIn>): Router {
  const { show, clock, secrets, limits: counts, sessions } = deps;
  const devices = deviceCookies(deps);
  const place = hereIn(deps.config.timeZone);
  const router = Router();
  const t = spoken;
  const key = secrets.links;
  const minutes = (kind: keyof typeof TOKEN_LIFETIME) => TOKEN_LIFETIME[kind] / 60_000;
  const linkToken = (req: Request) => typed(req.query, 'token');
  /** The course that a visitor came for, as links and forms hand it on. */
  const chosenIn = (from: unknown) => knownCourse(typed(from, 'course'));

  router.get('/sign-up', async (req, res) =>
    show(req, res, 'accounts/sign-up', { values: {}, errors: {}, course: await chosenIn(req.query) }),
  );

  router.post('/sign-up', async (req, res) => {
    const form = parseForm(signUpForm, req.body, t);
    const course = await chosenIn(req.body);
    const values = { name: typed(req.body, 'name'), email: typed(req.body, 'email') };
    if (!form.ok)
      return show(req, res, 'accounts/sign-up', { values, errors: form.errors, course }, { status: 422 });
    const wait = await counts.count(accountLimits.signUpByAddress, networkOf(req.ip), clock());
    if (wait !== null) {
      const retry = retryIn(res, wait, place);
      return show(req, res, 'accounts/sign-up', { values, errors: {}, course, retry }, { status: 429 });
    }
    const mayMail = (await counts.count(accountLimits.confirmMail, form.value.email, clock())) === null;
    await signUp(form.value, { key, now: clock(), mayMail, course: course || null });
    res.redirect(303, withCourse('/sign-up/sent', course));
  });

  router.get('/sign-up/sent', async (req, res) => {
    const again = withCourse('/sign-up', await chosenIn(req.query));
    show(req, res, 'accounts/check-mail', { kind: 'sign-up', minutes: minutes('confirm-address'), again });
  });

  router.get('/confirm', async (req, res) => {
    const token = linkToken(req);
    const person = await unconfirmedPerson(token, clock());
    if (!person) return show(req, res, 'accounts/link-problem', { kind: 'sign-up' }, { status: 404 });
    show(req, res, 'accounts/confirm-address', { token, email: person.email, errors: {} });
  });

  router.post('/confirm', async (req, res) => {
    const form = parseForm(confirmForm, req.body, t);
    const token = typed(req.body, 'token');
    if (form.ok) await counts.consume(accountLimits.linkByAddress, networkOf(req.ip), clock());
    const result = form.ok ? await confirmAddress(token, form.value.password, clock()) : null;
    if (result?.kind === 'confirmed') {
      await counts.giveBack(accountLimits.linkByAddress, networkOf(req.ip));
      const isIn = await letIn(req, result.userId);
      if (!isIn) return show(req, res, 'accounts/blocked', {}, { status: 403 });
      devices.remember(req, res, result.email);
      return res.redirect(303, withCourse('/learning?confirmed=1', result.course ?? ''));
    }
    const email =
      result?.kind === 'wrong-password' ? result.email : (await unconfirmedPerson(token, clock()))?.email;
    if (email === undefined || result?.kind === 'no-link') {
      return show(req, res, 'accounts/link-problem', { kind: 'sign-up' }, { status: 404 });
    }
    const errors = form.ok ? { password: t('confirmAddress.wrongPassword') } : form.errors;
    show(req, res, 'accounts/confirm-address', { token, email, errors }, { status: 422 });
  });

  router.get('/forgotten', async (req, res) =>
    show(req, res, 'accounts/forgotten', { values: {}, errors: {}, course: await chosenIn(req.query) }),
  );

  router.post('/forgotten', async (req, res) => {
    const form = parseForm(forgottenForm, req.body, t);
    const course = await chosenIn(req.body);
    const values = { email: typed(req.body, 'email') };
    if (!form.ok)
      return show(req, res, 'accounts/forgotten', { values, errors: form.errors, course }, { status: 422 });
    const wait = await counts.count(accountLimits.resetByAddress, networkOf(req.ip), clock());
    if (wait !== null) {
      const retry = retryIn(res, wait, place);
      return show(req, res, 'accounts/forgotten', { values, errors: {}, course, retry }, { status: 429 });
    }
    // Beyond its limit no mail is sent and nothing refused: the newest link still works.
    if ((await counts.count(accountLimits.resetMail, form.value.email, clock())) === null)
      await requestReset(form.value.email, { key, now: clock(), course });
    res.redirect(303, withCourse('/forgotten/sent', course));
  });

  router.get('/forgotten/sent', async (req, res) => {
    const again = withCourse('/forgotten', await chosenIn(req.query));
    show(req, res, 'accounts/check-mail', { kind: 'reset', minutes: minutes('reset-password'), again });
  });

  router.get('/new-password', async (req, res) => {
    if (!(await isTokenValid('reset-password', linkToken(req), clock()))) {
      return show(req, res, 'accounts/link-problem', { kind: 'reset' }, { status: 404 });
    }
    show(req, res, 'accounts/new-password', {
      kind: 'reset',
      email: null,
      token: linkToken(req),
      errors: {},
    });
  });

  router.post('/new-password', async (req, res) => {
    const form = parseForm(resetForm, req.body, t);
    if (!form.ok) {
      const values = { kind: 'reset', email: null, token: typed(req.body, 'token'), errors: form.errors };
      return show(req, res, 'accounts/new-password', values, { status: 422 });
    }
    await counts.consume(accountLimits.linkByAddress, networkOf(req.ip), clock());
    const reset = await resetPassword(form.value.token, form.value.password, clock());
    if (!reset) return show(req, res, 'accounts/link-problem', { kind: 'reset' }, { status: 404 });
    await beginAfresh(req, res, reset.userId);
    res.redirect(303, withCourse('/sign-in?changed=1', reset.course ?? ''));
  });

  router.get('/first-administrator', async (req, res) => {
    if (!(await isTokenValid('first-administrator', linkToken(req), clock())) || (await hasAdministrator())) {
      return show(req, res, 'accounts/link-problem', { kind: 'first-administrator' }, { status: 404 });
    }
    const values = { kind: 'first-administrator', email: '', token: linkToken(req), values: {}, errors: {} };
    show(req, res, 'accounts/new-password', values);
  });

  router.post('/first-administrator', async (req, res) => {
    const form = parseForm(firstAdministratorForm, req.body, t);
    if (!form.ok) {
      const values = {
        kind: 'first-administrator',
        email: typed(req.body, 'email'),
        token: typed(req.body, 'token'),
        values: { name: typed(req.body, 'name') },
        errors: form.errors,
      };
      return show(req, res, 'accounts/new-password', values, { status: 422 });
    }
    await counts.consume(accountLimits.linkByAddress, networkOf(req.ip), clock());
    const userId = await makeFirstAdministrator(form.value.token, form.value, clock());
    if (!userId)
      return show(req, res, 'accounts/link-problem', { kind: 'first-administrator' }, { status: 404 });
    await beginAfresh(req, res, userId);
    res.redirect(303, '/sign-in?changed=1');
  });

  /** Whoever is in by the old password is out; tries with it do not keep the owner from the new one, here or elsewhere. */
  async function beginAfresh(req: Request, res: Response, userId: string): Promise<void> {
    await counts.giveBack(accountLimits.linkByAddress, networkOf(req.ip));
    await sessions.endAll(userId, null);
    forgetPerson(userId);
    const person = await addressOf(userId);
    if (!person) return;
    await counts.forgive(accountLimits.signInByAccount, person.email);
    devices.remember(req, res, person.email);
  }

  return router;
}
