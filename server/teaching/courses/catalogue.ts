import { ofDatabase } from '../../platform/db/connect.js';
import { row, rows } from '../../platform/db/rows.js';
import { columns, renamed, sql } from '../../platform/db/sql.js';
import { readSnapshot, type CourseSnapshot } from '../content/snapshot.js';
import type { Library } from '../content/library.js';
import type { HotlineDirectory } from '../content/schema/types.js';
import { newestHotlineChecks } from '../help/public-hotlines/hotline-checks.js';
import { withChecks, type HotlineFindings } from '../help/hotlines.js';
import { oneByOne } from '../../platform/lib/lists/one-by-one.js';
import { RecentReads } from '../../platform/lib/recent-reads.js';
import { Organisation } from '../../people/organisations/tables.js';
import { CourseGrant, CourseVersion, LibraryVersion } from './tables.js';

/** A course at one version. The snapshot never changes, so it is read from the database once. */
export interface PublishedCourse {
  readonly versionId: string;
  readonly slug: string;
  readonly number: number;
  readonly publishedAt: number;
  readonly snapshot: CourseSnapshot;
}

/** What is current: versions, hotlines and grants to everyone. */
interface Catalogue {
  readonly courses: PublishedCourse[];
  readonly library: Library;
  readonly builtIn: HotlineDirectory;
  readonly toEveryone: ReadonlySet<string>;
}

/** By id: versions never change, and no two have one id, whatever database they come from. */
const versions = new Map<string, PublishedCourse>();

/** The catalogue as read within the last five seconds; publishing in this process is seen at once. */
const recent = ofDatabase(() => new RecentReads<Catalogue>(5_000));

/** Forget which versions, hotlines and grants to everyone are current. */
export const forgetCatalogue = (): void => recent().clear();

/** The current version of every course, in the order of the catalogue. */
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

/** What was published last: facts, glossary, country packs, cards, and hotlines with what administrators found out. */
export async function library(): Promise<Library> {
  return (await catalogue()).library;
}

/** The hotlines as published, without what administrators found out. */
export async function publishedHotlines(): Promise<HotlineDirectory> {
  return (await catalogue()).builtIn;
}

/** A course at one version. Throws when there is none: rows refer to it. */
export async function courseVersion(versionId: string): Promise<PublishedCourse> {
  const known = versions.get(versionId);
  if (known) return known;
  const found = await row(VERSION, [versionId]);
  if (!found) throw new Error(`There is no course version ${versionId}`);
  const { content, ...facts } = found;
  const course = { ...facts, snapshot: readSnapshot(content) };
  versions.set(versionId, course);
  return course;
}

const VERSION = sql`
  select ${renamed(CourseVersion, 'v', { versionId: 'id', slug: 'courseSlug' })},
    ${columns(CourseVersion, 'v', 'number', 'publishedAt', 'content')}
  from ${CourseVersion} v where v.id = $1`;

/** One version by its public number, which the address in a credential holds; null when there is none. */
export async function courseByNumber(slug: string, number: number): Promise<PublishedCourse | null> {
  const found = await row(
    sql`select ${columns(CourseVersion, 'v', 'id')} from ${CourseVersion} v
        where v.course_slug = $1 and v.number = $2`,
    [slug, number],
  );
  return found && courseVersion(found.id);
}

/** The slugs of the courses that are granted to everyone. Cached for a moment: for display, not for permissions. */
export async function grantedToEveryone(): Promise<ReadonlySet<string>> {
  return (await catalogue()).toEveryone;
}

/** The order of courses; others follow by title. */
const ORDER = ['airline-and-transport', 'volunteers', 'law-enforcement'];

async function catalogue(): Promise<Catalogue> {
  const now = performance.now();
  const known = recent().get('catalogue', now);
  if (known) return known;
  const keep = recent().reading(now);
  const read = await readCatalogue();
  keep('catalogue', read);
  return read;
}

async function readCatalogue(): Promise<Catalogue> {
  const ids = await rows(CURRENT_VERSIONS);
  const courses = await oneByOne(ids, ({ id }) => courseVersion(id));
  const published = await readLibrary();
  const builtIn = published.hotlines;
  const checks = await newestHotlineChecks();
  const off = new Set([...checks].flatMap(([id, { isOff }]) => (isOff ? id : [])));
  const library = { ...published, hotlines: withChecks(builtIn, currentFindings(checks), off) };
  return { courses: courses.sort(byOrder), library, builtIn, toEveryone: await readGrantsToEveryone() };
}

const CURRENT_VERSIONS = sql`select ${columns(CourseVersion, 'v', 'id')} from ${CourseVersion} v
  where v.number = (select max(number) from ${CourseVersion} where course_slug = v.course_slug)`;

async function readLibrary(): Promise<Library> {
  const newest = await row(
    sql`select ${columns(LibraryVersion, 'v', 'content')} from ${LibraryVersion} v order by v.number desc limit 1`,
  );
  if (!newest) throw new Error('No content has been published');
  // A version published before there were packs, cards, models or a map of rules holds none.
  return {
    packs: [],
    cards: [],
    regulations: { rules: [], gaps: [] },
    models: null,
    ...(JSON.parse(newest.content) as Partial<Library>),
  } as Library;
}

/** What administrators found out and did not withdraw, by the id of the hotline. */
function currentFindings(
  checks: Awaited<ReturnType<typeof newestHotlineChecks>>,
): Map<string, HotlineFindings> {
  return new Map(
    [...checks].flatMap(([id, { check }]) => {
      if (!check) return [];
      const { phone, url, hours, checkedOn, how } = check;
      return [[id, { phone, url, hours, checkedOn, how }] as const];
    }),
  );
}

async function readGrantsToEveryone(): Promise<ReadonlySet<string>> {
  const found = await rows(
    sql`select ${renamed(CourseGrant, 'g', { slug: 'courseSlug' })}
        from ${CourseGrant} g join ${Organisation} o on o.id = g.organisation_id where o.kind = 'open'`,
  );
  return new Set(found.map(({ slug }) => slug));
}

function byOrder(a: PublishedCourse, b: PublishedCourse): number {
  const place = ({ slug }: PublishedCourse) => (ORDER.includes(slug) ? ORDER.indexOf(slug) : ORDER.length);
  return place(a) - place(b) || a.snapshot.title.localeCompare(b.snapshot.title);
}
