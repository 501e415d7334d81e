import { loadConfig } from '../../server/config.js';
import { inLane } from '../../server/platform/db/lanes.js';
import { openInstallation } from '../../server/installation.js';
import { createLogger } from '../../server/platform/lib/log.js';
import { turnDays } from '../../server/people/organisations/day-turn.js';
import { seedStandings } from '../bench/standings/seeded-standings.js';
import { seed } from '../seed/seed.js';
import { rows } from '../support/rows.js';

// In the arguments: how many people, and how much is required of each. Fills an empty installation (DATA_DIR, DATABASE_URL) as
// `npm run seed` does, and makes up how everybody stands, since reckoning it would take longer than all that is measured.
const [people = 0, requirements = 0] = process.argv.slice(2).map(Number);

const log = createLogger('warn', { write: line => void process.stderr.write(line) });
const installation = await openInstallation(loadConfig(process.env), log);
try {
  // On a busy machine a read takes longer than a page may wait for it.
  await inLane('jobs', fill);
} finally {
  await installation.close();
}

async function fill(): Promise<void> {
  const now = Date.now();
  await seed({ people, requirements, now }, line => void process.stdout.write(`${line}\n`));
  await turnDays(now);
  const [organisation] = await rows<{ id: string; timeZone: string }>(
    `select id, time_zone as "timeZone" from organisations where kind = 'customer'`,
  );
  if (!organisation) throw new Error('No organisation was seeded');
  const requirementIds = (await rows<{ id: string }>('select id from requirements order by id')).map(
    each => each.id,
  );
  await seedStandings({ organisation, people, requirementIds, turning: 0, now });
}
