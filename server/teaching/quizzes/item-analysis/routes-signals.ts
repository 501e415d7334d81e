import { Router, type Request, type Response } from 'express';
import { NotFound } from '../../../errors.js';
import type { WebDeps } from '../../../platform/http/deps.js';
import { csvRoutes, exportCsv } from '../../../platform/http/files/exported-csv.js';
import { typed } from '../../../platform/http/forms.js';
import { handlersWith } from '../../../platform/http/handlers.js';
import { navFor } from '../../../people/organisations/navigation.js';
import { actorOf } from '../../../platform/http/page.js';
import { spoken } from '../../../platform/i18n/spoken.js';
import { chosenOrganisation } from '../../../people/organisations/chosen.js';
import { signedIn } from '../../../policy.js';
import { isStillCounting } from '../../../platform/sums/uncounted.js';
import { QUIZZES } from './kept/sum-names.js';
import { coursesTaken, courseSignals } from './signals/signals-course.js';
import { signalsTable } from './signals/signals-csv.js';
import { signalsValues, organisationLinks } from './signals/signals-page.js';
import { takingOrganisations } from './taken-quizzes.js';

type Deps = Pick<WebDeps, 'show' | 'clock'>;

/**
 * How people judge situations, by course and quiz: hits, misses, false alarms, answers by looks. Administrators see the
 * figures of everybody or of one organisation, managers those of their own people.
 */
export function signals(deps: Deps): Router {
  const router = Router();
  const on = handlersWith(deps);
  router.get('/admin/signals', on(listCourses));
  router.get('/admin/signals/:course', on(showCourse));
  csvRoutes(router, '/admin/signals/:course/signals.csv', on(sendSignals));
  return router;
}

async function listCourses({ show }: Deps, req: Request, res: Response): Promise<void> {
  const { isAdministrator, organisations, current } = await viewed(req);
  const values = {
    organisations: organisationLinks({ organisations, current, withEverybody: isAdministrator }, spoken),
    courses: await coursesTaken(current?.id),
    isCounting: await isStillCounting(QUIZZES),
  };
  show(req, res, 'teaching/quizzes/item-analysis/signals', values, { nav: navFor(actorOf(req)) });
}

async function showCourse({ show }: Deps, req: Request, res: Response): Promise<void> {
  const { course, organisation } = await load(req);
  const isCounting = await isStillCounting(QUIZZES);
  const values = { ...signalsValues(course, organisation, spoken), isCounting };
  show(req, res, 'teaching/quizzes/item-analysis/signals-course', values, { nav: navFor(actorOf(req)) });
}

async function sendSignals({ clock }: Deps, req: Request, res: Response): Promise<void> {
  const { course, organisation } = await load(req);
  const file = { kind: 'judgement-figures', name: `${course.slug}-signals.csv` } as const;
  const by = { actorId: signedIn(actorOf(req)).id, organisationId: organisation?.id ?? null, clock };
  await exportCsv(
    { req, res },
    { ...file, filters: { courseSlug: course.slug }, ...signalsTable(course) },
    by,
  );
}

/** The organisations to choose from, and the one whose answers are counted: null for everybody's. */
const viewed = (req: Request) =>
  chosenOrganisation(signedIn(actorOf(req)), typed(req.query, 'organisation'), takingOrganisations);

async function load(req: Request) {
  const { current } = await viewed(req);
  const course = await courseSignals(String(req.params.course), current?.id);
  if (!course) throw new NotFound();
  return { course, organisation: current ?? null };
}
