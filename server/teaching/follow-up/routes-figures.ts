import { Router, type Request, type Response } from 'express';
import { currentCourses } from '../courses/catalogue.js';
import type { WebDeps } from '../../platform/http/deps.js';
import { csvRoutes, exportCsv } from '../../platform/http/files/exported-csv.js';
import { typed } from '../../platform/http/forms.js';
import { handlersWith } from '../../platform/http/handlers.js';
import { navFor } from '../../people/organisations/navigation.js';
import { actorOf } from '../../platform/http/page.js';
import { spoken } from '../../platform/i18n/spoken.js';
import { chosenOrganisation } from '../../people/organisations/chosen.js';
import { signedIn } from '../../policy.js';
import { isStillCounting } from '../../platform/sums/uncounted.js';
import { GAINS, measuredOrganisations } from './gains/counted-gains.js';
import { followUpTable, followUpTables } from './gains/gain-page.js';
import { figuresOf } from './gains/gain-figures.js';

/** What people know before a course, after it and later: a table for each course, and all of it as a file. */
export function followUpFigures(deps: Pick<WebDeps, 'show' | 'clock'>): Router {
  const router = Router();
  const on = handlersWith(deps);
  router.get('/admin/follow-up', on(showFigures));
  csvRoutes(router, '/admin/follow-up.csv', on(sendFigures));
  return router;
}

async function showFigures({ show }: Pick<WebDeps, 'show'>, req: Request, res: Response): Promise<void> {
  const { organisations, current } = await chosen(req);
  const figures = current ? await figuresOf(current.id) : [];
  const courses = (await currentCourses()).map(({ snapshot }) => snapshot);
  const values = {
    organisations: organisations.map(({ id, name }) => ({
      name,
      href: `/admin/follow-up?organisation=${id}`,
      isCurrent: id === current?.id,
    })),
    courses: followUpTables(courses, figures, spoken),
    isCounting: await isStillCounting(GAINS),
    file: current && `/admin/follow-up.csv?organisation=${current.id}`,
  };
  show(req, res, 'teaching/follow-up/figures', values, { nav: navFor(actorOf(req)) });
}

async function sendFigures({ clock }: Pick<WebDeps, 'clock'>, req: Request, res: Response): Promise<void> {
  const { current } = await chosen(req);
  const table = followUpTable(current ? await figuresOf(current.id) : []);
  const by = { actorId: signedIn(actorOf(req)).id, organisationId: current?.id ?? null, clock };
  await exportCsv({ req, res }, { kind: 'before-and-after', name: 'before-and-after.csv', ...table }, by);
}

/** The organisations to choose from, and the chosen one: the first when none is asked for. Only for whoever may see figures. */
async function chosen(req: Request) {
  const { organisations, current } = await chosenOrganisation(
    signedIn(actorOf(req)),
    typed(req.query, 'organisation'),
    measuredOrganisations,
  );
  return { organisations, current: current ?? organisations[0] ?? null };
}
