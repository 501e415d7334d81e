import { Router, type Request, type Response } from 'express';
import { joinForm } from '../../accounts/account-forms.js';
import { withCourse } from '../../accounts/sign-in/chosen-course.js';
import { accountLimits } from '../../accounts/account-limits.js';
import { linkMinutes } from '../../accounts/sign-up/link-tokens.js';
import { signUp, signUpForLink } from '../../accounts/sign-up/registration.js';
import { currentCourse, knownCourse } from '../../../teaching/courses/catalogue.js';
import type { WebDeps } from '../../../platform/http/deps.js';
import { parseForm, typed } from '../../../platform/http/forms.js';
import { handlersWith } from '../../../platform/http/handlers.js';
import { actorOf } from '../../../platform/http/page.js';
import { networkOf } from '../../../platform/http/security/network.js';
import { retryIn } from '../../../platform/http/security/rate-limits.js';
import type { Wait } from '../../../platform/i18n/waits.js';
import { hereIn, spoken } from '../../../platform/i18n/spoken.js';
import { dayOf } from '../../../platform/lib/days.js';
import { signedIn } from '../../../policy.js';
import { codeIn, joinPath } from './code-text.js';
import { codeCalled, type JoinCodeFacts } from './join-codes.js';
import { joinLimits } from './join-limits.js';
import { afterJoining } from './join-on-arrival.js';
import { joinState } from './join-state.js';
import { isThereAlready, joinByCode } from './join.js';

/** Where anybody joins an organisation by the code on its poster. */
export function joinPages(deps: WebDeps): Router {
  const router = Router();
  const on = handlersWith(deps);
  router.get('/join', on(askForCode));
  router.get('/join/:code', on(showCode));
  router.post('/join/:code', on(signUpByCode));
  router.post('/join/:code/membership', on(join));
  router.get('/join/:code/sent', on(showSent));
  return router;
}

/** The form for a code, which leads to its page. */
async function askForCode({ show }: WebDeps, req: Request, res: Response): Promise<void> {
  const course = await cameForIn(req.query);
  const value = typed(req.query, 'code');
  const code = codeIn(value);
  if (code) return res.redirect(303, withCourse(joinPath(code), course));
  const errors: Record<string, string> = 'code' in req.query ? { code: spoken('errors.join-code') } : {};
  show(
    req,
    res,
    'people/organisations/joining/code',
    { value, course, errors },
    { status: errors.code ? 422 : 200 },
  );
}

async function showCode(deps: WebDeps, req: Request, res: Response): Promise<void> {
  const code = await load(deps, req, res);
  if (code) await page(deps, req, res, code, {});
}

/** Sign up, with a password or without one, to join once the mailed link is opened. The answer is the same for every address. */
async function signUpByCode(deps: WebDeps, req: Request, res: Response): Promise<void> {
  const { limits, clock, secrets, config } = deps;
  const code = await load(deps, req, res);
  if (!code) return;
  const form = parseForm(joinForm, req.body, spoken);
  const isClosed = stateOf(code, clock()) !== 'open';
  if (actorOf(req) || isClosed) return page(deps, req, res, code, { status: 409 });
  if (!form.ok) return page(deps, req, res, code, { errors: form.errors, status: 422 });
  const wait = await limits.count(joinLimits.code, code.id, clock());
  if (wait !== null) {
    const retry = retryIn(res, wait, hereIn(config.timeZone));
    return page(deps, req, res, code, { retry, status: 429 });
  }
  const { password, ...person } = form.value;
  const mayMail = (await limits.count(accountLimits.confirmMail, person.email, clock())) === null;
  const course = await cameForIn(req.body);
  const asked = { key: secrets.links, now: clock(), mayMail, joinCode: code.id, course };
  await (password === null ? signUpForLink(person, asked) : signUp({ ...person, password }, asked));
  res.redirect(303, withCourse(`${joinPath(code.code)}/sent`, course));
}

async function showSent(deps: WebDeps, req: Request, res: Response): Promise<void> {
  const code = await load(deps, req, res);
  if (!code) return;
  const course = await cameForIn(req.query);
  const values = {
    kind: 'join',
    minutes: linkMinutes('sign-in'),
    again: withCourse(joinPath(code.code), course),
  } as const;
  deps.show(req, res, 'people/accounts/check-mail', values);
}

/** Join with the account that is signed in. */
async function join(deps: WebDeps, req: Request, res: Response): Promise<void> {
  const actor = signedIn(actorOf(req));
  const code = await load(deps, req, res);
  if (!code) return;
  const joined = await joinByCode(code.id, { userId: actor.id, now: deps.clock() });
  const course = await cameForIn(req.body);
  if (joined === 'joined') return res.redirect(303, afterJoining(code, course));
  await page(deps, req, res, code, { status: 409 });
}

/** The code that the address names. Where there is none it says so: a code that could be one is counted as a guess. */
async function load(
  { limits, clock, show }: WebDeps,
  req: Request,
  res: Response,
): Promise<JoinCodeFacts | null> {
  const value = String(req.params.code);
  const code = codeIn(value);
  const network = networkOf(req.ip);
  if (code) await limits.consume(joinLimits.guess, network, clock());
  const found = code && (await codeCalled(code));
  if (found) {
    await limits.giveBack(joinLimits.guess, network);
    return found;
  }
  const errors = { code: spoken('errors.join-code-unknown') };
  const again = { value: value.slice(0, 40), course: await cameForIn(req.query), errors };
  show(req, res, 'people/organisations/joining/code', again, { status: 404 });
  return null;
}

const stateOf = (code: JoinCodeFacts, now: number) => joinState(code, dayOf(now, code.timeZone));

/** The slug of the course that somebody came for, as a link or a form hands it on; '' for none. */
const cameForIn = (from: unknown): Promise<string> => knownCourse(typed(from, 'course'));

/** Why a form was not taken. */
interface Said {
  readonly errors?: Record<string, string>;
  readonly retry?: Wait;
  readonly status?: number;
}

async function page(
  { show, clock }: WebDeps,
  req: Request,
  res: Response,
  code: JoinCodeFacts,
  { errors = {}, retry, status = 200 }: Said,
): Promise<void> {
  const actor = actorOf(req);
  const { organisation, unit, contact, courseSlug } = code;
  const cameFor = await cameForIn(req.method === 'POST' ? req.body : req.query);
  const slug = cameFor || courseSlug;
  const course = slug === null ? null : await currentCourse(slug);
  const here = withCourse(joinPath(code.code), cameFor);
  const isMember = actor !== null && (await isThereAlready(code, actor.id));
  const values = {
    ...{ organisation, unit, contact, errors, retry },
    course: course?.snapshot.title ?? null,
    cameFor,
    state: isMember ? ('member' as const) : stateOf(code, clock()),
    account: actor?.name ?? null,
    values: { name: typed(req.body, 'name'), email: typed(req.body, 'email') },
    action: joinPath(code.code),
    signIn: `/sign-in?next=${encodeURIComponent(here)}`,
    onward: isMember ? afterJoining(code, cameFor) : '',
  };
  show(req, res, 'people/organisations/joining/join', values, { status });
}
