import { parseArgs } from 'node:util';
import { countedFigures } from './background.js';
import { recountRequirements } from './proof/requirements/reckoning/recount-requirements.js';
import { recountStatistics } from './platform/sums/recount-statistics.js';

const USE = 'recount: use recount [--mend] requirements, or statistics';

/** `recount [--mend] requirements|statistics`, at the command line. Returns the exit code: 1 where something differs. */
export async function runRecount(args: string[], say: (line: string) => void): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { mend: { type: 'boolean' } },
  });
  const mends = values.mend ?? false;
  const [what, ...more] = positionals;
  if (more.length === 0 && what === 'requirements') return recountRequirements(mends, say);
  if (more.length === 0 && what === 'statistics') return recountStatistics(countedFigures, mends, say);
  throw new Error(USE);
}
