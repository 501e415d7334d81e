import type { Command } from '../../door.js';
import { runMerge } from './command-merge.js';

export const commands: readonly Command[] = [
  {
    name: 'merge',
    usage: `
  merge KEEP-EMAIL CLOSE-EMAIL [--seen] | list | undo ID
                                   two accounts of one person: what merging them would do; with --seen it is done`,
    run: (args, { say, withDatabase }) => withDatabase(() => runMerge(args, say)),
  },
];
