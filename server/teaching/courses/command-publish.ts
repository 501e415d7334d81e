import { BUILT_IN } from './built-in.js';
import { sourceHash } from '../content/load/source-hash.js';
import type { Content } from '../content/schema/types.js';
import { publishContent } from './publishing.js';

/** `content publish`, at the command line. Returns the exit code. */
export async function runPublish(content: Content, say: (line: string) => void): Promise<number> {
  for (const { courseSlug, number, isNew } of await publishContent(content, sourceHash(BUILT_IN), Date.now()))
    say(`${courseSlug}: version ${number}${isNew ? ', new' : ', unchanged'}`);
  return 0;
}
