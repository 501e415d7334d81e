import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { publishContent } from '../../../server/teaching/courses/publishing.js';
import { loadContent } from '../../../server/teaching/content/load/load.js';
import { projectRoot } from '../../../server/config.js';
import { connect, disconnect } from '../../../server/platform/db/connect.js';
import { inLane } from '../../../server/platform/db/lanes.js';
import { migrate } from '../../../server/platform/db/migrate.js';
import { daysAfter, dayOf } from '../../../server/platform/lib/days.js';
import { turnDays } from '../../../server/people/organisations/day-turn.js';
import { ensureOpenOrganisation } from '../../../server/people/organisations/memberships.js';
import { reckonRequirement } from '../../../server/proof/requirements/reckoning/reckon-pending.js';
import { turnStandings } from '../../../server/proof/requirements/reckoning/turn-standings.js';
import type { Figure } from '../measured/figure.js';
import { keep } from '../measured/keep.js';
import { seed, type Size } from '../../seed/seed.js';
import { count, rows } from '../../support/rows.js';
import { seedStandings } from './seeded-standings.js';
import { readingStandings, type Say } from './standing-reads.js';
import { waited, waitFigures, type Wait } from './writer-waits.js';

const ZONE = 'Europe/Oslo';

/** From so many people on, standings are made up: to reckon them would take the bench itself too long. */
const MADE_UP = 50_000;

/**
 * `npm run bench -- --standings [--people N] [--requirements N] [--reckon] [--turning N]`: a seeded organisation is reckoned from
 * nothing (from 50,000 people on its standings are made up, unless `--reckon` asks for it); then what pages, files and the turn of a
 * day ask. `--turning 9`: of made-up standings, 9 % end with today, as at the end of a month. `DATABASE_URL` names an empty
 * PostgreSQL database; otherwise it is SQLite.
 */
export async function measureStandings(args: readonly string[]): Promise<void> {
  const options = {
    people: { type: 'string' },
    requirements: { type: 'string' },
    turning: { type: 'string' },
    reckon: { type: 'boolean' },
  } as const;
  const { values } = parseArgs({ args: [...args], options });
  const folder = mkdtempSync(join(tmpdir(), 'safe-passage-bench-standings-'));
  await connect(process.env.DATABASE_URL ?? `sqlite:${join(folder, 'standings.sqlite')}`);
  try {
    await migrate();
    // As the worker and whoever asks for figures, who may read for longer than a page.
    const figures = await inLane('reports', () =>
      measured({
        people: Number(values.people ?? 1_000),
        most: Number(values.requirements ?? 30),
        turning: Number(values.turning ?? 0),
        isReckoned: values.reckon === true || Number(values.people ?? 0) < MADE_UP,
      }),
    );
    keep('standings', figures);
  } finally {
    await disconnect();
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Measured {
  readonly people: number;
  /** Requirements, at most. */
  readonly most: number;
  readonly turning: number;
  readonly isReckoned: boolean;
}

async function measured({ people, most, turning, isReckoned }: Measured): Promise<Figure[]> {
  const now = Date.now();
  const figures: Figure[] = [];
  const say: Say = async (what, work) => {
    const before = process.cpuUsage();
    await work();
    const { user, system } = process.cpuUsage(before);
    figures.push({ what, value: (user + system) / 1000, unit: 'ms of CPU' });
  };
  await say(`Seed ${people} people`, () => seeded({ people, requirements: most, now }));
  const [found] = await rows<{ id: string }>(`select id from organisations where kind = 'customer'`);
  const organisation = { id: found?.id ?? '', timeZone: ZONE };
  await turnDays(now);
  const ids = (await rows<{ id: string }>('select id from requirements order by id')).map(({ id }) => id);
  const waits: Wait[] = [];
  if (!isReckoned)
    await say('Make up standings', () =>
      seedStandings({ organisation, people, requirementIds: ids, turning, now }),
    );
  else {
    const writer = setInterval(() => void waited(waits), 100);
    await say(`Calculate ${ids.length} requirements`, () => reckonAll(organisation.id, ids));
    clearInterval(writer);
    await say('Calculate one requirement again', () => reckonAll(organisation.id, ids.slice(0, 1)));
  }
  await readingStandings(say, organisation, now);
  await turnThrice(say, now);
  return [...figures, ...waitFigures(waits)];
}

async function reckonAll(organisationId: string, ids: readonly string[]): Promise<void> {
  for (const id of ids) await reckonRequirement(organisationId, id, Date.now);
}

async function turnThrice(say: Say, now: number): Promise<void> {
  for (let turn = 1; turn <= 3; turn += 1) {
    const day = daysAfter(dayOf(now, ZONE), turn);
    const noon = Date.parse(`${day}T12:00:00Z`);
    await turnDays(noon);
    const due = await count('standing_intervals where retired_at is null and from_day = $1', [day]);
    await say(`Turn of a day on which ${due} begin`, () => turnStandings(noon));
  }
}

async function seeded({ people, requirements, now }: Size): Promise<void> {
  const loaded = loadContent(join(projectRoot, 'modules'));
  if (!loaded.ok) throw new Error('The content has faults');
  await publishContent(loaded.content, 'bench', now);
  await ensureOpenOrganisation({ name: 'Bench', timeZone: 'UTC', now });
  await seed({ people, requirements, now }, () => undefined);
}
