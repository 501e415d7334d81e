import { parseArgs } from 'node:util';
import { grantAs, listGrants, listRequests, revokeAs } from './access/command-access.js';
import { listChanges, propose } from './changes/command-changes.js';

type Say = (line: string) => void;

const HOW = `courses: use grants, requests, changes, propose SLUG minor|material --says "WHAT CHANGED", or
grant SLUG --organisation ID-OR-NAME [--by-unit | --unit UNIT] [--from DAY] [--last DAY] | --everyone [--yes], or
revoke-grant SLUG --organisation ID-OR-NAME [--unit UNIT] | --everyone`;

/**
 * `courses grants | requests | grant SLUG … | revoke-grant SLUG … | changes | propose SLUG …`, at the command line. Granting a
 * course to everyone needs `--yes`. Returns the exit code: 0, also when nothing changes; 2 where `--yes` is missing. Throws an error
 * with a sentence when something named does not exist.
 */
export async function runCourses(args: string[], say: Say): Promise<number> {
  const [verb, ...rest] = args;
  const [slug = '', ...options] = rest[0]?.startsWith('-') ? ['', ...rest] : rest;
  if (verb === 'grants') return listGrants(say);
  if (verb === 'requests') return listRequests(say);
  if (verb === 'changes') return listChanges(say);
  if (verb === 'propose') return proposeAs(rest, say);
  if (verb === 'grant') return grantAs(slug, options, HOW, say);
  if (verb === 'revoke-grant') return revokeAs(slug, options, HOW, say);
  throw new Error(HOW);
}

function proposeAs(args: string[], say: Say): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { says: { type: 'string', default: '' } },
  });
  return propose(positionals, values.says, say);
}
