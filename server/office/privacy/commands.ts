import type { Command } from '../../door.js';
import { runPrivacy } from './command-privacy.js';

export const commands: readonly Command[] = [
  {
    name: 'privacy',
    usage: `
  privacy list | export EMAIL FILE | erase EMAIL --reason TEXT
                                   erasure requests; everything held about a person, as a zip; close an account and erase it`,
    run: (args, { say, views, withDatabase }) => withDatabase(() => runPrivacy(args, views, say)),
  },
];
