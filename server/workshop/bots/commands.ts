import type { Command } from '../../door.js';
import { runBots } from './command-bots.js';

export const commands: readonly Command[] = [
  {
    name: 'content bots',
    usage: `
  content bots [--course SLUG] [--forms N] [--seed TEXT]
                                   how many simulated learners pass each quiz; guessers must not`,
    run: (args, { content, say }) => runBots(args, content(), say),
  },
];
