import type { PublishedCourse } from '../../../server/teaching/courses/catalogue.js';
import type { CourseSnapshot, SnapshotModule } from '../../../server/teaching/content/snapshot.js';
import { enrol } from '../../../server/teaching/learning/enrolments.js';
import { openOrganisation } from '../../../server/people/organisations/memberships.js';
import { signedIn } from '../people.js';
import { MODULE, readLessons } from '../walk.js';
import { ownVersion } from './own-version.js';

/** The track from which the final of a practice course takes a part. */
export const TRACK = 'airline-and-transport';

/** How many questions that part has. */
export const WORK = 6;

const practised = (module: SnapshotModule): SnapshotModule => ({
  ...module,
  quiz: { items: module.quiz.items, draw: 3, pass: 3, minCritical: 1, practice: true },
});

/** Two modules whose quizzes are practice, and a final of 16 that takes six of its questions from the track. */
function withPractice(snapshot: CourseSnapshot): CourseSnapshot {
  const { final } = snapshot;
  const modules = snapshot.modules.filter(({ slug }) => slug === MODULE || slug === TRACK).map(practised);
  const track = modules.find(({ slug }) => slug === TRACK)?.quiz.items ?? [];
  const ids = track.map(({ id }) => id);
  const own = (final?.items ?? []).filter(({ id }) => !ids.includes(id));
  if (!final) throw new Error('The course has no final');
  const from = [{ module: TRACK, count: WORK, items: ids }];
  return { ...snapshot, modules, final: { ...final, draw: 16, pass: 13, from, items: [...track, ...own] } };
}

/** Such a course, which nobody else is on. */
const practiceCourse = (): Promise<PublishedCourse> => ownVersion(withPractice);

/** Somebody signed in, all lessons read, no quiz begun. */
export async function readyToPractise() {
  const learner = await signedIn();
  const { id: organisationId } = await openOrganisation();
  const course = await practiceCourse();
  const cycle = await enrol({ userId: learner.id, organisationId, course, now: Date.now() });
  await readLessons(cycle);
  const home = `/learning/${cycle.id}`;
  return { learner, browser: learner.browser, cycle, course, home };
}
