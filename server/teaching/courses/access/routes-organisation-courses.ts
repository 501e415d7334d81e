import { Router, type Request, type Response } from 'express';
import { Conflict, NotFound } from '../../../errors.js';
import type { WebDeps } from '../../../platform/http/deps.js';
import { typed, typedDay } from '../../../platform/http/forms.js';
import { handlersWith } from '../../../platform/http/handlers.js';
import { actorOf } from '../../../platform/http/page.js';
import { hereIn, spoken } from '../../../platform/i18n/spoken.js';
import { authorise, signedIn } from '../../../policy.js';
import { navFor } from '../../../people/organisations/navigation.js';
import { organisationHead } from '../../../people/organisations/organisation-tabs.js';
import { openTree, unitsSeen, type OpenTree } from '../../../people/organisations/units/open-tree.js';
import { isToFindUnit, unitChoice, unitQuery } from '../../../people/organisations/units/unit-choice.js';
import { unitOptions } from '../../../people/organisations/units/unit-options.js';
import { readDays, readReason } from './access-forms.js';
import { askForCourse, openRequestsOf } from './course-requests.js';
import { accessLimits } from './access-limits.js';
import { grantCourse, revokeGrant, WHOLE } from './granting.js';
import { ownAccess, type OwnAccess } from './organisation-courses.js';
import { coursesHome, courseRow, type OwnAccessStep } from './organisation-courses-page.js';
import { requestRow } from './request-page.js';

const HOME = '/organisations/:id/courses';

/** The restricted courses of an organisation: who has them, who asks for them, and for which units they are opened. */
export function organisationCoursePages(deps: WebDeps): Router {
  const router = Router();
  const on = handlersWith(deps);
  router.get(HOME, on(showCourses));
  router.get(`${HOME}/:course/request`, on(askWhy));
  router.post(`${HOME}/:course/request`, on(request));
  router.get(`${HOME}/:course/units`, on(askForUnit));
  router.post(`${HOME}/:course/units`, on(grantToUnit));
  router.get(`${HOME}/:course/units/:unit/revocation`, on(askRevocation));
  router.post(`${HOME}/:course/units/:unit/revocation`, on(revokeFromUnit));
  return router;
}

async function showCourses({ show, clock, config }: WebDeps, req: Request, res: Response): Promise<void> {
  const tree = await load(req, clock());
  const { organisation, actor } = tree;
  const words = { place: hereIn(config.timeZone), t: spoken };
  const requests = await openRequestsOf(organisation.id);
  const courses = await ownAccess(organisation, clock());
  const values = {
    organisation: organisationHead(organisation, actor),
    courses: courses.map(course => courseRow(course, { tree, requests, words })),
    requests: requests.map(request => ({
      ...requestRow(request, actor, words),
      course: courses.find(({ slug }) => slug === request.courseSlug)?.title ?? request.courseSlug,
    })),
  };
  show(req, res, 'teaching/courses/access/organisation', values, { nav: navFor(actor) });
}

const askWhy = async (deps: WebDeps, req: Request, res: Response): Promise<void> =>
  page(deps, req, res, 'request', {});

/** Ask for a course: for the whole organisation or, where its administrators choose units, for one of those. */
async function request(deps: WebDeps, req: Request, res: Response): Promise<void> {
  const { tree, course } = await loadStep(deps, req, 'request');
  if (isToFindUnit(req.body)) return page(deps, req, res, 'request', {});
  const isForUnit = course.state === 'by-unit';
  const unitId = isForUnit ? typed(req.body, 'unit') : '';
  const { reason, errors } = readReason(req.body);
  const wrong = { ...(isForUnit ? unitErrors(tree, unitId) : {}), ...errors };
  if (Object.keys(wrong).length > 0) return page(deps, req, res, 'request', wrong);
  const { organisation, actor } = tree;
  await deps.limits.consume(accessLimits.requests, actor.id, deps.clock());
  const asked = { organisationId: organisation.id, courseSlug: course.slug, unitId, reason };
  if (!(await askForCourse(asked, { actorId: actor.id, now: deps.clock() })))
    return page(deps, req, res, 'request', { reason: spoken('errors.courseAsked') });
  res.redirect(303, `${coursesHome(organisation.id)}?done=course-requested`);
}

const askForUnit = async (deps: WebDeps, req: Request, res: Response): Promise<void> =>
  page(deps, req, res, 'units', {});

/** Open a course to a unit and all below it; another grant to the same unit gives way. */
async function grantToUnit(deps: WebDeps, req: Request, res: Response): Promise<void> {
  const { tree, course } = await loadStep(deps, req, 'units');
  if (isToFindUnit(req.body)) return page(deps, req, res, 'units', {});
  const unitId = typed(req.body, 'unit');
  const { errors, ...days } = readDays(req.body, tree.today);
  const wrong = { ...unitErrors(tree, unitId), ...errors };
  if (Object.keys(wrong).length > 0) return page(deps, req, res, 'units', wrong);
  const { organisation, actor } = tree;
  const by = { actorId: actor.id, now: deps.clock() };
  await grantCourse(course.slug, organisation.id, by, { ...WHOLE, ...days, unitId });
  res.redirect(303, `${coursesHome(organisation.id)}?done=access-granted`);
}

const askRevocation = async (deps: WebDeps, req: Request, res: Response): Promise<void> =>
  page(deps, req, res, 'revocation', {});

async function revokeFromUnit(deps: WebDeps, req: Request, res: Response): Promise<void> {
  const { tree, course, unit } = await loadStep(deps, req, 'revocation');
  if (typed(req.body, 'sure') !== 'yes')
    return page(deps, req, res, 'revocation', { sure: spoken('errors.sure') });
  const { organisation, actor } = tree;
  const by = { actorId: actor.id, now: deps.clock() };
  await revokeGrant(course.slug, organisation.id, by, unit?.unitId);
  res.redirect(303, `${coursesHome(organisation.id)}?done=access-revoked`);
}

const unitErrors = (tree: OpenTree, unitId: string): Record<string, string> =>
  unitsSeen(tree, tree.today).some(({ id }) => id === unitId) ? {} : { unit: spoken('errors.unit') };

/** The organisation, for those who manage people there. The open one has everyone's courses alone: 404. */
async function load(req: Request, now: number): Promise<OpenTree> {
  const tree = await openTree(actorOf(req), req.params.id, now);
  if (tree.organisation.kind === 'open') throw new NotFound();
  return tree;
}

/**
 * A course, and of a revocation the unit, for somebody who may do this step: to open a course to units is for those who administer the
 * organisation. Throws Conflict where the course is not, or no longer, such that the step makes sense.
 */
async function loadStep({ clock }: WebDeps, req: Request, step: OwnAccessStep) {
  const tree = await load(req, clock());
  const { organisation, actor } = tree;
  if (step !== 'request')
    authorise(signedIn(actor), 'organisation.administer', { organisationId: organisation.id });
  const course = (await ownAccess(organisation, clock())).find(({ slug }) => slug === req.params.course);
  if (!course) throw new NotFound();
  const unit = course.units.find(({ unitId }) => unitId === req.params.unit);
  if (step === 'revocation' && !unit) throw new NotFound();
  if (step === 'units' && !course.own?.isByUnit) throw new Conflict('The course is not opened unit by unit');
  if (step === 'request' && course.state === 'whole') throw new Conflict('They have the course already');
  return { tree, course, unit };
}

async function page(
  deps: WebDeps,
  req: Request,
  res: Response,
  step: OwnAccessStep,
  errors: Record<string, string>,
): Promise<void> {
  const { tree, course, unit } = await loadStep(deps, req, step);
  const { organisation, actor } = tree;
  const values = {
    unit: typed(req.body, 'unit'),
    reason: typed(req.body, 'reason'),
    ...{ from: typedDay(req.body, 'from'), last: typedDay(req.body, 'last') },
  };
  const shown = {
    organisation: organisationHead(organisation, actor),
    ...{ step, values, errors, back: coursesHome(organisation.id), action: req.path },
    course: course.title,
    unit: unit?.unit ?? null,
    units: needsUnit(step, course) ? await choiceOf(tree, values.unit, unitQuery(req.body)) : null,
  };
  const status = Object.keys(errors).length > 0 ? 422 : 200;
  deps.show(req, res, 'teaching/courses/access/organisation-step', shown, { status, nav: navFor(actor) });
}

const needsUnit = (step: OwnAccessStep, { state }: OwnAccess): boolean =>
  step === 'units' || (step === 'request' && state === 'by-unit');

async function choiceOf(tree: OpenTree, chosen: string, query: string) {
  const options = await unitOptions(tree.organisation.id, unitsSeen(tree, tree.today));
  return unitChoice(options, { chosen, query });
}
