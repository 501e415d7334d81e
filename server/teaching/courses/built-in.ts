import { join } from 'node:path';
import { projectRoot } from '../../config.js';
import type { Logger } from '../../platform/lib/log.js';
import { contentFaults, keepContentFaults } from './content-faults.js';
import { faultLine } from '../content/load/fault-line.js';
import { sourceHash } from '../content/load/source-hash.js';
import { publishContent, publishedSource } from './publishing.js';

/** Where the content of this program is. */
export const BUILT_IN = join(projectRoot, 'modules');

/**
 * Publish what is in `modules/`, unless exactly these files have been published before: reading them takes longer than
 * the rest of a start. Content with a fault is not published; the version before it stays.
 */
export async function publishBuiltIn(log: Logger, now: number): Promise<void> {
  const source = sourceHash(BUILT_IN);
  if ((await publishedSource()) === source) return;
  // Loaded only where there is something to read: most starts need neither parsers nor schemas.
  const { loadContent } = await import('../content/load/load.js');
  const loaded = loadContent(BUILT_IN);
  keepContentFaults(loaded.ok ? [] : loaded.faults.map(faultLine));
  if (!loaded.ok) {
    log.error({ faults: contentFaults() }, 'content was not published: correct it and restart');
    return;
  }
  for (const { courseSlug, number, isNew } of await publishContent(loaded.content, source, now)) {
    if (isNew) log.info({ course: courseSlug, version: number }, 'published');
  }
}
