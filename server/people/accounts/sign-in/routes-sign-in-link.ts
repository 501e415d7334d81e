import type { Request, Response } from 'express';
import type { WebDeps } from '../../../platform/http/deps.js';
import { parseForm, typed } from '../../../platform/http/forms.js';
import { networkOf } from '../../../platform/http/security/network.js';
import { retryIn } from '../../../platform/http/security/rate-limits.js';
import { hereIn, spoken } from '../../../platform/i18n/spoken.js';
import { forgottenForm } from '../account-forms.js';
import { joinOnArrival } from '../../organisations/joining/join-on-arrival.js';
import { accountLimits } from '../account-limits.js';
import { linkMinutes } from '../sign-up/link-tokens.js';
import { countLink, giveLinkBack, linkProblem, tokenIn } from '../sign-up/routes-links.js';
import { withCourse } from './chosen-course.js';
import { chosenCourse } from './routes-chosen-course.js';
import { personOfLink, requestSignInLink, useSignInLink } from './sign-in-link.js';
import type { SignIn } from './sign-in.js';

const PAGE = '/sign-in/link';

/** What the form for a link asks for, and where it is sent. */
const FORM = { kind: 'signIn', action: PAGE } as const;

export async function showSignInLink({ show }: WebDeps, req: Request, res: Response): Promise<void> {
  const course = await chosenCourse(req.query);
  show(
    req,
    res,
    'people/accounts/sign-in/ask-for-link',
    { ...FORM, values: {}, errors: {}, course },
    { nav: 'sign-in' },
  );
}

/** Mail a link that signs in. The answer is the same whether or not the address has an account. */
export async function askForSignInLink(deps: WebDeps, req: Request, res: Response): Promise<void> {
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
  const { email } = form.value;
  const wait = await limits.count(accountLimits.signInLinkByAddress, networkOf(req.ip), clock());
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
  if ((await limits.count(accountLimits.signInLinkMail, email, clock())) === null)
    await requestSignInLink(email, { key: secrets.links, now: clock(), course: course || null });
  res.redirect(303, withCourse(`${PAGE}/sent`, course));
}

export async function showSignInLinkSent({ show }: WebDeps, req: Request, res: Response): Promise<void> {
  const again = withCourse(PAGE, await chosenCourse(req.query));
  show(req, res, 'people/accounts/check-mail', { kind: 'sign-in', minutes: linkMinutes('sign-in'), again });
}

/** The page of a link. It only asks: programs that look through mail open every link, and must not use it up. */
export async function showArrival(deps: WebDeps, req: Request, res: Response): Promise<void> {
  const token = tokenIn(req);
  const person = await personOfLink(token, deps.clock());
  if (!person) return linkProblem(deps, req, res, 'sign-in');
  deps.show(req, res, 'people/accounts/sign-in/arrival', { token, email: person.email });
}

export async function arrive(deps: WebDeps & SignIn, req: Request, res: Response): Promise<void> {
  const token = typed(req.body, 'token');
  await countLink(deps, req);
  const person = await personOfLink(token, deps.clock());
  const used = person && (await useSignInLink(token, deps.clock()));
  if (!used) return linkProblem(deps, req, res, 'sign-in');
  await giveLinkBack(deps, req);
  const { userId, joinCode, course } = used;
  const cameFor = course ?? '';
  // Before they are let in: they may join an organisation that takes its own provider alone.
  const onward = joinCode
    ? await joinOnArrival(joinCode, { userId, now: deps.clock(), course: cameFor })
    : withCourse('/learning', cameFor);
  if (!(await deps.letIn(req, userId, { door: 'sign-in-link', at: null })))
    return deps.show(req, res, 'people/accounts/blocked', {}, { status: 403 });
  res.redirect(303, onward);
}
