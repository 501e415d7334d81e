import type { Request, Response } from 'express';
import { NotFound } from '../errors.js';
import type { WebDeps } from '../http/deps.js';
import { wantsPage } from '../http/error-pages.js';
import { typed } from '../http/forms.js';
import { asksForCopy } from '../http/page.js';
import { spoken } from '../i18n/spoken.js';
import { lessonKey } from './completion.js';
import { addresses, onward } from './course-page.js';
import { following, lessonPage, type CheckAnswer } from './lesson-page.js';
import { finishLesson, progressOf } from './progress.js';
import { lessonIn, load, moduleIn, withTries } from './routes-load.js';

export const showLesson = (deps: WebDeps, req: Request, res: Response): Promise<void> =>
  show(deps, req, res, null);

/** A question from memory: answered on the page, never stored, never scored; asked again where nothing was chosen. */
export const answerCheck = (deps: WebDeps, req: Request, res: Response): Promise<void> =>
  show(deps, req, res, { id: String(req.params.check), choice: typed(req.body, 'choice') });

/** Read to the end. Scripts are told where the way goes on; forms are led there. */
export async function completeLesson(deps: WebDeps, req: Request, res: Response): Promise<void> {
  const { cycle, course } = await load(req);
  const module = moduleIn(course, req.params.module);
  const lesson = lessonIn(module, req.params.lesson);
  await finishLesson(cycle, { module: module.slug, lesson: lesson.name }, deps.clock());
  const after = following(module, lesson);
  const next = after
    ? addresses(cycle.id).lesson(module.slug, after.name)
    : onward(cycle.id, course, await withTries(cycle.id, course, await progressOf(cycle.id), deps), spoken)
        .href;
  if (wantsPage(req)) return res.redirect(303, next);
  res.set('Cache-Control', 'no-store').json({ finished: true, next });
}

async function show(deps: WebDeps, req: Request, res: Response, answer: CheckAnswer | null): Promise<void> {
  const { cycle, course, progress } = await load(req);
  const module = moduleIn(course, req.params.module);
  const lesson = lessonIn(module, req.params.lesson);
  const isCopy = asksForCopy(req);
  // What the button of a last lesson says is where the way goes on once the lesson is finished.
  const finished = new Set([...progress.finished, lessonKey(module.slug, lesson.name)]);
  const then = { ...progress, finished };
  const titleAfter =
    following(module, lesson)?.title ??
    // Without a connection it leads to the copy of the course (marks.js).
    (isCopy
      ? course.snapshot.title
      : onward(cycle.id, course, await withTries(cycle.id, course, then, deps), spoken).title);
  const page = lessonPage({
    cycleId: cycle.id,
    course,
    module,
    lesson,
    progress,
    answer,
    isCopy,
    titleAfter,
  });
  if (!page) throw new NotFound();
  deps.show(req, res, 'learning/lesson', page.values, { status: page.isOpen ? 422 : 200, nav: 'learning' });
}
