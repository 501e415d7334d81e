import type { Command } from '../../door.js';
import { runCheck } from './command-check.js';
import { runLeaks } from './gates/command-leaks.js';

export const commands: readonly Command[] = [
  {
    name: 'content check',
    usage: `
  content check [--json | --language]
                                   check everything under modules/, and the language of screens; or print the language alone`,
    run: (args, { say }) => runCheck(args, say),
  },
  {
    name: 'content leaks',
    usage: `
  content leaks [--seeds N]        how much of the answers wording alone gives away, by three models`,
    run: (args, { content, say }) => runLeaks(args, content(), say),
  },
];
