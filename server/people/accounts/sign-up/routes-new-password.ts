import type { Request, Response } from 'express';
import type { WebDeps } from '../../../platform/http/deps.js';
import { parseForm, typed } from '../../../platform/http/forms.js';
import { networkOf } from '../../../platform/http/security/network.js';
import { retryIn } from '../../../platform/http/security/rate-limits.js';
import { hereIn, spoken } from '../../../platform/i18n/spoken.js';
import { forgottenForm, resetForm } from '../account-forms.js';
import { accountLimits } from '../account-limits.js';
import { withCourse } from '../sign-in/chosen-course.js';
import { isOwnWords } from '../passwords/own-words.js';
import { personOfLink } from '../sign-in/sign-in-link.js';
import { isTokenValid, linkMinutes } from './link-tokens.js';
import { requestReset, resetPassword } from './recovery.js';
import { chosenCourse } from '../sign-in/routes-chosen-course.js';
import { beginAfresh, countLink, linkProblem, tokenIn } from './routes-links.js';

/** What the form for a link asks for, and where it is sent. */
const FORM = { kind: 'reset', action: '/forgotten' } as const;

export async function showForgotten({ show }: WebDeps, req: Request, res: Response): Promise<void> {
  const course = await chosenCourse(req.query);
  show(req, res, 'people/accounts/sign-in/ask-for-link', { ...FORM, values: {}, errors: {}, course });
}

/** Mail a link for a new password. The answer is the same whether or not the address has an account. */
export async function askForReset(deps: WebDeps, req: Request, res: Response): Promise<void> {
  const { show, limits, clock, secrets, config } = deps;
  const form = parseForm(forgottenForm, req.body, spoken);
  const course = await chosenCourse(req.body);
  const page = { ...FORM, values: { email: typed(req.body, 'email') }, course };
  if (!form.ok)
    return show(
      req,
      res,
      'people/accounts/sign-in/ask-for-link',
      { ...page, errors: form.errors },
      { status: 422 },
    );
  const wait = await limits.count(accountLimits.resetByAddress, networkOf(req.ip), clock());
  if (wait !== null) {
    const retry = retryIn(res, wait, hereIn(config.timeZone));
    return show(
      req,
      res,
      'people/accounts/sign-in/ask-for-link',
      { ...page, errors: {}, retry },
      { status: 429 },
    );
  }
  // Beyond its limit no mail is sent and nothing refused: the newest link still works.
  if ((await limits.count(accountLimits.resetMail, form.value.email, clock())) === null)
    await requestReset(form.value.email, { key: secrets.links, now: clock(), course });
  res.redirect(303, withCourse('/forgotten/sent', course));
}

export async function showForgottenSent({ show }: WebDeps, req: Request, res: Response): Promise<void> {
  const again = withCourse('/forgotten', await chosenCourse(req.query));
  show(req, res, 'people/accounts/check-mail', {
    kind: 'reset',
    minutes: linkMinutes('reset-password'),
    again,
  });
}

export async function showNewPassword(deps: WebDeps, req: Request, res: Response): Promise<void> {
  const token = tokenIn(req);
  if (!(await isTokenValid('reset-password', token, deps.clock())))
    return linkProblem(deps, req, res, 'reset');
  deps.show(req, res, 'people/accounts/sign-up/new-password', {
    kind: 'reset',
    email: null,
    token,
    errors: {},
  });
}

export async function setNewPassword(deps: WebDeps, req: Request, res: Response): Promise<void> {
  const form = parseForm(resetForm, req.body, spoken);
  if (!form.ok) return askAgain(deps, req, res, form.errors);
  await countLink(deps, req);
  const owner = await personOfLink(form.value.token, deps.clock(), 'reset-password');
  if (owner && isOwnWords(form.value.password, owner))
    return askAgain(deps, req, res, { password: spoken('errors.password-own') });
  const reset = await resetPassword(form.value.token, form.value.password, deps.clock());
  if (!reset) return linkProblem(deps, req, res, 'reset');
  await beginAfresh(deps, req, res, reset.userId);
  res.redirect(303, withCourse('/sign-in?changed=1', reset.course ?? ''));
}

function askAgain(deps: WebDeps, req: Request, res: Response, errors: Record<string, string>): void {
  const values = { kind: 'reset', email: null, token: typed(req.body, 'token'), errors } as const;
  deps.show(req, res, 'people/accounts/sign-up/new-password', values, { status: 422 });
}
