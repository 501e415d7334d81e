import { Router, type Request } from 'express';
import { currentCourses } from '../courses/catalogue.js';
import { figuresOf } from './figures.js';
import { measuredOrganisations } from './counted-units.js';
import type { WebDeps } from '../http/deps.js';
import { typed } from '../http/forms.js';
import { actorOf } from '../http/page.js';
import { signedIn } from '../policy.js';
import { spoken } from '../i18n/spoken.js';
import { navFor } from '../http/navigation.js';
import { chosenOrganisation } from '../organisations/chosen.js';
import { followUpCsv, followUpTable } from './figures-page.js';

/** What people know before a course, after it and later: a table for each course, and all of it as a file. */
export function followUpFigures({ show }: Pick<WebDeps, 'show'>): Router {
  const router = Router();
  const t = spoken;

  router.get('/admin/follow-up', async (req, res) => {
    const { organisations, current } = await shown(req);
    const figures = current ? await figuresOf(current.id) : [];
    const courses = await currentCourses();
    const values = {
      organisations: organisations.map(({ id, name }) => ({
        name,
        href: `/admin/follow-up?organisation=${id}`,
        isCurrent: id === current?.id,
      })),
      courses: courses
        .map(({ slug, snapshot }) =>
          followUpTable(
            snapshot,
            figures.filter(({ courseSlug }) => courseSlug === slug),
            t,
          ),
        )
        .filter(({ rows }) => rows.length > 0),
      file: current && `/admin/follow-up.csv?organisation=${current.id}`,
    };
    show(req, res, 'follow-up/figures', values, { nav: navFor(actorOf(req)) });
  });

  router.get('/admin/follow-up.csv', async (req, res) => {
    const { current } = await shown(req);
    res
      .set('Content-Type', 'text/csv; charset=utf-8; header=present')
      .set('Content-Disposition', 'attachment; filename="before-and-after.csv"')
      .set('Cache-Control', 'no-store')
      .end(followUpCsv(current ? await figuresOf(current.id) : []));
  });

  return router;
}

/** The organisations to choose from, and the one that is asked for: the first when none is. */
async function shown(req: Request) {
  const { organisations, current } = await chosenOrganisation(
    signedIn(actorOf(req)),
    typed(req.query, 'organisation'),
    measuredOrganisations,
  );
  return { organisations, current: current ?? organisations[0] ?? null };
}
