import {
  courseVersion,
  forgetCatalogue,
  type PublishedCourse,
} from '../../../server/teaching/courses/catalogue.js';
import type { CourseSnapshot } from '../../../server/teaching/content/snapshot.js';
import { inTransaction } from '../../../server/platform/db/transaction.js';
import type { Item } from '../../../server/teaching/questions/item.js';
import { newId } from '../../../server/platform/lib/ids.js';
import { sha256 } from '../../../server/platform/lib/tokens.js';
import { write } from '../rows.js';
import { course } from '../walk.js';

/**
 * The course without the question about a job and with these changes, published for a moment: the version that is current follows it again at once, so that nobody
 * else begins with it. Its questions are for everybody.
 */
export async function ownVersion(change: (snapshot: CourseSnapshot) => object): Promise<PublishedCourse> {
  const { slug, number, snapshot } = await course();
  const withoutJobs = forEverybody(snapshot);
  const id = newId();
  await inTransaction(async () => {
    await publish(id, { slug, number: number + 1, content: JSON.stringify(change(withoutJobs)) });
    await publish(newId(), { slug, number: number + 2, content: JSON.stringify(snapshot) });
  });
  forgetCatalogue();
  return courseVersion(id);
}

/** Publishes the course with these changes: it is current from now on. */
export async function publishNext(
  change: (snapshot: CourseSnapshot) => CourseSnapshot,
): Promise<PublishedCourse> {
  const { slug, number, snapshot } = await course();
  const next = { slug, number: number + 1, content: JSON.stringify(change(snapshot)) };
  await inTransaction(() => publish(newId(), next));
  forgetCatalogue();
  return course();
}

/** Asks for no job, and has no question or case for some jobs alone. */
function forEverybody({ jobs: _, modules, final, ...rest }: CourseSnapshot): CourseSnapshot {
  const without = <T extends Pick<Item, 'roles'>>({ roles: __, ...each }: T) => each;
  const open = <T extends { items: Item[] }>(quiz: T): T => ({ ...quiz, items: quiz.items.map(without) });
  return {
    ...rest,
    modules: modules.map(module => ({ ...module, quiz: open(module.quiz) })),
    final: final && { ...open(final), scenarios: final.scenarios.map(without) },
  };
}

const publish = (id: string, { slug, number, content }: { slug: string; number: number; content: string }) =>
  write(
    `insert into course_versions (id, course_slug, number, content_hash, content, published_at)
     values ($1, $2, $3, $4, $5, $6)`,
    [id, slug, number, sha256(content), content, Date.now()],
  );
