import type { Request, Response } from 'express';
import { SignInElsewhere } from '../../../errors.js';
import type { WebDeps } from '../../../platform/http/deps.js';
import { parseForm, typed } from '../../../platform/http/forms.js';
import { networkOf } from '../../../platform/http/security/network.js';
import { retryIn } from '../../../platform/http/security/rate-limits.js';
import { hereIn, spoken } from '../../../platform/i18n/spoken.js';
import { enforcingAddress } from '../../identity/enforcement.js';
import { confirmForm, signUpForm } from '../account-forms.js';
import { linkToken } from '../../../platform/lib/tokens.js';
import { invitationOf } from '../../organisations/invitations/accept.js';
import { joinOnArrival } from '../../organisations/joining/join-on-arrival.js';
import { accountLimits } from '../account-limits.js';
import { withCourse } from '../sign-in/chosen-course.js';
import { linkMinutes } from './link-tokens.js';
import { confirmAddress, signUp, unconfirmedPerson } from './registration.js';
import { chosenCourse } from '../sign-in/routes-chosen-course.js';
import { countLink, giveLinkBack, linkProblem, tokenIn } from './routes-links.js';
import type { SignIn } from '../sign-in/sign-in.js';

export async function showSignUp({ show }: WebDeps, req: Request, res: Response): Promise<void> {
  const [course, invitation] = [await chosenCourse(req.query), typed(req.query, 'invitation')];
  show(req, res, 'people/accounts/sign-up/sign-up', { values: {}, errors: {}, course, invitation });
}

/** Sign up. The answer is the same whether the address is new or has an account: only its mailbox learns which. */
export async function register(deps: WebDeps, req: Request, res: Response): Promise<void> {
  const { show, limits, clock, secrets, config } = deps;
  const form = parseForm(signUpForm, req.body, spoken);
  const course = await chosenCourse(req.body);
  const invitation = typed(req.body, 'invitation');
  const values = { name: typed(req.body, 'name'), email: typed(req.body, 'email') };
  const page = { values, course, invitation };
  if (!form.ok)
    return show(
      req,
      res,
      'people/accounts/sign-up/sign-up',
      { ...page, errors: form.errors },
      { status: 422 },
    );
  const wait = await limits.count(accountLimits.signUpByAddress, networkOf(req.ip), clock());
  if (wait !== null) {
    const retry = retryIn(res, wait, hereIn(config.timeZone));
    return show(req, res, 'people/accounts/sign-up/sign-up', { ...page, errors: {}, retry }, { status: 429 });
  }
  // A password of their own would be a way in beside their organisation's.
  const organisationId = await enforcingAddress(form.value.email);
  if (organisationId !== null) throw new SignInElsewhere(organisationId);
  const mayMail = (await limits.count(accountLimits.confirmMail, form.value.email, clock())) === null;
  const invited = await invitationOf(invitation, clock());
  const cameFor = { course: course || null, invitation: invited?.id ?? null };
  await signUp(form.value, { key: secrets.links, now: clock(), mayMail, ...cameFor });
  res.redirect(303, withCourse('/sign-up/sent', course));
}

export async function showSignUpSent({ show }: WebDeps, req: Request, res: Response): Promise<void> {
  const again = withCourse('/sign-up', await chosenCourse(req.query));
  const minutes = linkMinutes('confirm-address');
  show(req, res, 'people/accounts/check-mail', { kind: 'sign-up', minutes, again });
}

export async function showConfirmation(deps: WebDeps, req: Request, res: Response): Promise<void> {
  const token = tokenIn(req);
  const person = await unconfirmedPerson(token, deps.clock());
  if (!person) return linkProblem(deps, req, res, 'sign-up');
  deps.show(req, res, 'people/accounts/sign-up/confirm-address', { token, email: person.email, errors: {} });
}

/**
 * Confirm an address with the password of its sign-up, and sign its owner in. Whoever came from an invitation is led back to
 * it: to accept it is a step of its own.
 */
export async function confirm(deps: WebDeps & SignIn, req: Request, res: Response): Promise<void> {
  const form = parseForm(confirmForm, req.body, spoken);
  const token = typed(req.body, 'token');
  if (!form.ok) return confirmAgain(deps, req, res, { token, errors: form.errors });
  await countLink(deps, req);
  const result = await confirmAddress(token, form.value.password, deps.clock());
  if (result.kind === 'no-link') return linkProblem(deps, req, res, 'sign-up');
  if (result.kind === 'wrong-password')
    return confirmAgain(deps, req, res, {
      token,
      errors: { password: spoken('confirmAddress.wrongPassword') },
    });
  await giveLinkBack(deps, req);
  const { course, invitation, joinCode } = result.cameFor;
  // Before they are let in: they may join an organisation that takes its own provider alone.
  const joined =
    joinCode &&
    (await joinOnArrival(joinCode, { userId: result.userId, now: deps.clock(), course: course ?? '' }));
  if (!(await deps.letIn(req, result.userId, { door: 'confirmation', at: null })))
    return deps.show(req, res, 'people/accounts/blocked', {}, { status: 403 });
  if (joined) return res.redirect(303, joined);
  if (invitation) return res.redirect(303, `/invitation?token=${linkToken(deps.secrets.links, invitation)}`);
  res.redirect(303, withCourse('/learning?confirmed=1', course ?? ''));
}

async function confirmAgain(
  deps: WebDeps,
  req: Request,
  res: Response,
  { token, errors }: { token: string; errors: Record<string, string> },
): Promise<void> {
  const person = await unconfirmedPerson(token, deps.clock());
  if (!person) return linkProblem(deps, req, res, 'sign-up');
  const values = { token, email: person.email, errors };
  deps.show(req, res, 'people/accounts/sign-up/confirm-address', values, { status: 422 });
}
