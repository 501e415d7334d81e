import type { Request, Response } from 'express';
import { courseMinutes } from '../../courses/cards.js';
import { courseVersion } from '../../courses/catalogue.js';
import type { WebDeps } from '../../../platform/http/deps.js';
import { requiredLessons } from '../completion.js';
import { addresses } from '../cycle-addresses.js';
import { isFree } from './newer-version.js';
import { loadWithTries } from '../routes-load.js';
import { isOnShorterPath } from './shorter-path.js';
import { takeWholeCourse } from './whole-course.js';

/** What the whole course asks for in place of its shorter path, before anything changes. */
export async function showWholeCourse(deps: WebDeps, req: Request, res: Response): Promise<void> {
  const { cycle, course, progress } = await loadWithTries(req, deps);
  if (!isOnShorterPath(cycle)) return res.redirect(303, addresses(cycle.id).course);
  const whole = (await courseVersion(cycle.courseVersionId)).snapshot;
  const values = {
    title: whole.title,
    minutes: courseMinutes(whole),
    shorter: courseMinutes(course.snapshot),
    lessons: whole.modules.reduce((sum, module) => sum + requiredLessons(module).length, 0),
    modules: whole.modules.length,
    isFree: isFree(progress),
    action: addresses(cycle.id).wholeCourse,
    back: addresses(cycle.id).course,
  };
  deps.show(req, res, 'teaching/learning/whole-course', values, { nav: 'learning' });
}

/** Go on with the whole course. */
export async function goOnWithWhole(deps: WebDeps, req: Request, res: Response): Promise<void> {
  const { cycle, progress } = await loadWithTries(req, deps);
  if (isOnShorterPath(cycle) && !isFree(progress)) return res.redirect(303, addresses(cycle.id).wholeCourse);
  await takeWholeCourse(cycle, deps.clock());
  res.redirect(303, addresses(cycle.id).course);
}
