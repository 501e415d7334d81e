import { projectRoot } from '../config.js';
import { readScreens } from '../language/screen-files.js';
import { BUILT_IN } from './built-in.js';
import { checkContent } from './content/check/check.js';
import { printCheck, printLanguage } from './content/check/print-check.js';
import { faultLine } from './content/load/fault-line.js';
import { loadContent } from './content/load/load.js';
import type { Content } from './content/schema/types.js';
import { sourceHash } from './content/load/source-hash.js';
import { publishContent } from './publishing.js';

type Say = (line: string) => void;

/** `content check [--json | --language]`, at the command line. Returns the exit code: 1 where something has a fault. */
export function runCheck(args: readonly string[], say: Say): number {
  const loaded = loadContent(BUILT_IN);
  if (!loaded.ok) {
    loaded.faults.map(faultLine).forEach(say);
    return 1;
  }
  const screens = readScreens(projectRoot);
  const report = checkContent(loaded.content, { now: Date.now(), lineOf: loaded.lineOf, screens });
  if (args.includes('--json')) say(JSON.stringify(report));
  else say(args.includes('--language') ? printLanguage(report, true) : printCheck(report));
  return report.faults.length === 0 ? 0 : 1;
}

/** `content publish`, at the command line. Returns the exit code. */
export async function runPublish(content: Content, say: Say): Promise<number> {
  for (const { courseSlug, number, isNew } of await publishContent(content, sourceHash(BUILT_IN), Date.now()))
    say(`${courseSlug}: version ${number}${isNew ? ', new' : ', unchanged'}`);
  return 0;
}
