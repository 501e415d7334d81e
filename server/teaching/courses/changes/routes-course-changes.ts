import { Router, type Request, type Response } from 'express';
import { z } from 'zod';
import { NotFound } from '../../../errors.js';
import type { WebDeps } from '../../../platform/http/deps.js';
import { parseForm, typed } from '../../../platform/http/forms.js';
import { handlersWith } from '../../../platform/http/handlers.js';
import { actorOf } from '../../../platform/http/page.js';
import { administratorsOnly } from '../../../platform/http/security/guards.js';
import { formatDate } from '../../../platform/i18n/i18n.js';
import { hereIn, spoken } from '../../../platform/i18n/spoken.js';
import { signedIn } from '../../../policy.js';
import { currentCourse, currentCourses, type PublishedCourse } from '../catalogue.js';
import { proposedFor, proposeChange } from './course-changes.js';

const HOME = '/admin/course-changes';

/** Whoever publishes says of each version whether those who know an earlier one should learn it again. */
export function courseChangePages(deps: WebDeps): Router {
  const router = Router();
  const on = handlersWith(deps);
  router.use(HOME, administratorsOnly(deps.config));
  router.get(HOME, on(list));
  router.get(`${HOME}/:course`, on(ask));
  router.post(`${HOME}/:course`, on(propose));
  return router;
}

const form = z.object({
  kind: z.enum(['minor', 'material'], 'courseChanges.error.kind'),
  says: z
    .string('courseChanges.error.says')
    .trim()
    .min(10, 'courseChanges.error.says')
    .max(300, 'courseChanges.error.says'),
});

async function list({ show, config }: WebDeps, req: Request, res: Response): Promise<void> {
  const place = hereIn(config.timeZone);
  const courses = await Promise.all(
    (await currentCourses()).map(async ({ versionId, slug, number, publishedAt, snapshot }) => {
      const change = await proposedFor(versionId);
      return {
        title: snapshot.title,
        version: spoken('courseChanges.version', { number, date: formatDate(publishedAt, place) }),
        kind: change?.kind ?? null,
        says: change?.says ?? null,
        href: change ? null : `${HOME}/${slug}`,
      };
    }),
  );
  show(req, res, 'teaching/courses/changes', { courses }, { nav: 'admin' });
}

async function ask(deps: WebDeps, req: Request, res: Response): Promise<void> {
  const course = await load(req);
  if (await proposedFor(course.versionId)) return res.redirect(303, HOME);
  page(deps, req, res, course, { values: { kind: '', says: '' }, errors: {} });
}

async function propose(deps: WebDeps, req: Request, res: Response): Promise<void> {
  const course = await load(req);
  const read = parseForm(form, req.body, spoken);
  const values = { kind: typed(req.body, 'kind'), says: typed(req.body, 'says') };
  if (!read.ok) return page(deps, req, res, course, { values, errors: read.errors });
  const by = { actorId: signedIn(actorOf(req)).id, now: deps.clock() };
  await proposeChange(course, read.value, by);
  res.redirect(303, `${HOME}?done=change-proposed`);
}

/** The course that the address names. */
async function load(req: Request): Promise<PublishedCourse> {
  const course = await currentCourse(String(req.params.course));
  if (!course) throw new NotFound();
  return course;
}

interface Sent {
  readonly values: { readonly kind: string; readonly says: string };
  readonly errors: Record<string, string>;
}

function page(
  { show }: WebDeps,
  req: Request,
  res: Response,
  { slug, number, snapshot }: PublishedCourse,
  { values, errors }: Sent,
): void {
  const shown = { title: snapshot.title, number, action: `${HOME}/${slug}`, back: HOME, values, errors };
  const status = Object.keys(errors).length > 0 ? 422 : 200;
  show(req, res, 'teaching/courses/change', shown, { status, nav: 'admin' });
}
