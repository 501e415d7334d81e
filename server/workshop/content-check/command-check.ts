import { projectRoot } from '../../config.js';
import { BUILT_IN } from '../../teaching/courses/built-in.js';
import { faultLine } from '../../teaching/content/load/fault-line.js';
import { loadContent } from '../../teaching/content/load/load.js';
import { readScreens } from '../language/screen-files.js';
import { checkContent } from './check.js';
import { printCheck, printLanguage } from './print-check.js';

/** `content check [--json | --language]`, at the command line. Returns the exit code: 1 where something has a fault. */
export function runCheck(args: readonly string[], say: (line: string) => void): number {
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
