import type { Command } from '../door.js';
import { runBots } from './bots/command-bots.js';
import { runItemExport, runItemImport } from './exchange/command-items.js';
import { runPoints } from './points/command-points.js';

export const commands: readonly Command[] = [
  {
    name: 'content bots',
    usage: `
  content bots [--course SLUG] [--forms N] [--seed TEXT]
                                   how many simulated learners pass each quiz; guessers must not`,
    run: (args, { content, say }) => runBots(args, content(), say),
  },
  {
    name: 'content points',
    usage: `
  content points [--course SLUG] [--learners N]
                                   how many learners meet each point that a course claims, by job`,
    run: (args, { content, say }) => runPoints(args, content(), say),
  },
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
