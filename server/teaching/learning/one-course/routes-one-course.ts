import { Router, type Request, type Response } from 'express';
import { courseLinkForm } from '../../../people/accounts/account-forms.js';
import { accountLimits } from '../../../people/accounts/account-limits.js';
import type { SignIn } from '../../../people/accounts/sign-in/sign-in.js';
import { personOfLink, useSignInLink } from '../../../people/accounts/sign-in/sign-in-link.js';
import { linkMinutes } from '../../../people/accounts/sign-up/link-tokens.js';
import { signUpForCourse } from '../../../people/accounts/sign-up/registration.js';
import { currentCourse, type PublishedCourse } from '../../courses/catalogue.js';
import { grantedTo } from '../../courses/grants.js';
import { NotFound } from '../../../errors.js';
import type { WebDeps } from '../../../platform/http/deps.js';
import { parseForm, typed } from '../../../platform/http/forms.js';
import { handlersWith } from '../../../platform/http/handlers.js';
import { networkOf } from '../../../platform/http/security/network.js';
import { retryIn } from '../../../platform/http/security/rate-limits.js';
import { hereIn, spoken } from '../../../platform/i18n/spoken.js';

type Deps = WebDeps & SignIn;

/** The way without an account: a mailed link that opens one course and nothing else, on a device that others use, too. */
export function oneCoursePages(deps: WebDeps, signIn: SignIn): Router {
  const router = Router();
  const on = handlersWith({ ...deps, ...signIn });
  router.get('/courses/:slug/link', on(showForm));
  router.post('/courses/:slug/link', on(sendLink));
  router.get('/courses/:slug/link/sent', on(showSent));
  router.get('/course-link', on(showLink));
  router.post('/course-link', on(openCourse));
  return router;
}

const showForm = async (deps: Deps, req: Request, res: Response): Promise<void> =>
  page(deps, req, res, await openToAll(deps, req), {});

/** Mail a link. The answer is the same whether or not the address has an account. */
async function sendLink(deps: Deps, req: Request, res: Response): Promise<void> {
  const { limits, clock, secrets, config } = deps;
  const course = await openToAll(deps, req);
  const form = parseForm(courseLinkForm, req.body, spoken);
  if (!form.ok) return page(deps, req, res, course, { errors: form.errors, status: 422 });
  const wait = await limits.count(accountLimits.signInLinkByAddress, networkOf(req.ip), clock());
  if (wait !== null) {
    const retry = retryIn(res, wait, hereIn(config.timeZone));
    return page(deps, req, res, course, { retry, status: 429 });
  }
  // Beyond its limit no mail is sent and nothing refused: the newest link still works.
  if ((await limits.count(accountLimits.signInLinkMail, form.value.email, clock())) === null)
    await signUpForCourse(form.value, { key: secrets.links, now: clock(), course: course.slug });
  res.redirect(303, `/courses/${course.slug}/link/sent`);
}

async function showSent(deps: Deps, req: Request, res: Response): Promise<void> {
  const again = `/courses/${(await openToAll(deps, req)).slug}/link`;
  deps.show(req, res, 'people/accounts/check-mail', {
    kind: 'course',
    minutes: linkMinutes('one-course'),
    again,
  });
}

/** The page of a link. It only asks: programs that look through mail open every link, and must not use it up. */
async function showLink({ show, clock }: Deps, req: Request, res: Response): Promise<void> {
  const token = typed(req.query, 'token');
  const person = await personOfLink(token, clock(), 'one-course');
  if (!person) return noLink({ show }, req, res);
  show(req, res, 'people/accounts/sign-in/arrival', { token, email: person.email });
}

/** Begin a session that opens the course alone, and ends soon when nobody does anything. */
async function openCourse(deps: Deps, req: Request, res: Response): Promise<void> {
  const { limits, clock } = deps;
  const network = networkOf(req.ip);
  await limits.consume(accountLimits.linkByAddress, network, clock());
  const used = await useSignInLink(typed(req.body, 'token'), clock(), 'one-course');
  if (!used?.course) return noLink(deps, req, res);
  await limits.giveBack(accountLimits.linkByAddress, network);
  const { userId, course } = used;
  const session = { entry: `/courses/${course}/link`, scope: course };
  if (!(await deps.letIn(req, userId, { door: 'one-course', at: null, session })))
    return deps.show(req, res, 'people/accounts/blocked', {}, { status: 403 });
  res.redirect(303, '/learning');
}

const noLink = ({ show }: Pick<Deps, 'show'>, req: Request, res: Response): void =>
  show(req, res, 'people/accounts/sign-up/link-problem', { kind: 'course' }, { status: 404 });

/** The course of the address, where everybody may take it. */
async function openToAll({ clock }: Deps, req: Request): Promise<PublishedCourse> {
  const course = await currentCourse(String(req.params.slug));
  if (!course || (await grantedTo(course, clock())) !== null) throw new NotFound();
  return course;
}

/** Why the form was not taken. */
interface Said {
  readonly errors?: Record<string, string>;
  readonly retry?: ReturnType<typeof retryIn>;
  readonly status?: number;
}

function page(
  { show }: Deps,
  req: Request,
  res: Response,
  { slug, snapshot }: PublishedCourse,
  { errors = {}, retry, status = 200 }: Said,
): void {
  const values = { name: typed(req.body, 'name'), email: typed(req.body, 'email') };
  const shown = { course: snapshot.title, home: `/courses/${slug}`, values, errors, retry };
  show(req, res, 'teaching/learning/one-course', shown, { status, nav: 'courses' });
}
