import { Router, type Request, type Response } from 'express';
import { accessToCourses, grantCourse, revokeGrant, type CourseAccess } from './grants.js';
import { Conflict, NotFound } from '../errors.js';
import type { WebDeps } from '../http/deps.js';
import { typed } from '../http/forms.js';
import { actorOf } from '../http/page.js';
import { hereIn, spoken } from '../i18n/spoken.js';
import { openOrganisation, organisations } from '../organisations/memberships.js';
import { authorise, signedIn } from '../policy.js';
import { accessRow, grantChoices, COURSE_ACCESS, revocationTexts } from './course-access.js';

type Errors = Record<string, string>;

/** Who may take the restricted courses: the list, and each change on a page of its own that says what it means. */
export function courseAccessPages({ show, clock, config }: WebDeps): Router {
  const router = Router();
  const t = spoken;
  const guard = (req: Request) => authorise(actorOf(req), 'installation.administer', config);
  const by = (req: Request) => ({ actorId: signedIn(actorOf(req)).id, now: clock() });

  router.get(COURSE_ACCESS, async (req, res) => {
    guard(req);
    const words = { place: hereIn(config.timeZone), t };
    const all = await organisations();
    const courses = (await accessToCourses()).map(access => accessRow(access, all, words));
    show(req, res, 'courses/access', { courses, hasOrganisations: all.length > 1 }, { nav: 'admin' });
  });

  router.get(`${COURSE_ACCESS}/:course/organisation`, async (req, res) => {
    guard(req);
    await askWhich(req, res, await restricted(req), {});
  });

  router.post(`${COURSE_ACCESS}/:course/organisation`, async (req, res) => {
    guard(req);
    const access = await restricted(req);
    const chosen = typed(req.body, 'organisation');
    const isThere = (await organisations()).some(({ id, kind }) => id === chosen && kind === 'customer');
    if (!isThere) return askWhich(req, res, access, { organisation: t('errors.grant-organisation') });
    await grantCourse(access.slug, chosen, by(req));
    res.redirect(303, `${COURSE_ACCESS}?done=access-granted`);
  });

  router.get(`${COURSE_ACCESS}/:course/everyone`, async (req, res) => {
    guard(req);
    askEveryone(req, res, await restricted(req), {});
  });

  router.post(`${COURSE_ACCESS}/:course/everyone`, async (req, res) => {
    guard(req);
    const access = await restricted(req);
    if (typed(req.body, 'sure') !== 'yes') return askEveryone(req, res, access, { sure: t('errors.sure') });
    await grantCourse(access.slug, (await openOrganisation()).id, by(req));
    res.redirect(303, `${COURSE_ACCESS}?done=access-granted`);
  });

  router.get(`${COURSE_ACCESS}/:course/grants/:organisation/revocation`, async (req, res) => {
    guard(req);
    askRevocation(req, res, await load(req), {});
  });

  router.post(`${COURSE_ACCESS}/:course/grants/:organisation/revocation`, async (req, res) => {
    guard(req);
    const access = await load(req);
    const { organisationId } = grantIn(access, req);
    if (typed(req.body, 'sure') !== 'yes') return askRevocation(req, res, access, { sure: t('errors.sure') });
    await revokeGrant(access.slug, organisationId, by(req));
    res.redirect(303, `${COURSE_ACCESS}?done=access-revoked`);
  });

  async function askWhich(req: Request, res: Response, access: CourseAccess, errors: Errors) {
    const options = grantChoices(access, await organisations());
    ask(req, res, access, { step: 'organisation', options, errors });
  }

  function askEveryone(req: Request, res: Response, access: CourseAccess, errors: Errors) {
    ask(req, res, access, { step: 'everyone', texts: [t('courseAccess.everyone.lead')], errors });
  }

  function askRevocation(req: Request, res: Response, access: CourseAccess, errors: Errors) {
    const texts = revocationTexts(access, grantIn(access, req), t);
    ask(req, res, access, { step: 'revocation', ...texts, errors });
  }

  function ask(
    req: Request,
    res: Response,
    { slug, title }: CourseAccess,
    values: { step: string; errors: Errors; to?: string; texts?: string[]; options?: object[] },
  ): void {
    const shown = { to: null, texts: [], options: [], ...values, course: title ?? slug, action: req.path };
    const status = Object.keys(values.errors).length > 0 ? 422 : 200;
    show(req, res, 'courses/access-step', shown, { status, nav: 'admin' });
  }

  return router;
}

/** The course that the address names, when it is restricted, or granted to somebody all the same. */
async function load(req: Request): Promise<CourseAccess> {
  const found = (await accessToCourses()).find(({ slug }) => slug === req.params.course);
  if (!found) throw new NotFound();
  return found;
}

/** The same, when it can be granted. */
async function restricted(req: Request): Promise<CourseAccess> {
  const access = await load(req);
  if (!access.isRestricted) throw new Conflict('The course needs no grant');
  return access;
}

function grantIn({ grants }: CourseAccess, req: Request) {
  const found = grants.find(({ organisationId }) => organisationId === req.params.organisation);
  if (!found) throw new NotFound();
  return found;
}
