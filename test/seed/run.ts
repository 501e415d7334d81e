import { parseArgs } from 'node:util';
import { loadConfig } from '../../server/config.js';
import { openInstallation } from '../../server/installation.js';
import { createLogger } from '../../server/platform/lib/log.js';
import { seed } from './seed.js';

// `npm run seed -- --people N [--requirements N]`: fills an empty installation (DATA_DIR, DATABASE_URL) with an organisation of so
// many people, its units, roles, what it requires (30 things) and three years of history, always the same for the same numbers. For looking around, pictures and
// measuring; never for real people.

const options = { people: { type: 'string' }, requirements: { type: 'string' } } as const;
const { values } = parseArgs({ options });
const people = Number(values.people);
const requirements = Number(values.requirements ?? 30);
if (!isBetween(people, 10, 2_000_000) || !isBetween(requirements, 0, 100)) {
  process.stderr.write(
    'Say how many people, from 10 to 2000000, and how many requirements, up to 100: npm run seed -- --people 2000 --requirements 30\n',
  );
  process.exit(2);
}

const log = createLogger('warn', { write: line => void process.stderr.write(line) });
const installation = await openInstallation(loadConfig(process.env), log);
try {
  const began = Date.now();
  const say = (line: string) => void process.stdout.write(`${line}\n`);
  await seed({ people, requirements, now: began }, say);
  say(`Done in ${Math.round((Date.now() - began) / 1000)} s.`);
} catch (fault) {
  process.stderr.write(`${fault instanceof Error ? fault.message : String(fault)}\n`);
  process.exitCode = 1;
} finally {
  await installation.close();
}

function isBetween(value: number, least: number, most: number): boolean {
  return Number.isInteger(value) && value >= least && value <= most;
}
