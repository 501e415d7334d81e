import { Router, type Request, type Response } from 'express';
import { currentCourses } from '../../../teaching/courses/catalogue.js';
import { coursesOpenTo } from '../../../teaching/courses/grants.js';
import { NotFound } from '../../../errors.js';
import type { WebDeps } from '../../../platform/http/deps.js';
import { handlersWith } from '../../../platform/http/handlers.js';
import { newOnce, onceIn } from '../../../platform/http/once.js';
import { actorOf } from '../../../platform/http/page.js';
import { isId } from '../../../platform/lib/ids.js';
import { qrPath } from '../../../platform/lib/qr-path.js';
import { can } from '../../../policy.js';
import { linksHome } from '../course-links/links-page.js';
import { navFor } from '../navigation.js';
import { organisationHead } from '../organisation-tabs.js';
import { openTree, unitsSeen, type OpenTree } from '../units/open-tree.js';
import { isToFindUnit, unitChoice, unitQuery } from '../units/unit-choice.js';
import { unitOptions } from '../units/unit-options.js';
import { emptyCode, readCode, typedCode } from './code-form.js';
import { joinPath } from './code-text.js';
import { codesHome, codeValues } from './codes-page.js';
import { codesOf, codeWithId, endJoinCode, makeJoinCode, type JoinCodeFacts } from './join-codes.js';

const HOME = '/organisations/:id/joining';

/** Codes and posters by which people join: for those who manage an organisation or, of their own units, a unit. */
export function joinCodePages(deps: WebDeps): Router {
  const router = Router();
  const on = handlersWith(deps);
  router.get(HOME, on(listCodes));
  router.get(`${HOME}/new`, on(askForCode));
  router.post(`${HOME}/new`, on(makeCode));
  router.post(`${HOME}/:code/end`, on(endCode));
  router.get(`${HOME}/:code/poster`, on(showPoster));
  return router;
}

async function listCodes({ show, clock }: WebDeps, req: Request, res: Response): Promise<void> {
  const open = await load(req, clock());
  const { organisation, actor } = open;
  const titles = new Map((await currentCourses()).map(({ slug, snapshot }) => [slug, snapshot.title]));
  const codes = (await codesOf(organisation.id)).filter(code => keeps(open, code.unitId));
  const values = {
    organisation: organisationHead(organisation, actor),
    make: `${codesHome(organisation.id)}/new`,
    linksHref: linksHome(organisation.id),
    codes: codes.map(code => codeValues(code, titles.get(code.courseSlug ?? '') ?? null, clock())),
  };
  show(req, res, 'people/organisations/joining/codes', values, { nav: navFor(actor) });
}

async function askForCode(deps: WebDeps, req: Request, res: Response): Promise<void> {
  const { units } = await load(req, deps.clock());
  await page(deps, req, res, {
    values: emptyCode(units.length === 1 ? (units[0]?.id ?? '') : ''),
    errors: {},
  });
}

async function makeCode(deps: WebDeps, req: Request, res: Response): Promise<void> {
  const now = deps.clock();
  const { organisation, actor, today, isWhole, units } = await load(req, now);
  const values = typedCode(req.body);
  if (isToFindUnit(req.body)) return page(deps, req, res, { values, errors: {} });
  const form = readCode(req.body, {
    today,
    units: [...(isWhole ? [''] : []), ...units.map(({ id }) => id)],
    courses: (await coursesOpenTo(organisation.id, now)).map(({ slug }) => slug),
  });
  if (!form.ok) return page(deps, req, res, { values, errors: form.errors });
  const by = { organisationId: organisation.id, actorId: actor.id, now };
  await makeJoinCode(form.value, by, onceIn(req.body));
  res.redirect(303, `${codesHome(organisation.id)}?done=join-code-made`);
}

async function endCode({ clock }: WebDeps, req: Request, res: Response): Promise<void> {
  const { organisation, actor, code } = await loadCode(req, clock());
  await endJoinCode(code.id, { organisationId: organisation.id, actorId: actor.id, now: clock() });
  res.redirect(303, `${codesHome(organisation.id)}?done=join-code-ended`);
}

/** The poster, to be printed from the browser. */
async function showPoster({ show, clock, config }: WebDeps, req: Request, res: Response): Promise<void> {
  const { organisation, actor, code } = await loadCode(req, clock());
  const course = (await currentCourses()).find(({ slug }) => slug === code.courseSlug);
  const address = `${config.baseUrl}/join`;
  const values = {
    ...codeValues(code, course?.snapshot.title ?? null, clock()),
    organisation: organisation.name,
    unit: code.unit,
    back: codesHome(organisation.id),
    address: address.replace(/^https?:\/\//, ''),
    qr: qrPath(`${config.baseUrl}${joinPath(code.code)}`),
  };
  show(req, res, 'people/organisations/joining/poster', values, { nav: navFor(actor) });
}

/** An organisation whose codes somebody keeps: all of them, or those of the units that they manage. */
interface Open extends OpenTree {
  readonly isWhole: boolean;
  readonly units: ReturnType<typeof unitsSeen>;
}

async function load(req: Request, now: number): Promise<Open> {
  const tree = await openTree(actorOf(req), req.params.id, now);
  const isWhole = can(tree.actor, 'organisation.manage', { organisationId: tree.organisation.id });
  return { ...tree, isWhole, units: unitsSeen(tree, tree.today) };
}

const keeps = ({ isWhole, units }: Open, unitId: string | null): boolean =>
  isWhole || units.some(({ id }) => id === unitId);

async function loadCode(req: Request, now: number): Promise<Open & { readonly code: JoinCodeFacts }> {
  const open = await load(req, now);
  const code = isId(req.params.code) ? await codeWithId(req.params.code) : null;
  if (code?.organisationId !== open.organisation.id || !keeps(open, code.unitId)) throw new NotFound();
  return { ...open, code };
}

/** The form, as it was filled in. */
interface Filled {
  readonly values: ReturnType<typeof typedCode>;
  readonly errors: Record<string, string>;
}

async function page(deps: WebDeps, req: Request, res: Response, { values, errors }: Filled): Promise<void> {
  const { organisation, actor, isWhole, units } = await load(req, deps.clock());
  const options = await unitOptions(organisation.id, units);
  const courses = await coursesOpenTo(organisation.id, deps.clock());
  const shown = {
    organisation: organisationHead(organisation, actor),
    back: codesHome(organisation.id),
    ...{ values, errors, isWhole, once: newOnce() },
    units: unitChoice(options, { chosen: values.unit, query: unitQuery(req.body) }),
    courses: courses.map(({ slug, snapshot }) => ({ value: slug, label: snapshot.title })),
  };
  const status = Object.keys(errors).length > 0 ? 422 : 200;
  deps.show(req, res, 'people/organisations/joining/new', shown, { status, nav: navFor(actor) });
}
