import { Router, type Request, type Response } from 'express';
import { Conflict, NotFound } from '../../../errors.js';
import type { WebDeps } from '../../../platform/http/deps.js';
import { typed, typedDay } from '../../../platform/http/forms.js';
import { handlersWith } from '../../../platform/http/handlers.js';
import { actorOf } from '../../../platform/http/page.js';
import { hereIn, spoken } from '../../../platform/i18n/spoken.js';
import { dayOf } from '../../../platform/lib/days.js';
import { authorise, signedIn } from '../../../policy.js';
import { navFor } from '../../../people/organisations/navigation.js';
import { organisationHead } from '../../../people/organisations/organisation-tabs.js';
import { currentCourse } from '../catalogue.js';
import { readAccessDecision } from './access-forms.js';
import { declineRequest, findRequest, withdrawRequest } from './course-requests.js';
import { grantCourse } from './granting.js';
import { ownAccess } from './organisation-courses.js';
import { coursesHome } from './organisation-courses-page.js';
import { decisionsOn, requestValues } from './request-page.js';

const PAGE = '/organisations/:id/course-requests/:request';

/** A request for a restricted course: for those who decide on it, and whoever asked takes it back. */
export function courseRequestPages(deps: WebDeps): Router {
  const router = Router();
  const on = handlersWith(deps);
  router.get(PAGE, on(showRequest));
  router.post(PAGE, on(decide));
  router.post(`${PAGE}/withdrawal`, on(withdraw));
  return router;
}

const showRequest = (deps: WebDeps, req: Request, res: Response): Promise<void> => page(deps, req, res, {});

async function decide(deps: WebDeps, req: Request, res: Response): Promise<void> {
  const { request, actor, offered } = await load(req, deps.clock());
  const now = deps.clock();
  const form = readAccessDecision(req.body, offered, dayOf(now, request.timeZone));
  if (!form.ok) return page(deps, req, res, form.errors);
  const { decision, answer, fromDay, untilDay } = form.value;
  const by = { actorId: actor.id, now };
  const { courseSlug, organisationId, unitId } = request;
  if (decision === 'declined') await declineRequest(request, { ...by, answer });
  else
    await grantCourse(courseSlug, organisationId, by, {
      ...{ unitId, fromDay, untilDay, answer },
      isByUnit: decision === 'by-unit',
    });
  const home = unitId === '' ? '/admin/course-access' : coursesHome(organisationId);
  res.redirect(303, `${home}?done=request-answered`);
}

async function withdraw({ clock }: WebDeps, req: Request, res: Response): Promise<void> {
  const actor = signedIn(actorOf(req));
  const request = await findRequest(req.params.request);
  if (request?.userId !== actor.id || request.organisationId !== req.params.id) throw new NotFound();
  await withdrawRequest(request.id, { actorId: actor.id, now: clock() });
  res.redirect(303, `${coursesHome(request.organisationId)}?done=request-withdrawn`);
}

/** A request for those who decide on it. Throws Conflict once it has been answered. */
async function load(req: Request, now: number) {
  const actor = signedIn(actorOf(req));
  const found = await findRequest(req.params.request);
  const request = found?.organisationId === req.params.id ? found : null;
  authorise(actor, 'course.answer', request);
  if (!request) throw new NotFound();
  if (request.outcome !== null) throw new Conflict('The request has been answered');
  const access = await ownAccess({ id: request.organisationId, timeZone: request.timeZone }, now);
  const own = access.find(({ slug }) => slug === request.courseSlug)?.own;
  return { request, actor, offered: decisionsOn(request, own?.isByUnit ?? false) };
}

async function page(deps: WebDeps, req: Request, res: Response, errors: Record<string, string>) {
  const { request, actor, offered } = await load(req, deps.clock());
  const { organisationId, organisation: name, unitId, courseSlug } = request;
  const course = await currentCourse(courseSlug);
  const shown = {
    organisation: organisationHead({ id: organisationId, name }, actor),
    request: requestValues(request, { place: hereIn(deps.config.timeZone), t: spoken }),
    course: course?.snapshot.title ?? courseSlug,
    back: unitId === '' ? '/admin/course-access' : coursesHome(organisationId),
    action: req.path,
    decisions: offered.map(value => ({
      value,
      label: spoken(`courseAccess.decision.${value}`),
    })),
    values: {
      ...{ decision: typed(req.body, 'decision'), answer: typed(req.body, 'answer') },
      ...{ from: typedDay(req.body, 'from'), last: typedDay(req.body, 'last') },
    },
    errors,
  };
  const status = Object.keys(errors).length > 0 ? 422 : 200;
  deps.show(req, res, 'teaching/courses/access/request', shown, { status, nav: navFor(actor) });
}
