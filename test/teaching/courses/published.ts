import { forgetCatalogue } from '../../../server/teaching/courses/catalogue.js';
import type { Content, Course } from '../../../server/teaching/content/schema/types.js';
import { row, write } from '../../support/rows.js';
import { inTransaction } from '../../../server/platform/db/transaction.js';
import { newId } from '../../../server/platform/lib/ids.js';
import { ownContent } from '../../support/content/own-content.js';

/** The content of the program with one course of its own in place of all others, so that no test meets it. */
export function contentWith(changes: Partial<Course> = {}): Content & { courses: [Course] } {
  const loaded = ownContent();
  const model = loaded.content.courses.find(({ slug }) => slug === 'volunteers');
  if (!model) throw new Error('The content has no course for volunteers');
  return { ...loaded.content, courses: [{ ...model, slug: `test-${newId().slice(0, 8)}`, ...changes }] };
}

/** Takes a published test course off the shelf again, with all that points at it. */
export function takeOff(slug: string): Promise<void> {
  const versions = 'select id from course_versions where course_slug = $1';
  return inTransaction(async () => {
    const cycles = `select id from cycles where course_version_id in (${versions})`;
    await write(
      `delete from attempt_answers where attempt_id in (select id from attempts where cycle_id in (${cycles}))`,
      [slug],
    );
    await write(`delete from attempts where cycle_id in (${cycles})`, [slug]);
    await write(`delete from quiz_passes where cycle_id in (${cycles})`, [slug]);
    await write(`delete from lesson_readings where cycle_id in (${cycles})`, [slug]);
    await write(`delete from cycles where course_version_id in (${versions})`, [slug]);
    await write('delete from enrolments where course_slug = $1', [slug]);
    await write('delete from course_grants where course_slug = $1', [slug]);
    await write('delete from course_versions where course_slug = $1', [slug]);
  }).then(forgetCatalogue);
}

/** The hash of the files that were published last: publishing with it leaves the library as it is. */
export async function sourceNow(): Promise<string> {
  const found = await row<{ hash: string }>(
    'select source_hash as hash from library_versions order by number desc limit 1',
  );
  return found?.hash ?? '';
}
