import { currentCourse, forgetCatalogue, type PublishedCourse } from '../../../server/courses/catalogue.js';
import type { CourseSnapshot, SnapshotModule } from '../../../server/courses/content/snapshot.js';
import { inTransaction } from '../../../server/db/transaction.js';
import { requiredLessons } from '../../../server/learning/completion.js';
import { canonicalJson } from '../../../server/lib/canonical-json.js';
import { newId } from '../../../server/lib/ids.js';
import { sha256 } from '../../../server/lib/tokens.js';
import { write } from '../rows.js';
import { course, COURSE, MODULE } from '../walk.js';

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
export async function publishRenewalCourse(): Promise<PublishedCourse> {
  const { slug, number, snapshot } = await course();
  const content = canonicalJson(withRenewal(snapshot));
  await inTransaction(() =>
    write(
      `insert into course_versions (id, course_slug, number, content_hash, content, published_at)
       values ($1, $2, $3, $4, $5, $6)`,
      [newId(), slug, number + 1, sha256(content), content, Date.now()],
    ),
  );
  forgetCatalogue();
  const published = await currentCourse(COURSE);
  if (!published) throw new Error('The course is gone');
  return published;
}

function moduleIn({ modules }: CourseSnapshot, slug: string): SnapshotModule {
  const found = modules.find(module => module.slug === slug);
  if (!found) throw new Error(`The course has no module ${slug}`);
  return found;
}
