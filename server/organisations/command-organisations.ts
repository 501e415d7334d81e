import { organisations } from './memberships.js';

/** `organisations list`, at the command line: the ids and names that other commands take. Returns the exit code. */
export async function runOrganisations(args: string[], say: (line: string) => void): Promise<number> {
  if (args[0] !== 'list') throw new Error('organisations: use list');
  for (const { id, name, kind } of await organisations())
    say(`${id}  ${name}${kind === 'open' ? '  (everyone who signs up)' : ''}`);
  return 0;
}
