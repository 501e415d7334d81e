import type { Command } from '../../door.js';
import { runTokens } from './command-tokens.js';

export const commands: readonly Command[] = [
  {
    name: 'tokens',
    usage: `
  tokens list ORGANISATION | end ORGANISATION BEGINNING
  tokens make ORGANISATION --name NAME --scopes people.read,people.write [--days DAYS]
                                   what programs of an organisation prove themselves with; a new one is shown once`,
    run: (args, { say, withDatabase }) => withDatabase(() => runTokens(args, say)),
  },
];
