import { row, rows } from '../db/rows.js';
import type { CourseSnapshot } from './content/snapshot.js';
import type { Library } from './content/library.js';
import type { Hotlines } from './content/schema/types.js';
import { newestChecks } from '../help/line-checks.js';
import { withChecks, type LineCheck } from '../help/reporting-lines.js';

/** A course at one version. The snapshot never changes, so it is read from the database once. */
export interface PublishedCourse {
  readonly versionId: string;
  readonly slug: string;
  readonly number: number;
  readonly publishedAt: number;
  readonly snapshot: CourseSnapshot;
}

/** How long "which version is current" is trusted (ms); publishing in this process is seen at once. */
const TRUSTED = 5_000;
const byId = new Map<string, PublishedCourse>();
let current: {
  courses: PublishedCourse[];
  library: Library;
  builtIn: Hotlines;
  toEveryone: ReadonlySet<string>;
  until: number;
} | null = null;

/** Rises whenever the catalogue is forgotten: what was being read at that moment is old, and is not kept. */
let forgotten = 0;

/** Forget which versions, reporting lines and grants to everyone are current. */
export function forgetCatalogue(): void {
  current = null;
  forgotten += 1;
}

/** The current version of every course, in the order of the shelf. */
export async function currentCourses(): Promise<PublishedCourse[]> {
  return (await catalogue()).courses;
}

/** The current version of one course, or null. */
export async function currentCourse(slug: string): Promise<PublishedCourse | null> {
  return (await currentCourses()).find(course => course.slug === slug) ?? null;
}

/** The slug itself where a course has it, or ''. */
export async function knownCourse(slug: string): Promise<string> {
  return (await currentCourse(slug))?.slug ?? '';
}

/** Facts, reporting lines, glossary, country packs and cards as published last; the lines with what administrators found. */
export async function library(): Promise<Library> {
  return (await catalogue()).library;
}

/** The reporting lines as published, without what administrators found. */
export async function publishedLines(): Promise<Hotlines> {
  return (await catalogue()).builtIn;
}

/** A course at the version that a learner began with. Throws when there is none: rows point at it. */
export async function courseVersion(versionId: string): Promise<PublishedCourse> {
  const known = byId.get(versionId);
  if (known) return known;
  const [found] = await read('where id = $1', [versionId]);
  if (!found) throw new Error(`There is no course version ${versionId}`);
  byId.set(versionId, found);
  return found;
}

/** One version by its public number, for the address that credentials carry; null when there is none. */
export async function courseByNumber(slug: string, number: number): Promise<PublishedCourse | null> {
  const found = await row<{ id: string }>(
    'select id from course_versions where course_slug = $1 and number = $2',
    [slug, number],
  );
  return found && courseVersion(found.id);
}

/** The courses that everyone has been granted, by their slugs. Trusted for a moment: for what is shown, not for what is allowed. */
export async function grantedToEveryone(): Promise<ReadonlySet<string>> {
  return (await catalogue()).toEveryone;
}

/** The order of the shelf; courses not named follow by title. */
const SHELF = ['airline-and-transport', 'volunteers', 'law-enforcement'];

async function catalogue() {
  const now = performance.now();
  if (current && current.until > now) return current;
  const before = forgotten;
  const ids = await rows<{ id: string }>(
    `select id from course_versions v
     where number = (select max(number) from course_versions where course_slug = v.course_slug)`,
  );
  const courses = await Promise.all(ids.map(({ id }) => courseVersion(id)));
  const shared = await row<{ content: string }>(
    'select content from library_versions order by number desc limit 1',
  );
  if (!shared) throw new Error('No content has been published');
  // What was published before there were packs or cards holds none.
  const published = { packs: [], cards: [], ...(JSON.parse(shared.content) as Partial<Library>) } as Library;
  const builtIn = published.hotlines;
  const library = { ...published, hotlines: withChecks(builtIn, await checksThatStand()) };
  const toEveryone = await readGrantsToEveryone();
  const read = { courses: courses.sort(byShelf), library, builtIn, toEveryone, until: now + TRUSTED };
  if (before === forgotten) current = read;
  return read;
}

/** What administrators found and did not take back, by the id of the line. */
async function checksThatStand(): Promise<Map<string, LineCheck>> {
  const found = [...(await newestChecks())];
  return new Map(
    found.flatMap(([id, { check }]) => {
      if (!check) return [];
      const { phone, url, hours, checkedOn, how } = check;
      return [[id, { phone, url, hours, checkedOn, how }] as const];
    }),
  );
}

async function readGrantsToEveryone(): Promise<ReadonlySet<string>> {
  const found = await rows<{ slug: string }>(
    `select g.course_slug as slug from course_grants g join organisations o on o.id = g.organisation_id
     where o.kind = 'open'`,
  );
  return new Set(found.map(({ slug }) => slug));
}

async function read(where: string, params: string[]): Promise<PublishedCourse[]> {
  const found = await rows<{
    id: string;
    slug: string;
    number: number;
    publishedAt: number;
    content: string;
  }>(
    `select id, course_slug as slug, number, published_at as "publishedAt", content from course_versions ${where}`,
    params,
  );
  return found.map(({ id, content, ...version }) => ({
    ...version,
    versionId: id,
    snapshot: JSON.parse(content) as CourseSnapshot,
  }));
}

function byShelf(a: PublishedCourse, b: PublishedCourse): number {
  const place = ({ slug }: PublishedCourse) => (SHELF.includes(slug) ? SHELF.indexOf(slug) : SHELF.length);
  return place(a) - place(b) || a.snapshot.title.localeCompare(b.snapshot.title);
}
