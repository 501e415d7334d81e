import type { ViewValues } from '../../../../dist/views/values.js';
import { Router, type Request, type Response } from 'express';
import { Conflict, NotFound } from '../../../errors.js';
import type { WebDeps } from '../../../platform/http/deps.js';
import { typed, typedDay } from '../../../platform/http/forms.js';
import { handlersWith } from '../../../platform/http/handlers.js';
import { actorOf } from '../../../platform/http/page.js';
import { administratorsOnly } from '../../../platform/http/security/guards.js';
import { hereIn, spoken } from '../../../platform/i18n/spoken.js';
import { dayOf } from '../../../platform/lib/days.js';
import { openOrganisation, organisations } from '../../../people/organisations/memberships.js';
import { signedIn } from '../../../policy.js';
import { accessRow, COURSE_ACCESS, grantChoices, revocationTexts } from './course-access.js';
import { readDays } from './access-forms.js';
import { accessToCourses, type CourseAccess } from './access-queries.js';
import { requestsForInstallation } from './course-requests.js';
import { grantCourse, revokeGrant, WHOLE } from './granting.js';
import { requestRow } from './request-page.js';

/** Who may take the restricted courses: the list, and each change on a page of its own that says what it means. */
export function courseAccessPages(deps: WebDeps): Router {
  const router = Router();
  const on = handlersWith(deps);
  router.use(COURSE_ACCESS, administratorsOnly(deps.config));
  router.get(COURSE_ACCESS, on(showAccess));
  router.get(`${COURSE_ACCESS}/:course/organisation`, on(showOrganisations));
  router.post(`${COURSE_ACCESS}/:course/organisation`, on(grantToOrganisation));
  router.get(`${COURSE_ACCESS}/:course/everyone`, on(showEveryone));
  router.post(`${COURSE_ACCESS}/:course/everyone`, on(grantToEveryone));
  const revocation = `${COURSE_ACCESS}/:course/grants/:organisation/revocation`;
  router.get(revocation, on(showRevocation));
  router.post(revocation, on(revoke));
  return router;
}

async function showAccess({ show, config }: WebDeps, req: Request, res: Response): Promise<void> {
  const words = { place: hereIn(config.timeZone), t: spoken };
  const all = await organisations();
  const courses = (await accessToCourses()).map(access => accessRow(access, all, words));
  const requests = (await requestsForInstallation()).map(request => requestRow(request, actorOf(req), words));
  const values = { courses, requests, hasOrganisations: all.length > 1 };
  show(req, res, 'teaching/courses/access/list', values, { nav: 'admin' });
}

async function showOrganisations(deps: WebDeps, req: Request, res: Response): Promise<void> {
  await askWhich(deps, req, res, await loadRestricted(req), {});
}

async function grantToOrganisation(deps: WebDeps, req: Request, res: Response): Promise<void> {
  const access = await loadRestricted(req);
  const chosen = typed(req.body, 'organisation');
  const found = (await organisations()).find(({ id, kind }) => id === chosen && kind === 'customer');
  const spread = SPREADS.find(each => each === (typed(req.body, 'spread') || 'all'));
  const days = readDays(req.body, dayOf(deps.clock(), found?.timeZone ?? deps.config.timeZone));
  const errors = {
    ...(found ? {} : { organisation: spoken('errors.grant-organisation') }),
    ...(spread ? {} : { spread: spoken('errors.courseSpread') }),
    ...days.errors,
  };
  if (Object.keys(errors).length > 0) return askWhich(deps, req, res, access, errors);
  const { fromDay, untilDay } = days;
  await grantCourse(access.slug, chosen, by(deps, req), {
    ...{ ...WHOLE, fromDay, untilDay },
    isByUnit: spread === 'by-unit',
  });
  res.redirect(303, `${COURSE_ACCESS}?done=access-granted`);
}

async function showEveryone(deps: WebDeps, req: Request, res: Response): Promise<void> {
  askEveryone(deps, req, res, await loadRestricted(req), {});
}

/** A grant to the open organisation is one to everyone. */
async function grantToEveryone(deps: WebDeps, req: Request, res: Response): Promise<void> {
  const access = await loadRestricted(req);
  if (!isSure(req)) return askEveryone(deps, req, res, access, { sure: spoken('errors.sure') });
  await grantCourse(access.slug, (await openOrganisation()).id, by(deps, req));
  res.redirect(303, `${COURSE_ACCESS}?done=access-granted`);
}

async function showRevocation(deps: WebDeps, req: Request, res: Response): Promise<void> {
  askRevocation(deps, req, res, await loadAccess(req), {});
}

async function revoke(deps: WebDeps, req: Request, res: Response): Promise<void> {
  const access = await loadAccess(req);
  const { organisationId, unitId } = grantIn(access, req);
  if (!isSure(req)) return askRevocation(deps, req, res, access, { sure: spoken('errors.sure') });
  await revokeGrant(access.slug, organisationId, by(deps, req), unitId);
  res.redirect(303, `${COURSE_ACCESS}?done=access-revoked`);
}

type Errors = Record<string, string>;
type Step = ViewValues['teaching/courses/access/step'];

/** To everybody in an organisation, or to units that its administrators choose. */
const SPREADS = ['all', 'by-unit'] as const;

async function askWhich(deps: WebDeps, req: Request, res: Response, access: CourseAccess, errors: Errors) {
  const options = grantChoices(access, await organisations());
  ask(deps, req, res, access, { step: 'organisation', options, errors });
}

function askEveryone(deps: WebDeps, req: Request, res: Response, access: CourseAccess, errors: Errors): void {
  const texts = [spoken('courseAccess.everyone.lead')];
  ask(deps, req, res, access, { step: 'everyone', texts, errors });
}

function askRevocation(
  deps: WebDeps,
  req: Request,
  res: Response,
  access: CourseAccess,
  errors: Errors,
): void {
  const texts = revocationTexts(access, grantIn(access, req), spoken);
  ask(deps, req, res, access, { step: 'revocation', ...texts, errors });
}

function ask(
  { show }: WebDeps,
  req: Request,
  res: Response,
  { slug, title }: CourseAccess,
  values: Pick<Step, 'step' | 'errors'> & Partial<Step>,
): void {
  const shown = {
    ...{ to: null, texts: [], options: [] },
    ...values,
    course: title ?? slug,
    action: req.originalUrl,
    values: {
      ...{ organisation: typed(req.body, 'organisation'), spread: typed(req.body, 'spread') || 'all' },
      ...{ from: typedDay(req.body, 'from'), last: typedDay(req.body, 'last') },
    },
  };
  const status = Object.keys(values.errors).length > 0 ? 422 : 200;
  show(req, res, 'teaching/courses/access/step', shown, { status, nav: 'admin' });
}

const by = ({ clock }: WebDeps, req: Request) => ({ actorId: signedIn(actorOf(req)).id, now: clock() });

const isSure = (req: Request): boolean => typed(req.body, 'sure') === 'yes';

/** The course that the address names, when it is restricted or has grants. Throws NotFound otherwise. */
async function loadAccess(req: Request): Promise<CourseAccess> {
  const found = (await accessToCourses()).find(({ slug }) => slug === req.params.course);
  if (!found) throw new NotFound();
  return found;
}

/** As `loadAccess`; throws Conflict when the course is open to everyone, so that a grant would do nothing. */
async function loadRestricted(req: Request): Promise<CourseAccess> {
  const access = await loadAccess(req);
  if (!access.isRestricted) throw new Conflict('The course needs no grant');
  return access;
}

/** The grant that the address names. Throws NotFound when the course has no such grant. */
function grantIn({ grants }: CourseAccess, req: Request) {
  const unit = typed(req.query, 'unit');
  const found = grants.find(
    ({ organisationId, unitId }) => organisationId === req.params.organisation && unitId === unit,
  );
  if (!found) throw new NotFound();
  return found;
}
