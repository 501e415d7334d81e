import type { Request, Response } from 'express';
import type { WebDeps } from '../../../platform/http/deps.js';
import { parseForm, typed } from '../../../platform/http/forms.js';
import { actorOf } from '../../../platform/http/page.js';
import { networkOf } from '../../../platform/http/security/network.js';
import { awaitedIn, entryOf, throughOf } from '../../../platform/http/security/session-cookie.js';
import { retryIn } from '../../../platform/http/security/rate-limits.js';
import { NEUTRAL_PLACE } from '../../../platform/http/security/security.js';
import { leftPage } from '../../identity/openid/leaving.js';
import { hereIn, spoken } from '../../../platform/i18n/spoken.js';
import { signInForm } from '../account-forms.js';
import { accountLimits } from '../account-limits.js';
import { withCourse } from './chosen-course.js';
import { linkMinutes } from '../sign-up/link-tokens.js';
import { normaliseEmail } from '../normalised.js';
import { requestConfirmation } from '../sign-up/registration.js';
import { ownPage } from './own-page.js';
import { chosenCourse } from './routes-chosen-course.js';
import { deviceOf, forgetDevice } from './routes-devices.js';
import { SECOND_STEP } from './routes-second-step.js';
import { countSignIn, forgiveSignIn } from './sign-in-tries.js';
import type { SignIn } from './sign-in.js';

export async function showSignIn({ show }: WebDeps, req: Request, res: Response): Promise<void> {
  const course = await chosenCourse(req.query);
  if (actorOf(req)) return res.redirect(303, withCourse('/learning', course));
  if (awaitedIn(req))
    return res.redirect(303, secondStep(nextPage(req.query) || withCourse('/learning', course)));
  const changed = 'changed' in req.query;
  const values = {
    values: {},
    errors: {},
    next: nextPage(req.query),
    course,
    changed,
    isPasskeyRefused: false,
    retry: null,
  };
  show(req, res, 'people/accounts/sign-in/sign-in', values, { nav: 'sign-in' });
}

const WRONG_PASSWORD = { kind: 'sign-in', what: 'password' } as const;

/** Sign in with an address and a password. Tries are counted before the password is looked at. */
export async function enter(deps: WebDeps & SignIn, req: Request, res: Response): Promise<void> {
  const form = parseForm(signInForm, req.body, spoken);
  if (!form.ok) return again(deps, req, res, { errors: form.errors });
  const email = normaliseEmail(form.value.email);
  const one = { email, network: networkOf(req.ip), device: deviceOf(deps, req, email) };
  const wait = await countSignIn(deps.limits, one, deps.clock());
  if (wait !== null) return again(deps, req, res, { wait });
  const result = await deps.signIn(req, res);
  if (result.kind === 'refused') {
    deps.refusals.note({ ...WRONG_PASSWORD, subject: one.network, userId: result.userId }, deps.clock());
    return again(deps, req, res, { errors: { password: spoken('errors.sign-in') } });
  }
  await forgiveSignIn(deps.limits, one);
  if (result.kind === 'blocked') return deps.show(req, res, 'people/accounts/blocked', {}, { status: 403 });
  if (result.kind === 'merged')
    return deps.show(
      req,
      res,
      'people/accounts/sign-in/merged-account',
      { address: result.address },
      { status: 403 },
    );
  if (result.kind === 'unconfirmed') return mailAgain(deps, req, res, { userId: result.userId, email });
  const next = await pageAfter(req);
  res.redirect(303, awaitedIn(req) ? secondStep(next) : next);
}

/** Where somebody goes on to who has signed in by a form. */
export const pageAfter = async (req: Request): Promise<string> =>
  nextPage(req.body) || withCourse('/learning', await chosenCourse(req.body));

/** The form again, with what was typed and what to correct, how long to wait (seconds), or that a passkey was refused. */
export async function again(
  { show, config }: WebDeps,
  req: Request,
  res: Response,
  {
    errors = {},
    wait,
    isPasskeyRefused = false,
  }: { errors?: Record<string, string>; wait?: number; isPasskeyRefused?: boolean },
): Promise<void> {
  const values = {
    values: { email: typed(req.body, 'email') },
    errors,
    next: nextPage(req.body),
    course: await chosenCourse(req.body),
    changed: false,
    isPasskeyRefused,
    retry: wait === undefined ? null : retryIn(res, wait, hereIn(config.timeZone)),
  };
  const status = isPasskeyRefused ? 403 : wait === undefined ? 422 : 429;
  show(req, res, 'people/accounts/sign-in/sign-in', values, { status, nav: 'sign-in' });
}

/** The password is right and the address not yet confirmed: mail the link again. */
async function mailAgain(
  { show, limits, clock, secrets }: WebDeps,
  req: Request,
  res: Response,
  { userId, email }: { userId: string; email: string },
): Promise<void> {
  const course = await chosenCourse(req.body);
  // Beyond its limit the newest link still works: its mail is in the mailbox already.
  if ((await limits.count(accountLimits.confirmMail, email, clock())) === null)
    await requestConfirmation(userId, {
      key: secrets.links,
      now: clock(),
      course: course || null,
    });
  const minutes = linkMinutes('confirm-address');
  const values = { kind: 'sign-up', minutes, again: withCourse('/sign-up', course) } as const;
  show(req, res, 'people/accounts/check-mail', values, { status: 403 });
}

export async function leave({ signOut }: SignIn, req: Request, res: Response): Promise<void> {
  const through = throughOf(req);
  const next = entryOf(req) ?? (through && (await leftPage(through.providerId))) ?? '/sign-in';
  await signOut(req);
  clearBrowser(res).redirect(303, next);
}

/** Leave in a hurry. Without script the browser follows this away; with it, app.js first replaces the page in the history. */
export async function exit(deps: WebDeps & SignIn, req: Request, res: Response): Promise<void> {
  await deps.signOut(req);
  forgetDevice(deps, res);
  clearBrowser(res).redirect(303, NEUTRAL_PLACE);
}

const clearBrowser = (res: Response): Response => res.set('Clear-Site-Data', '"cache", "storage"');

const secondStep = (next: string): string => `${SECOND_STEP}?next=${encodeURIComponent(next)}`;

const nextPage = (from: unknown): string => ownPage(typed(from, 'next'));
