import { Router, type Request, type Response } from 'express';
import { nameField } from '../../accounts/account-fields.js';
import { accountLimits } from '../../accounts/account-limits.js';
import type { SignIn } from '../../accounts/sign-in/sign-in.js';
import { currentCourse } from '../../../teaching/courses/catalogue.js';
import type { WebDeps } from '../../../platform/http/deps.js';
import { typed } from '../../../platform/http/forms.js';
import { handlersWith } from '../../../platform/http/handlers.js';
import { networkOf } from '../../../platform/http/security/network.js';
import { spoken } from '../../../platform/i18n/spoken.js';
import { invitationLimits } from '../invitations/invitation-limits.js';
import { linkOf, stillWorks, type CourseLinkFacts } from './course-links.js';
import { mayHaveAnother, nameFor, openCourseLink, sendAnotherLink } from './open-link.js';

const PAGE = '/sent-course';

type Deps = WebDeps & SignIn;

/** A link for one course, as whoever got the mail opens it: it signs in for that course alone, on any device. */
export function openLinkPages(deps: WebDeps, signIn: SignIn): Router {
  const router = Router();
  const on = handlersWith({ ...deps, ...signIn });
  router.get(PAGE, on(showLink));
  router.post(PAGE, on(open));
  router.post(`${PAGE}/again`, on(sendAgain));
  router.get(`${PAGE}/sent`, on(showSent));
  return router;
}

/** The page of a link. It only asks: programs that look through mail open every link, and must not use it up. */
async function showLink(deps: Deps, req: Request, res: Response): Promise<void> {
  const token = typed(req.query, 'token');
  const link = await linkOf(token);
  if (!link || !stillWorks(link, deps.clock())) return noLink(deps, req, res, link, token);
  await page(deps, req, res, { link, token, errors: {} });
}

async function open(deps: Deps, req: Request, res: Response): Promise<void> {
  const { limits, clock } = deps;
  const token = typed(req.body, 'token');
  const network = networkOf(req.ip);
  await limits.consume(accountLimits.linkByAddress, network, clock());
  const link = await linkOf(token);
  if (!link || !stillWorks(link, clock())) return noLink(deps, req, res, link, token);
  const said = NAME.safeParse(typed(req.body, 'name'));
  const name = said.success ? said.data : '';
  if (name === '' && (await nameFor(link)) === '')
    return page(deps, req, res, { link, token, errors: { name: spoken('errors.name') } });
  const opened = await openCourseLink(token, { name, now: clock() });
  if (!opened) return noLink(deps, req, res, await linkOf(token), token);
  await limits.giveBack(accountLimits.linkByAddress, network);
  const { userId, courseSlug } = opened;
  const session = { entry: `/courses/${courseSlug}`, scope: courseSlug };
  if (!(await deps.letIn(req, userId, { door: 'sent-course', at: null, session })))
    return deps.show(req, res, 'people/accounts/blocked', {}, { status: 403 });
  res.redirect(303, '/learning');
}

const NAME = nameField('errors.name');

/** Mail another link to where this one went. The answer is the same for every link; nobody learns an address from it. */
async function sendAgain(deps: Deps, req: Request, res: Response): Promise<void> {
  const { limits, clock, secrets } = deps;
  const token = typed(req.body, 'token');
  await limits.consume(accountLimits.linkByAddress, networkOf(req.ip), clock());
  const link = await linkOf(token);
  const mayMail = link !== null && (await limits.count(invitationLimits.mail, link.email, clock())) === null;
  if (mayMail) await sendAnotherLink(token, { key: secrets.links, now: clock() });
  res.redirect(303, `${PAGE}/sent`);
}

const showSent = ({ show }: Deps, req: Request, res: Response): void =>
  show(req, res, 'people/organisations/course-links/sent', {});

/** A link that was used or has expired leads to another; one that was taken back does not. */
function noLink(
  { show, clock }: Deps,
  req: Request,
  res: Response,
  link: CourseLinkFacts | null,
  token: string,
): void {
  const again = link !== null && mayHaveAnother(link, clock()) ? `${PAGE}/again` : null;
  show(req, res, 'people/organisations/course-links/no-link', { again, token }, { status: 404 });
}

interface Opening {
  readonly link: CourseLinkFacts;
  readonly token: string;
  readonly errors: Record<string, string>;
}

async function page({ show }: Deps, req: Request, res: Response, { link, token, errors }: Opening) {
  const { organisation, email, courseSlug } = link;
  const course = await currentCourse(courseSlug);
  const isUnnamed = (await nameFor(link)) === '';
  const values = {
    ...{ organisation, email, token, errors },
    course: course?.snapshot.title ?? courseSlug,
    name: isUnnamed ? typed(req.body, 'name') : null,
  };
  const status = Object.keys(errors).length > 0 ? 422 : 200;
  show(req, res, 'people/organisations/course-links/arrival', values, { status });
}
