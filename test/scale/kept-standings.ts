import { loadConfig } from '../../server/config.js';
import { inLane } from '../../server/platform/db/lanes.js';
import { openInstallation } from '../../server/installation.js';
import { dayOf, daysAfter } from '../../server/platform/lib/days.js';
import { createLogger } from '../../server/platform/lib/log.js';
import { turnDays } from '../../server/people/organisations/day-turn.js';
import { countFaults } from '../../server/proof/requirements/reckoning/count-faults.js';
import { turnStandings } from '../../server/proof/requirements/reckoning/turn-standings.js';
import { readingStandings } from '../bench/standings/standing-reads.js';
import { count, row } from '../support/rows.js';

// `tsx test/scale/kept-standings.ts`: what numbers, lists and files of standings cost, and the turn of a day, in an installation that
// `npm run scale -- --keep FOLDER` has filled (DATA_DIR). It is a day older afterwards. Prints seconds, and of them those of CPU.

const installation = await openInstallation(loadConfig(process.env), createLogger('error'));
try {
  await inLane('reports', measure);
} finally {
  await installation.close();
}

async function measure(): Promise<void> {
  const now = Date.now();
  const organisation = await row<{ id: string; timeZone: string }>(
    `select id, time_zone as "timeZone" from organisations where kind = 'customer'`,
  );
  if (!organisation) throw new Error('No organisation was seeded');
  await readingStandings(say, organisation, now);
  await say('count everybody anew', async () => {
    const { length } = await countFaults(organisation.id);
    if (length > 0) throw new Error(`${length} numbers are wrong`);
  });
  const tomorrow = daysAfter(dayOf(now, organisation.timeZone), 1);
  const begin = await count('standing_intervals where retired_at is null and from_day = $1', [tomorrow]);
  await say(`turn the day, on which ${begin} begin`, async () => {
    const noon = Date.parse(`${tomorrow}T12:00:00Z`);
    await turnDays(noon);
    await turnStandings(noon);
  });
}

async function say(what: string, work: () => Promise<unknown>): Promise<void> {
  const [began, used] = [performance.now(), process.cpuUsage()];
  await work();
  const { user, system } = process.cpuUsage(used);
  const [seconds, cpu] = [(performance.now() - began) / 1000, (user + system) / 1e6];
  const memory = Math.round(process.memoryUsage().rss / 1e6);
  process.stdout.write(`${what}: ${seconds.toFixed(2)} s, ${cpu.toFixed(2)} of CPU, ${memory} MB\n`);
}
