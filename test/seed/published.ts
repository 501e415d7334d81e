import { rows } from '../support/rows.js';

/** The course that seeded people took, at its newest version. */
export async function published(): Promise<{ slug: string; versionId: string; number: number }> {
  const [found] = await rows<{ slug: string; versionId: string; number: number }>(
    `select course_slug as slug, id as "versionId", number from course_versions
     where course_slug = 'airline-and-transport' order by number desc limit 1`,
  );
  if (!found) throw new Error('The course is not published');
  return found;
}
