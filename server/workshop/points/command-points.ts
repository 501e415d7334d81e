import { parseArgs } from 'node:util';
import { itemsAsked } from '../content-check/claimed-seeds.js';
import { askedAmong } from '../../teaching/content/drawable.js';
import type { Content, Course } from '../../teaching/content/schema/types.js';
import { buildCourseVersion } from '../../teaching/content/snapshot.js';
import { tableLine } from '../../platform/lib/text/text-table.js';
import { crib, CRIB_LIFT } from './crib.js';
import { metPoints } from './met-points.js';

/** Every learner meets so many of the points that the course claims, and each point is met by this share of them. */
const LIMITS = { fewest: 8, met: 0.35, ofForm: 0.25 };

const WIDTHS = [34, 7, 8, 8, 8, 8, 8, 8];

/**
 * `content points [--course SLUG] [--learners N]`: of the points that each course claims, how many items ask each, how many learners of
 * each job meet it, and how far the required lessons help a reader who understands nothing. Returns the exit code: 1 where a limit is
 * broken. Throws an error with a sentence for a course that claims nothing and for a number of learners that cannot be.
 */
export function runPoints(args: string[], content: Content, say: (line: string) => void): number {
  const { values } = parseArgs({
    args,
    options: { course: { type: 'string' }, learners: { type: 'string', default: '1000' } },
  });
  const learners = Number(values.learners);
  if (!Number.isInteger(learners) || learners < 1)
    throw new Error('--learners must be a whole number of at least 1');
  const courses = content.courses.filter(
    ({ slug, claims }) => claims && (!values.course || slug === values.course),
  );
  if (courses.length === 0) throw new Error('No course with this name claims points');
  const broken = courses.map(course => report(course, content, { learners, say }));
  return broken.some(count => count > 0) ? 1 : 0;
}

interface Telling {
  readonly learners: number;
  readonly say: (line: string) => void;
}

/** Says what one course asks of its points. Returns how many limits it breaks. */
function report(course: Course, content: Content, { learners, say }: Telling): number {
  const { snapshot } = buildCourseVersion(content, course.slug);
  const jobs = askedAmong(course.jobs).map(job => metPoints(snapshot, job, { learners, seed: 'points' }));
  const asked = itemsAsked(course, content);
  say(
    `\n${course.slug}: ${learners} learners in each job take every quiz once. Share who meet each point, in per cent.`,
  );
  say(tableLine(['point', 'items', ...jobs.map(({ job }) => job ?? 'all')], WIDTHS));
  let broken = 0;
  const row = (name: string, items: number | string, figures: number[], least: number, unit = 100): void => {
    const isBroken = figures.some(figure => figure < least);
    if (isBroken) broken += 1;
    const shown = figures.map(figure => Math.round(figure * unit));
    say(tableLine([name, items, ...shown, isBroken ? 'broken' : 'kept'], WIDTHS));
  };
  for (const id of course.claims ?? [])
    row(
      id,
      asked.filter(({ points = [] }) => points.includes(id)).length,
      jobs.map(({ met }) => (met.get(id) ?? 0) / learners),
      LIMITS.met,
    );
  row(
    'fewest points met by a learner',
    '',
    jobs.map(({ fewest }) => fewest),
    LIMITS.fewest,
    1,
  );
  row(
    'smallest share met by a form',
    '',
    jobs.map(({ leastOfForm }) => leastOfForm),
    LIMITS.ofForm,
  );
  const { items, without, withLessons } = crib(course, content);
  row('crib: gain from required lessons', items, [withLessons - without], CRIB_LIFT);
  return broken;
}
