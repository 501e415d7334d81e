import { Router, type Request, type Response } from 'express';
import { currentCourses } from '../../../../teaching/courses/catalogue.js';
import type { WebDeps } from '../../../../platform/http/deps.js';
import { handlersWith } from '../../../../platform/http/handlers.js';
import { actorOf } from '../../../../platform/http/page.js';
import { hereIn, spoken } from '../../../../platform/i18n/spoken.js';
import { paperSizeOf } from '../../../../people/organisations/certificate-settings.js';
import { navFor } from '../../../../people/organisations/navigation.js';
import { organisationHead } from '../../../../people/organisations/organisation-tabs.js';
import { organisationToOpen } from '../../../../people/organisations/settings/open-organisation.js';
import { openTree, unitsSeen } from '../../../../people/organisations/units/open-tree.js';
import { isToFindUnit, unitChoice, unitQuery } from '../../../../people/organisations/units/unit-choice.js';
import { unitOptions } from '../../../../people/organisations/units/unit-options.js';
import { askForFile, sealedFilesOf, sealedPath } from '../../sealed/sealed-files.js';
import { sealedRows } from '../../sealed/sealed-page.js';
import { certificatePapers } from './certificate-papers.js';
import { blankPapers, readPapers, typedPapers } from './papers-form.js';
import { countStanding } from './standing-certificates.js';

const HOME = '/organisations/:id/evidence/papers';
/** Files in the list below the form. */
const LISTED = 20;

/** Many certificates on paper at once, for those who manage the whole organisation. */
export function paperRoutes(deps: WebDeps): Router {
  const router = Router();
  const on = handlersWith(deps);
  router.get(HOME, on(showForm));
  router.post(HOME, on(ask));
  return router;
}

async function showForm(deps: WebDeps, req: Request, res: Response): Promise<void> {
  const { organisation } = await load(deps, req);
  await page(deps, req, res, { values: blankPapers(await paperSizeOf(organisation.id)), errors: {} });
}

async function ask(deps: WebDeps, req: Request, res: Response): Promise<void> {
  const { organisation, actor, units, courses } = await load(deps, req);
  const values = typedPapers(req.body);
  if (isToFindUnit(req.body)) return page(deps, req, res, { values, errors: {} });
  const { timeZone, id: organisationId } = organisation;
  const known = { unitIds: units.map(({ value }) => value), courses: courses.map(({ value }) => value) };
  const read = readPapers(req.body, { ...known, timeZone });
  if (!read.ok) return page(deps, req, res, { values, errors: read.errors });
  const { params } = read;
  const now = deps.clock();
  if ((await countStanding({ ...params, organisationId, knownAt: now })) === 0)
    return page(deps, req, res, { values, errors: { unit: spoken('evidence.papers.error.none') } });
  const id = await askForFile(certificatePapers, { organisationId, params }, { actorId: actor.id, now });
  await deps.settle();
  res.redirect(303, sealedPath({ id, organisationId }));
}

interface Shown {
  readonly values: ReturnType<typeof typedPapers>;
  readonly errors: Record<string, string>;
}

async function page(deps: WebDeps, req: Request, res: Response, { values, errors }: Shown): Promise<void> {
  const { organisation, actor, units, courses } = await load(deps, req);
  const { id: organisationId, timeZone } = organisation;
  const everything = { unitId: null, course: null, since: null, until: null };
  const count = await countStanding({ ...everything, organisationId, knownAt: deps.clock() });
  const files = await sealedFilesOf(organisationId, { kinds: [certificatePapers.kind], limit: LISTED });
  const hub = `/organisations/${organisationId}/evidence`;
  const shown = {
    ...{ organisation: organisationHead(organisation, actor), hub, action: `${hub}/papers`, values, errors },
    ...{ courses, count: spoken('evidence.papers.count', { count }) },
    units: unitChoice(units, { chosen: values.unit, query: unitQuery(req.body) }),
    files: sealedRows(files, { t: spoken, place: hereIn(timeZone) }),
  };
  const status = Object.keys(errors).length > 0 ? 422 : 200;
  deps.show(req, res, 'proof/reports/evidence/papers', shown, { status, nav: navFor(actor) });
}

async function load({ clock }: WebDeps, req: Request) {
  const opened = await organisationToOpen(actorOf(req), req.params.id, 'organisation.manage');
  const tree = await openTree(opened.actor, opened.organisation.id, clock());
  const units = await unitOptions(opened.organisation.id, unitsSeen(tree, tree.today));
  const courses = await currentCourses();
  return {
    ...opened,
    units,
    courses: courses.map(({ slug, snapshot }) => ({ value: slug, label: snapshot.title })),
  };
}
