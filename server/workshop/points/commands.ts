import type { Command } from '../../door.js';
import { runPoints } from './command-points.js';

export const commands: readonly Command[] = [
  {
    name: 'content points',
    usage: `
  content points [--course SLUG] [--learners N]
                                   how many learners meet each point that a course claims, by job`,
    run: (args, { content, say }) => runPoints(args, content(), say),
  },
];
