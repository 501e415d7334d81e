import { parseArgs } from 'node:util';
import { migrate, migrateDown, pendingMigrations } from './platform/db/migrate.js';
import { withDatabase } from './command-line.js';
import { runRecount } from './command-recount.js';
import type { Command } from './door.js';

type Say = (line: string) => void;

/** What concerns the whole installation, and so no slice. */
export const commands: readonly Command[] = [
  {
    name: 'migrate',
    usage: `
  migrate [--down N | --pending]   bring the schema up to date, go N steps back, or list what is missing`,
    run: (args, { say }) => withDatabase(() => runMigrations(args, say), { mayBeEmpty: true }),
  },
  {
    name: 'recount',
    usage: `
  recount [--mend] requirements    reckon every standing and number anew; name what differs, or correct it
  recount [--mend] statistics      count every figure of answers anew; name what differs, or correct it`,
    run: (args, { say }) => withDatabase(() => runRecount(args, say)),
  },
];

async function runMigrations(args: string[], say: Say): Promise<number> {
  const { values } = parseArgs({ args, options: { down: { type: 'string' }, pending: { type: 'boolean' } } });
  if (values.pending) (await pendingMigrations()).forEach(say);
  else if (values.down) (await migrateDown(Number(values.down))).forEach(name => say(`undone: ${name}`));
  else (await migrate()).forEach(name => say(`done: ${name}`));
  return 0;
}
