import type { Command } from '../../door.js';
import { runProviders } from './providers/command-providers.js';

export const commands: readonly Command[] = [
  {
    name: 'providers',
    usage: `
  providers list ORGANISATION | show ID | off ID
                                   the own sign-in of an organisation; off: passwords and mailed links work again`,
    run: (args, { say, withDatabase }) => withDatabase(() => runProviders(args, say)),
  },
];
