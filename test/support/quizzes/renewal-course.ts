import type { PublishedCourse } from '../../../server/teaching/courses/catalogue.js';
import type { CourseSnapshot, SnapshotModule } from '../../../server/teaching/content/snapshot.js';
import { requiredLessons } from '../../../server/teaching/learning/completion.js';
import { MODULE } from '../walk.js';
import { publishNext } from './own-version.js';

/** The modules whose banks the quiz of the renewal asks, so many questions of each. */
const ASKED = [MODULE, 'see-respond-report'];
const EACH = 2;

/** Months after the end of a certificate in which the path is offered. */
export const WITHIN = 2;

/** The course with a shorter path: one lesson of its first module, four questions of two modules, the final. */
export function withRenewal(snapshot: CourseSnapshot): CourseSnapshot {
  const asked = ASKED.map(slug => moduleIn(snapshot, slug));
  const [first] = requiredLessons(moduleIn(snapshot, MODULE));
  if (!first) throw new Error('The first module has no lesson');
  const from = asked.map(({ slug, quiz }) => ({
    module: slug,
    count: EACH,
    items: quiz.items.map(({ id }) => id),
  }));
  const items = asked.flatMap(({ quiz }) => quiz.items);
  return {
    ...snapshot,
    renewal: {
      within: WITHIN,
      criteria: 'The holder renewed.',
      modules: [{ module: MODULE, lessons: [first] }],
      quiz: { draw: EACH * ASKED.length, pass: 3, minCritical: 0, from, items },
    },
  };
}

/** Publishes such a course as the next version, which is current from now on. */
export const publishRenewalCourse = (): Promise<PublishedCourse> => publishNext(withRenewal);

function moduleIn({ modules }: CourseSnapshot, slug: string): SnapshotModule {
  const found = modules.find(module => module.slug === slug);
  if (!found) throw new Error(`The course has no module ${slug}`);
  return found;
}
