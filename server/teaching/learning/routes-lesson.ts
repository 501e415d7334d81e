import type { Request, Response } from 'express';
import type { SnapshotLesson, SnapshotModule } from '../content/snapshot.js';
import { NotFound } from '../../errors.js';
import type { WebDeps } from '../../platform/http/deps.js';
import { wantsPage } from '../../platform/http/error-pages.js';
import { asksForCopy } from '../../platform/http/page.js';
import { spoken } from '../../platform/i18n/spoken.js';
import { jobNamed } from '../questions/jobs.js';
import { lessonKey } from './completion.js';
import { addresses } from './cycle-addresses.js';
import { onward } from './next-up.js';
import type { LessonAnswer } from './pages/lesson-parts.js';
import { following, lessonPage } from './pages/lesson-page.js';
import { finishLesson } from './progress.js';
import { lessonIn, load, moduleIn, withNextTry, type LoadedCycle } from './routes-load.js';

/** One lesson. */
export const showLesson = (deps: WebDeps, req: Request, res: Response): Promise<void> =>
  show(deps, req, res, null);

/** Something that a lesson asks: answered on the page, never stored, never scored; asked again where something is left. */
export const answerCheck = (deps: WebDeps, req: Request, res: Response): Promise<void> =>
  show(deps, req, res, { id: String(req.params.check), form: req.body });

/** Read to the end. Scripts are told where the way goes on; forms are led there. */
export async function completeLesson(deps: WebDeps, req: Request, res: Response): Promise<void> {
  const loaded = await load(req);
  const module = moduleIn(loaded.course, req.params.module);
  const lesson = lessonIn(module, req.params.lesson);
  await finishLesson(loaded.cycle, { module: module.slug, lesson: lesson.name }, deps.clock());
  const next = await hrefAfter(loaded, module, lesson, deps);
  if (wantsPage(req)) return res.redirect(303, next);
  res.set('Cache-Control', 'no-store').json({ finished: true, next });
}

async function show(deps: WebDeps, req: Request, res: Response, answer: LessonAnswer | null): Promise<void> {
  const loaded = await load(req);
  const { cycle, course, progress } = loaded;
  const module = moduleIn(course, req.params.module);
  const lesson = lessonIn(module, req.params.lesson);
  const isCopy = asksForCopy(req);
  // Without a connection the button of a last lesson leads to the copy of the course (marks.js).
  const titleAfter = isCopy
    ? (following(module, lesson)?.title ?? course.snapshot.title)
    : await titleAfterLesson(loaded, module, lesson, deps);
  const page = lessonPage({
    ...{ cycleId: cycle.id, course, module, lesson, progress, job: jobNamed(cycle.job) },
    ...{ answer, isCopy, titleAfter },
  });
  if (!page) throw new NotFound();
  deps.show(req, res, 'teaching/learning/lesson', page.values, {
    status: page.isOpen ? 422 : 200,
    nav: 'learning',
  });
}

/** Where the way goes on from a lesson that is finished. */
async function hrefAfter(
  loaded: LoadedCycle,
  module: SnapshotModule,
  lesson: SnapshotLesson,
  deps: WebDeps,
): Promise<string> {
  const after = following(module, lesson);
  if (after) return addresses(loaded.cycle.id).lesson(module.slug, after.name);
  return (await onwardAfter(loaded, module, lesson, deps)).href;
}

/** What a lesson's button says: where the way goes on once the lesson is finished. */
async function titleAfterLesson(
  loaded: LoadedCycle,
  module: SnapshotModule,
  lesson: SnapshotLesson,
  deps: WebDeps,
): Promise<string> {
  const after = following(module, lesson);
  return after ? after.title : (await onwardAfter(loaded, module, lesson, deps)).title;
}

/** The way on from the last lesson of a module, once it is finished. */
async function onwardAfter(
  loaded: LoadedCycle,
  module: SnapshotModule,
  lesson: SnapshotLesson,
  deps: WebDeps,
) {
  const { cycle, course, progress } = loaded;
  const finished = new Set([...progress.finished, lessonKey(module.slug, lesson.name)]);
  const after = await withNextTry({ ...loaded, progress: { ...progress, finished } }, deps);
  return onward(cycle.id, course, after, spoken);
}
