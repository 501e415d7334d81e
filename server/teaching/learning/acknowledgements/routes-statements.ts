import { Router, type Request, type Response } from 'express';
import { currentCourses } from '../../courses/catalogue.js';
import { coursesOpenTo } from '../../courses/grants.js';
import { NotFound } from '../../../errors.js';
import type { WebDeps } from '../../../platform/http/deps.js';
import { typed } from '../../../platform/http/forms.js';
import { handlersWith } from '../../../platform/http/handlers.js';
import { actorOf } from '../../../platform/http/page.js';
import { spoken } from '../../../platform/i18n/spoken.js';
import { navFor } from '../../../people/organisations/navigation.js';
import { organisationHead } from '../../../people/organisations/organisation-tabs.js';
import { openMember } from '../../../people/organisations/people/open-member.js';
import { organisationToOpen } from '../../../people/organisations/settings/open-organisation.js';
import { signedValues } from './signed-page.js';
import { signedBy } from './signing.js';
import { readStatement, typedStatement } from './statement-form.js';
import { statementsPage, unsignedPage } from './statements-page.js';
import { askToSign, statementsOfCourse, stopAsking } from './asked-statements.js';

const HOME = '/organisations/:id/evidence/acknowledgements';
const ONE = `${HOME}/:course`;

/** What an organisation asks people to sign after a course, who has signed, and who has not. */
export function acknowledgementPages(deps: WebDeps): Router {
  const router = Router();
  const on = handlersWith(deps);
  router.get(HOME, on(showStatements));
  router.get(ONE, on(askStatement));
  router.post(ONE, on(keepStatement));
  router.post(`${ONE}/end`, on(end));
  router.get(`${ONE}/unsigned`, on(showUnsigned));
  router.get('/organisations/:id/people/:membershipId/acknowledgements', on(showSigned));
  return router;
}

async function showStatements({ show, clock }: WebDeps, req: Request, res: Response): Promise<void> {
  const { organisation, actor } = await organisationToOpen(
    actorOf(req),
    req.params.id,
    'organisation.manage',
  );
  const page = await statementsPage(organisation.id, { actor, now: clock() });
  const values = { organisation: organisationHead(organisation, actor), ...page };
  show(req, res, 'teaching/learning/acknowledgements/list', values, { nav: navFor(actor) });
}

async function askStatement(deps: WebDeps, req: Request, res: Response): Promise<void> {
  await form(deps, req, res, {});
}

async function keepStatement(deps: WebDeps, req: Request, res: Response): Promise<void> {
  const { organisation, actor, course, home } = await load(deps.clock, req, 'organisation.administer');
  const read = readStatement(req.body);
  if (!read.ok) return form(deps, req, res, read.errors);
  const of = { organisationId: organisation.id, courseSlug: course.slug, locale: read.value.locale };
  await askToSign(of, read.value.text, { actorId: actor.id, now: deps.clock() });
  res.redirect(303, `${home}?done=acknowledgement-asked`);
}

async function form({ show, clock }: WebDeps, req: Request, res: Response, errors: Record<string, string>) {
  const { organisation, actor, course, home } = await load(clock, req, 'organisation.administer');
  const asked = await statementsOfCourse(organisation.id, course.slug);
  const language = typed(req.query, 'language') || (asked.length === 0 ? organisation.locale : '');
  const text =
    asked.find(({ locale }) => locale === language)?.text ??
    spoken('acknowledgement.default', { course: course.snapshot.title });
  const values = {
    organisation: organisationHead(organisation, actor),
    ...{ back: home, action: `${home}/${course.slug}`, course: course.snapshot.title, errors },
    values: req.method === 'POST' ? typedStatement(req.body) : { language, text },
  };
  const status = Object.keys(errors).length > 0 ? 422 : 200;
  show(req, res, 'teaching/learning/acknowledgements/statement', values, { status, nav: navFor(actor) });
}

async function end({ clock }: WebDeps, req: Request, res: Response): Promise<void> {
  const { organisation, actor, course, home } = await load(clock, req, 'organisation.administer');
  const of = {
    organisationId: organisation.id,
    courseSlug: course.slug,
    locale: typed(req.body, 'language'),
  };
  await stopAsking(of, { actorId: actor.id, now: clock() });
  res.redirect(303, `${home}?done=acknowledgement-ended`);
}

async function showUnsigned({ show, clock }: WebDeps, req: Request, res: Response): Promise<void> {
  const { organisation, actor, course, home } = await load(clock, req, 'organisation.manage');
  const people = await unsignedPage(actor, organisation, course.slug);
  const head = { organisation: organisationHead(organisation, actor), back: home };
  const values = { ...head, course: course.snapshot.title, ...people };
  show(req, res, 'teaching/learning/acknowledgements/unsigned', values, { nav: navFor(actor) });
}

/** What one person has signed, word for word, to be read or printed. */
async function showSigned({ show, clock }: WebDeps, req: Request, res: Response): Promise<void> {
  const open = await openMember(actorOf(req), req.params, { now: clock(), action: 'person.see' });
  const { organisation, actor, name, member } = open;
  const courses = await currentCourses();
  const signed = member.userId === null ? [] : await signedBy(organisation.id, member.userId);
  const values = {
    organisation: organisationHead(organisation, actor),
    ...{ back: `/organisations/${organisation.id}/people/${member.id}`, name },
    signed: signed.map(each => ({
      course: courses.find(({ slug }) => slug === each.courseSlug)?.snapshot.title ?? each.courseSlug,
      ...signedValues(each, organisation.timeZone),
      paper: `/organisations/${organisation.id}/people/${member.id}/acknowledgements/${each.id}.pdf`,
    })),
  };
  show(req, res, 'teaching/learning/acknowledgements/signed', values, { nav: navFor(actor) });
}

/** The course in the address, for whoever may do this in the organisation; 404 for everybody else. */
async function load(
  clock: WebDeps['clock'],
  req: Request,
  action: 'organisation.manage' | 'organisation.administer',
) {
  const { organisation, actor } = await organisationToOpen(actorOf(req), req.params.id, action);
  const course = (await coursesOpenTo(organisation.id, clock())).find(
    ({ slug }) => slug === req.params.course,
  );
  if (!course) throw new NotFound();
  return { organisation, actor, course, home: `/organisations/${organisation.id}/evidence/acknowledgements` };
}
