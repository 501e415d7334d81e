import type { NextFunction, Request, Response } from 'express';
import { findCertificate } from '../../../proof/certificates/queries.js';
import { courseVersion } from '../../courses/catalogue.js';
import { typed } from '../../../platform/http/forms.js';
import { actorOf } from '../../../platform/http/page.js';
import { scopeOf } from '../../../platform/http/security/session-cookie.js';
import type { Actor } from '../../../policy.js';
import { findAttempt } from '../../quizzes/attempts/attempts.js';
import { addresses } from '../cycle-addresses.js';
import { cycleIn, findCycle } from '../enrolments.js';

/**
 * Whoever came by a link for one course is a visitor everywhere else: nothing of theirs opens outside it, whatever the page.
 * Their list of courses is the course.
 */
export function withinOneCourse(req: Request, res: Response, next: NextFunction): void | Promise<void> {
  const slug = scopeOf(req);
  const actor = actorOf(req);
  if (slug === null || !actor || LEAVING.includes(req.path)) return next();
  return within(slug, actor)(req, res, next);
}

/** By itself, since few requests come to it, and waiting for what is there already costs each of the others. */
const within = (slug: string, actor: Actor) => async (req: Request, res: Response, next: NextFunction) => {
  if (req.method === 'GET' && req.path === '/learning') {
    const cycle = await cycleIn(actor.id, slug);
    return res.redirect(303, cycle ? addresses(cycle.id).course : `/courses/${slug}`);
  }
  if ((await courseIn(req)) !== slug) delete req.user;
  next();
};

const LEAVING = ['/sign-out', '/exit'];

/** The course that an address is about; null: it is about something else. */
async function courseIn(req: Request): Promise<string | null> {
  const [, room = '', id = ''] = req.path.split('/');
  if (room === 'courses') return id;
  if (room === 'learning') return id === '' ? typed(req.body, 'course') : courseOf(id);
  if (room === 'attempts') return courseOf((await findAttempt(id))?.cycleId);
  if (room === 'certificates') return courseOf((await findCertificate(id))?.cycleId);
  return null;
}

async function courseOf(cycleId: string | undefined): Promise<string | null> {
  const cycle = await findCycle(cycleId);
  return cycle && (await courseVersion(cycle.courseVersionId)).slug;
}
