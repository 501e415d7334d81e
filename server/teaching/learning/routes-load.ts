import type { Request } from 'express';
import type { Config } from '../../config.js';
import type { PublishedCourse } from '../courses/catalogue.js';
import type { SnapshotLesson, SnapshotModule } from '../content/snapshot.js';
import { NotFound } from '../../errors.js';
import { actorOf, asksForCopy } from '../../platform/http/page.js';
import { hereIn, spoken } from '../../platform/i18n/spoken.js';
import { authorise, signedIn } from '../../policy.js';
import { jobNamed } from '../questions/jobs.js';
import { findCycleSoFar, type CycleSoFar } from '../quizzes/attempts/cycle-so-far.js';
import { triedNext, triedQuizzes } from '../quizzes/attempts/tried.js';
import { nextStep, type Progress } from './completion.js';
import { NOTHING_DONE } from './pages/copies.js';
import { courseFor } from './path/lessons-by-job.js';
import { takenCourse } from './path/taken-course.js';

/** What most pages of a course are made from. */
export interface LoadedCycle extends CycleSoFar {
  readonly course: PublishedCourse;
}

/** What reckoning with tries needs from outside. */
export interface TryDeps {
  readonly clock: () => number;
  readonly config: Pick<Config, 'timeZone'>;
}

/** The cycle that an address names, its course and progress. Only its learner may: throws otherwise. */
export async function load(req: Request): Promise<LoadedCycle> {
  const actor = signedIn(actorOf(req));
  const id = req.params.cycle;
  const soFar = await findCycleSoFar(id);
  authorise(actor, 'cycle.learn', soFar?.cycle ?? null);
  if (!soFar) throw new NotFound();
  const course = courseFor(await takenCourse(soFar.cycle), jobNamed(soFar.cycle.job));
  return asksForCopy(req) ? { ...soFar, course, progress: NOTHING_DONE } : { ...soFar, course };
}

/** As `load`, and the quizzes that were tried are in the progress; a copy for a device tells nothing of them. */
export async function loadWithTries(req: Request, deps: TryDeps): Promise<LoadedCycle> {
  const loaded = await load(req);
  if (asksForCopy(req)) return loaded;
  const tried = await triedQuizzes(loaded, loaded.course.snapshot, wordsOf(deps));
  return { ...loaded, progress: { ...loaded.progress, tried } };
}

/** The progress of a cycle, with where the learner stands at the quiz that comes next, if one does. */
export async function withNextTry(loaded: LoadedCycle, deps: TryDeps): Promise<Progress> {
  const { progress, course } = loaded;
  const next = nextStep(course.snapshot, progress);
  return { ...progress, tried: await triedNext(loaded, course.snapshot, { next, ...wordsOf(deps) }) };
}

const wordsOf = ({ clock, config }: TryDeps) => ({
  ...{ place: hereIn(config.timeZone), t: spoken },
  now: clock(),
});

/** Throws NotFound when the course has no such module. */
export function moduleIn({ snapshot }: PublishedCourse, slug: unknown): SnapshotModule {
  const module = snapshot.modules.find(each => each.slug === slug);
  if (!module) throw new NotFound();
  return module;
}

/** Throws NotFound when the module has no such lesson. */
export function lessonIn(module: SnapshotModule, name: unknown): SnapshotLesson {
  const lesson = module.lessons.find(each => each.name === name);
  if (!lesson) throw new NotFound();
  return lesson;
}
