import type { Command } from '../../door.js';
import { runItemExport, runItemImport } from './command-items.js';

export const commands: readonly Command[] = [
  {
    name: 'items export',
    usage: `
  items export --bank SLUG --format gift|moodle|qti --out FILE`,
    run: (args, { content, say }) => runItemExport(args, content(), say),
  },
  {
    name: 'items import',
    usage: `
  items import FILE --format gift|moodle|qti --bank SLUG --out quiz.yaml
                                   questions from other programs, with a report of what was lost or is still open`,
    run: (args, { content, say }) => runItemImport(args, content(), say),
  },
];
