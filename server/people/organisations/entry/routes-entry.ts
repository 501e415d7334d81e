import { Router, type Request, type Response } from 'express';
import { countSignIn, forgiveSignIn } from '../../accounts/sign-in/sign-in-tries.js';
import type { SignIn } from '../../accounts/sign-in/sign-in.js';
import type { WebDeps } from '../../../platform/http/deps.js';
import { parseForm, typed } from '../../../platform/http/forms.js';
import { handlersWith } from '../../../platform/http/handlers.js';
import { actorOf } from '../../../platform/http/page.js';
import { networkOf } from '../../../platform/http/security/network.js';
import { retryIn } from '../../../platform/http/security/rate-limits.js';
import { hereIn, spoken } from '../../../platform/i18n/spoken.js';
import { enterFirst, idOfNumber, personOfNumber, type SaidNumber } from './enter.js';
import { firstForm, numberForm } from './entry-forms.js';
import { entryLimits } from './entry-limits.js';

type Deps = WebDeps & SignIn;

/** Signing in without an e-mail address, on a device that others use too: with a staff number and a PIN, or a printed code at first. */
export function entryPages(deps: WebDeps, signIn: SignIn): Router {
  const router = Router();
  const on = handlersWith({ ...deps, ...signIn });
  router.get('/staff', on(showEntry));
  router.post('/staff', on(enter));
  router.get('/staff/first', on(showFirst));
  router.post('/staff/first', on(enterWithCode));
  return router;
}

const showEntry = (deps: Deps, req: Request, res: Response): void =>
  page(deps, req, res, { isFirst: false, from: req.query });

const showFirst = (deps: Deps, req: Request, res: Response): void =>
  page(deps, req, res, { isFirst: true, from: req.query });

/** Sign in with a staff number and a PIN. Tries are counted before the PIN is looked at. */
async function enter(deps: Deps, req: Request, res: Response): Promise<void> {
  const form = parseForm(numberForm, req.body, spoken);
  if (!form.ok) return again(deps, req, res, false, form.errors);
  const { pin, ...said } = form.value;
  const one = { email: subjectOf(said), network: networkOf(req.ip), device: null };
  const wait = await countSignIn(deps.limits, one, deps.clock());
  if (wait !== null) return later(deps, req, res, false, wait);
  const person = await personOfNumber(said, pin);
  if (!person) {
    await noteWrong(deps, 'pin', said, one.network);
    return again(deps, req, res, false, { pin: spoken('errors.entry-wrong') });
  }
  await forgiveSignIn(deps.limits, one);
  await letIn(deps, req, res, person.userId, { door: 'pin', at: person.organisationId });
}

/** Come in by a printed code, and choose a PIN. Whoever was signed in with the old one elsewhere is signed out. */
async function enterWithCode(deps: Deps, req: Request, res: Response): Promise<void> {
  const { limits, clock, secrets, sessions } = deps;
  const form = parseForm(firstForm, req.body, spoken);
  if (!form.ok) return again(deps, req, res, true, form.errors);
  const { code, pin, ...said } = form.value;
  const network = networkOf(req.ip);
  const wait =
    (await limits.count(entryLimits.byNetwork, network, clock())) ??
    (await limits.count(entryLimits.byNumber, subjectOf(said), clock()));
  if (wait !== null) return later(deps, req, res, true, wait);
  const person = await enterFirst(said, { code, pin }, { key: secrets.links, now: clock() });
  if (!person) {
    await noteWrong(deps, 'entry-code', said, network);
    return again(deps, req, res, true, { code: spoken('errors.entry-code') });
  }
  await limits.giveBack(entryLimits.byNetwork, network);
  await limits.forgive(entryLimits.byNumber, subjectOf(said));
  await sessions.endAll(person.userId, null);
  await letIn(deps, req, res, person.userId, { door: 'card', at: person.organisationId });
}

/** For the list of what was refused, and for the history of whoever has the number. */
async function noteWrong(
  { refusals, clock }: Deps,
  what: 'pin' | 'entry-code',
  said: SaidNumber,
  network: string,
): Promise<void> {
  refusals.note({ kind: 'sign-in', what, subject: network, userId: await idOfNumber(said) }, clock());
}

const subjectOf = ({ organisation, staffNumber }: SaidNumber): string =>
  `${organisation} ${staffNumber.toUpperCase()}`;

/** Let them in for a short time: others use the device after them. */
async function letIn(
  deps: Deps,
  req: Request,
  res: Response,
  userId: string,
  door: { readonly door: 'pin' | 'card'; readonly at: string },
): Promise<void> {
  if (!(await deps.letIn(req, userId, { ...door, session: { entry: '/staff' } })))
    return deps.show(req, res, 'people/accounts/blocked', {}, { status: 403 });
  res.redirect(303, '/learning');
}

const again = (
  deps: Deps,
  req: Request,
  res: Response,
  isFirst: boolean,
  errors: Record<string, string>,
): void => page(deps, req, res, { isFirst, from: req.body as unknown, errors, status: 422 });

function later(deps: Deps, req: Request, res: Response, isFirst: boolean, wait: number): void {
  const retry = retryIn(res, wait, hereIn(deps.config.timeZone));
  page(deps, req, res, { isFirst, from: req.body as unknown, retry, status: 429 });
}

interface Shown {
  readonly isFirst: boolean;
  /** Where the organisation and the number were given: a link on a poster, or the form. */
  readonly from: unknown;
  readonly errors?: Record<string, string>;
  readonly retry?: ReturnType<typeof retryIn>;
  readonly status?: number;
}

function page({ show }: Deps, req: Request, res: Response, shown: Shown): void {
  const { isFirst, from, errors = {}, retry = null, status = 200 } = shown;
  const values = {
    ...{ isFirst, errors, retry },
    organisation: typed(from, 'organisation'),
    staffNumber: typed(from, 'staffNumber'),
    code: typed(from, 'code'),
    // Somebody else may have signed in since, or they went on in another tab.
    left: 'left' in req.query && actorOf(req) === null,
  };
  show(req, res, 'people/organisations/entry/entry', values, { status, nav: 'sign-in' });
}
