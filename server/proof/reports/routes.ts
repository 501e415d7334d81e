import { Router, type Request, type Response } from 'express';
import type { WebDeps } from '../../platform/http/deps.js';
import { csvRoutes, exportCsv } from '../../platform/http/files/exported-csv.js';
import { listPlace, typedDay } from '../../platform/http/forms.js';
import { handlersWith } from '../../platform/http/handlers.js';
import { actorOf } from '../../platform/http/page.js';
import { navFor } from '../../people/organisations/navigation.js';
import { unitQuery } from '../../people/organisations/units/unit-choice.js';
import { openStandings } from './open-standings.js';
import { otherDay, otherDayPage } from './other-day.js';
import { overviewPage } from './overview-page.js';
import type { StandingFilters } from './standing-filters.js';
import { differencesPage } from './standing-differences.js';
import { standingsTable } from './standings-csv.js';

const HOME = '/organisations/:id/standings';

/** How the people of an organisation stand with what is required of them, for those who manage them. */
export function standingRoutes(deps: WebDeps): Router {
  const router = Router();
  const on = handlersWith(deps);
  router.get(HOME, on(showOverview));
  csvRoutes(router, `${HOME}.csv`, on(sendList));
  router.get(`${HOME}/day`, on(chooseDay));
  router.get(`${HOME}/differences`, on(showDifferences));
  return router;
}

async function showOverview({ show, clock }: WebDeps, req: Request, res: Response): Promise<void> {
  const open = await load(clock, req);
  const values = await overviewPage(open, { after: listPlace(req.query), query: unitQuery(req.query) });
  show(req, res, 'proof/reports/overview', values, { nav: navFor(open.actor) });
}

/** The list as a file, written part by part. */
async function sendList({ clock }: WebDeps, req: Request, res: Response): Promise<void> {
  const open = await load(clock, req);
  const file = {
    kind: 'standings',
    name: `standings-${open.day}.csv`,
    filters: chosenIn(open.filters),
  } as const;
  const by = { actorId: open.actor.id, organisationId: open.organisation.id, clock };
  await exportCsv({ req, res }, { ...file, ...standingsTable(open) }, by);
}

/** The filters that are set. */
const chosenIn = (filters: StandingFilters): Record<string, string> =>
  Object.fromEntries(Object.entries(filters).filter(([, value]) => value !== null)) as Record<string, string>;

/** Asks for another day; once it is there, leads to it. */
async function chooseDay({ show, clock }: WebDeps, req: Request, res: Response): Promise<void> {
  const open = await load(clock, req);
  const nav = navFor(open.actor);
  if (!('on-year' in req.query))
    return show(req, res, 'proof/reports/day', otherDayPage(open, null, {}), { nav });
  const days = { on: typedDay(req.query, 'on'), known: typedDay(req.query, 'known') };
  const { href, errors } = otherDay(open, days);
  if (errors)
    return show(req, res, 'proof/reports/day', otherDayPage(open, days, errors), { status: 422, nav });
  res.redirect(303, href);
}

async function showDifferences({ show, clock }: WebDeps, req: Request, res: Response): Promise<void> {
  const open = await load(clock, req);
  const values = await differencesPage(open, listPlace(req.query));
  show(req, res, 'proof/reports/differences', values, { nav: navFor(open.actor) });
}

const load = (clock: WebDeps['clock'], req: Request) =>
  openStandings(actorOf(req), { id: req.params.id, query: req.query, now: clock() });
