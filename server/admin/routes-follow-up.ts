import { Router, type Request } from 'express';
import { currentCourses } from '../courses/catalogue.js';
import { NotFound } from '../errors.js';
import { figuresOf } from '../follow-up/figures.js';
import { measuredOrganisations } from '../follow-up/queries.js';
import type { WebDeps } from '../http/deps.js';
import { typed } from '../http/forms.js';
import { actorOf } from '../http/page.js';
import { spoken } from '../i18n/spoken.js';
import { authorise } from '../policy.js';
import { followUpCsv, followUpTable } from './follow-up-page.js';

/** What people know before a course, after it and later: a table for each course, and all of it as a file. */
export function followUpFigures({ show, config }: Pick<WebDeps, 'show' | 'config'>): Router {
  const router = Router();
  const t = spoken;
  const guard = (req: Request) => authorise(actorOf(req), 'installation.administer', config);

  router.get('/admin/follow-up', async (req, res) => {
    guard(req);
    const { organisations, current } = await asked(req);
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
    show(req, res, 'admin/follow-up', values, { nav: 'admin' });
  });

  router.get('/admin/follow-up.csv', async (req, res) => {
    guard(req);
    const { current } = await asked(req);
    res
      .set('Content-Type', 'text/csv; charset=utf-8; header=present')
      .set('Content-Disposition', 'attachment; filename="before-and-after.csv"')
      .set('Cache-Control', 'no-store')
      .end(followUpCsv(current ? await figuresOf(current.id) : []));
  });

  return router;
}

/** The organisations with figures, and the one that is asked for: the first when none is. 404 for one without. */
async function asked(req: Request) {
  const organisations = await measuredOrganisations();
  const id = typed(req.query, 'organisation');
  const current = id === '' ? organisations[0] : organisations.find(each => each.id === id);
  if (id !== '' && !current) throw new NotFound();
  return { organisations, current: current ?? null };
}
