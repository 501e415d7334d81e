import { accountLimits } from './account-limits.js';
import { Router, type Request, type Response } from 'express';
import { knownCourse } from '../courses/catalogue.js';
import type { WebDeps } from '../http/deps.js';
import { parseForm, typed } from '../http/forms.js';
import { actorOf } from '../http/page.js';
import { networkOf } from '../http/security/network.js';
import { retryIn, type Limit } from '../http/security/rate-limits.js';
import { NEUTRAL_PLACE } from '../http/security/security.js';
import { hereIn, spoken } from '../i18n/spoken.js';
import { withCourse } from './chosen-course.js';
import { deviceCookies } from './routes-devices.js';
import { signInForm } from './account-forms.js';
import { requestConfirmation, normaliseEmail } from './registration.js';
import type { createSignIn } from './sign-in.js';
import { TOKEN_LIFETIME } from './link-tokens.js';

/** Signing in and out, and leaving in a hurry. */
export function signingIn(deps: WebDeps, { signIn, signOut }: ReturnType<typeof createSignIn>): Router {
  const { show, clock, limits: counts, secrets } = deps;
  const devices = deviceCookies(deps);
  const router = Router();
  const t = spoken;
  /** The course that a visitor came for, as links and forms hand it on. */
  const chosenIn = (from: unknown) => knownCourse(typed(from, 'course'));

  router.get('/sign-in', async (req, res) => {
    const course = await chosenIn(req.query);
    if (actorOf(req)) return res.redirect(303, withCourse('/learning', course));
    const changed = 'changed' in req.query;
    show(
      req,
      res,
      'accounts/sign-in',
      { values: {}, errors: {}, next: nextPage(req.query), course, changed, retry: null },
      { nav: 'sign-in' },
    );
  });

  router.post('/sign-in', async (req, res, next) => {
    const form = parseForm(signInForm, req.body, t);
    const course = await chosenIn(req.body);
    if (!form.ok) return again(req, res, { course, errors: form.errors });
    const email = normaliseEmail(form.value.email);
    const tries = triesAt(req, email);
    const wait = await tries.count();
    if (wait !== null) return again(req, res, { course, errors: {}, wait });
    const result = await signIn(req, res, next);
    if (result.kind === 'refused')
      return again(req, res, { course, errors: { password: t('errors.sign-in') } });
    await tries.succeeded();
    if (result.kind === 'in') {
      devices.remember(req, res, email);
      return res.redirect(303, nextPage(req.body) || withCourse('/learning', course));
    }
    if (result.kind === 'blocked') return show(req, res, 'accounts/blocked', {}, { status: 403 });
    // Beyond its limit the newest link still works: its mail is in the mailbox already.
    if ((await counts.count(accountLimits.confirmMail, email, clock())) === null)
      await requestConfirmation(result.userId, { key: secrets.links, now: clock(), course: course || null });
    const minutes = TOKEN_LIFETIME['confirm-address'] / 60_000;
    const values = { kind: 'sign-up', minutes, again: withCourse('/sign-up', course) };
    show(req, res, 'accounts/check-mail', values, { status: 403 });
  });

  /** The form again, with what was typed, and what to mend or how long to wait (seconds). */
  function again(
    req: Request,
    res: Response,
    { course, errors, wait }: { course: string; errors: Record<string, string>; wait?: number },
  ): void {
    const values = {
      values: { email: typed(req.body, 'email') },
      errors,
      next: nextPage(req.body),
      course,
      changed: false,
      retry: wait === undefined ? null : retryIn(res, wait, hereIn(deps.config.timeZone)),
    };
    show(req, res, 'accounts/sign-in', values, { status: wait === undefined ? 422 : 429, nav: 'sign-in' });
  }

  /**
   * The limits that a try counts on. A browser that is known for the account has its own, so that nobody is kept out by
   * what strangers do; the narrow one of others stands first, so that one place cannot use up what all places share.
   */
  function triesAt(req: Request, email: string) {
    const device = devices.idOf(req, email);
    const place = networkOf(req.ip);
    const pair: [Limit, string] = device
      ? [accountLimits.signInByDevice, `${device} ${email}`]
      : [accountLimits.signInByPair, `${place} ${email}`];
    const shared: [Limit, string][] = device
      ? []
      : [
          [accountLimits.signInByAddress, place],
          [accountLimits.signInByAccount, email],
        ];
    return {
      async count(): Promise<number | null> {
        for (const [limit, subject] of [pair, ...shared]) {
          const wait = await counts.count(limit, subject, clock());
          if (wait !== null) return wait;
        }
        return null;
      },
      async succeeded(): Promise<void> {
        await counts.forgive(...pair);
        for (const each of shared) await counts.giveBack(...each);
      },
    };
  }

  router.post('/sign-out', async (req, res) => {
    await signOut(req);
    res.set('Clear-Site-Data', '"cache", "storage"').redirect(303, '/sign-in');
  });

  // Without script the browser follows this away; with it, app.js replaces the page in the history first.
  router.post('/exit', async (req, res) => {
    await signOut(req);
    devices.forget(res);
    res.set('Clear-Site-Data', '"cache", "storage"').redirect(303, NEUTRAL_PLACE);
  });

  return router;
}

/** A page of ours to go on to, or nothing: never an address of another site. */
function nextPage(from: unknown): string {
  const next = typed(from, 'next');
  return /^\/(?![/\\])[\w\-./?=&%]*$/.test(next) ? next : '';
}
