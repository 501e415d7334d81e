import { insert, row, rows } from '../../platform/db/rows.js';
import { columns, sql } from '../../platform/db/sql.js';
import { inTransaction } from '../../platform/db/transaction.js';
import { record } from '../../platform/events/record.js';
import { canonicalJson } from '../../platform/lib/canonical-json.js';
import { newId } from '../../platform/lib/ids.js';
import { sha256 } from '../../platform/lib/tokens.js';
import { bankItemSchema } from '../questions/bank-item.js';
import { forgetCatalogue } from './catalogue.js';
import { buildCourseVersion } from '../content/snapshot.js';
import type { Content } from '../content/schema/types.js';
import { CourseVersion, LibraryVersion } from './tables.js';

/** The result of publishing one course: its current version, and whether it is new. */
export interface PublishedVersion {
  readonly courseSlug: string;
  readonly number: number;
  readonly isNew: boolean;
}

/**
 * Publish checked content: each course whose text differs from its current version gets a new version, the
 * others are left alone, so publishing the same content twice changes nothing. All or nothing. Learners who
 * are under way stay on the version they began. `sourceHash` stands for the files that the content came from.
 * Throws TypeError when an item is one that its own type refuses.
 */
export async function publishContent(
  content: Content,
  sourceHash: string,
  now: number,
): Promise<PublishedVersion[]> {
  refuseFaultyItems(content);
  // Made before anything is locked: on SQLite every writer would wait for it.
  const library = libraryText(content);
  const courses = content.courses.map(({ slug }) => ({ slug, ...buildCourseVersion(content, slug) }));
  const published = await inTransaction(async () => {
    await publishLibrary(library, sourceHash, now);
    const done: PublishedVersion[] = [];
    for (const course of courses) done.push(await publishCourse(course, now));
    return done;
  });
  forgetCatalogue();
  return published;
}

/** What is published never changes: an item that its own type refuses could be neither shown nor graded. */
function refuseFaultyItems({ modules, final, models }: Content): void {
  const items = [...modules, final, models].flatMap(bank => bank?.items ?? []);
  for (const item of items) {
    const [issue] = bankItemSchema.safeParse(item).error?.issues ?? [];
    if (issue)
      throw new TypeError(`${item.id} cannot be published: ${issue.path.join('.')}: ${issue.message}`);
  }
}

/** What is to be published: its exact text, and the hash of it. */
type Text = Pick<ReturnType<typeof buildCourseVersion>, 'canonical' | 'sha256'>;

async function publishCourse(
  { slug: courseSlug, canonical, sha256: contentHash }: Text & { readonly slug: string },
  now: number,
): Promise<PublishedVersion> {
  const current = await row(
    sql`select ${columns(CourseVersion, 'v', 'number', 'contentHash')} from ${CourseVersion} v
        where v.course_slug = $1 order by v.number desc limit 1`,
    [courseSlug],
  );
  if (current?.contentHash === contentHash) return { courseSlug, number: current.number, isNew: false };
  const number = (current?.number ?? 0) + 1;
  const id = newId();
  await insert(CourseVersion, { id, courseSlug, number, contentHash, content: canonical, publishedAt: now });
  const payload = { courseSlug, courseVersionId: id, number, contentHash };
  await record('course.published', payload, { actorId: null, organisationId: null, now });
  return { courseSlug, number, isNew: true };
}

function libraryText({ facts, hotlines, glossary, packs, cards, regulations, models: bank }: Content): Text {
  const models = bank && { items: bank.items, scenarios: bank.scenarios };
  const canonical = canonicalJson({ facts, hotlines, glossary, packs, cards, regulations, models });
  return { canonical, sha256: sha256(canonical) };
}

async function publishLibrary(
  { canonical, sha256: contentHash }: Text,
  sourceHash: string,
  now: number,
): Promise<void> {
  const current = await row(NEWEST_LIBRARY);
  if (current?.contentHash === contentHash) {
    await rows(sql`update ${LibraryVersion} set source_hash = $1 where number = $2`, [
      sourceHash,
      current.number,
    ]);
    return;
  }
  const number = (current?.number ?? 0) + 1;
  await insert(LibraryVersion, { number, sourceHash, contentHash, content: canonical, publishedAt: now });
}

const NEWEST_LIBRARY = sql`
  select ${columns(LibraryVersion, 'v', 'number', 'contentHash', 'sourceHash')}
  from ${LibraryVersion} v order by v.number desc limit 1`;

/** The hash of the files that were published last, or null. */
export const publishedSource = async (): Promise<string | null> =>
  (await row(NEWEST_LIBRARY))?.sourceHash ?? null;
