import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import { publishContent } from '../../server/courses/publishing.js';
import { loadContent } from '../../server/courses/content/load/load.js';
import { projectRoot } from '../../server/config.js';
import { disconnect } from '../../server/db/connect.js';
import { migrate } from '../../server/db/migrate.js';
import { inTransaction } from '../../server/db/transaction.js';
import { daysAfter, dayOf } from '../../server/lib/days.js';
import { turnDays } from '../../server/organisations/day-turn.js';
import { ensureOpenOrganisation } from '../../server/organisations/memberships.js';
import { reckonMember } from '../../server/requirements/reckoning/reckon.js';
import { reckonRequirement } from '../../server/requirements/reckoning/reckon-pending.js';
import { turnStandings } from '../../server/requirements/reckoning/turn-standings.js';
import { openDatabase } from '../../server/tables.js';
import { seed } from '../seed/seed.js';
import { count, row, rows } from '../support/rows.js';

const ZONE = 'Europe/Oslo';

/**
 * `npm run bench -- --standings [--people N] [--requirements N]`: a seeded organisation is reckoned from nothing; then what pages
 * and the turn of a day ask. `DATABASE_URL` names an empty PostgreSQL database; otherwise it is SQLite.
 */
export async function standingLines(args: readonly string[]): Promise<string[]> {
  const options = { people: { type: 'string' }, requirements: { type: 'string' } } as const;
  const { values } = parseArgs({ args: [...args], options });
  const folder = mkdtempSync(join(tmpdir(), 'safe-passage-bench-standings-'));
  await openDatabase(process.env.DATABASE_URL ?? `sqlite:${join(folder, 'standings.sqlite')}`);
  try {
    await migrate();
    return await measured(Number(values.people ?? 1_000), Number(values.requirements ?? 30));
  } finally {
    await disconnect();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function measured(people: number, most: number): Promise<string[]> {
  const now = Date.now();
  const lines: string[] = [];
  const say = (what: string, { seconds, cpu, busy }: { seconds: number; cpu: number; busy: number }) =>
    lines.push(`| ${what} | ${(1000 * seconds).toFixed(1)} | ${(1000 * cpu).toFixed(1)} | ${busy} |`);
  say(`seed ${people} people`, await timed(() => seeded(people, now)));
  const [organisation] = await rows<{ id: string }>(`select id from organisations where kind = 'customer'`);
  const zoned = { id: organisation?.id ?? '', timeZone: ZONE };
  await turnDays(now);
  const all = await rows<{ id: string }>('select id from requirements order by id limit $1', [most]);
  const waits: number[] = [];
  const writer = setInterval(() => void waited(waits), 100);
  say(
    `reckon ${all.length} requirements`,
    await timed(async () => {
      for (const { id } of all) await reckonRequirement(zoned.id, id, Date.now);
    }),
  );
  clearInterval(writer);
  const numbers = { assignments: await count('assignments'), intervals: await count('standing_intervals') };
  say(
    'reckon one requirement again',
    await timed(() => reckonRequirement(zoned.id, all[0]?.id ?? '', Date.now)),
  );
  const one = await row<{ id: string }>('select membership_id as id from assignments limit 1');
  say('one person by the function', await timed(() => reckonMember(zoned, one?.id ?? '')));
  say('dashboard: all counts', await timed(() => rows(DASHBOARD, [zoned.id])));
  const day = dayOf(now, ZONE);
  say(
    'as of a past day: one requirement, everybody',
    await timed(() => rows(AS_OF, [all[0]?.id ?? '', daysAfter(day, -200), Date.now()])),
  );
  for (let turn = 1; turn <= 3; turn += 1) {
    const noon = Date.parse(`${daysAfter(day, turn)}T12:00:00Z`);
    await turnDays(noon);
    const due = await count('standing_intervals where retired_at is null and from_day = $1', [
      daysAfter(day, turn),
    ]);
    say(`turn to ${daysAfter(day, turn)}: ${due} begin`, await timed(() => turnStandings(noon)));
  }
  waits.sort((a, b) => a - b);
  return [
    `${people} people: ${JSON.stringify(numbers)}; ${Math.round(process.memoryUsage().rss / 1e6)} MB`,
    `somebody else who writes meanwhile waits ${waits.at(Math.floor(waits.length / 2))?.toFixed(1)} ms (median), ${waits.at(-1)?.toFixed(1)} ms (most)`,
    '| What | ms | of CPU | the main thread was busy for up to, ms |',
    '|---|---|---|---|',
    ...lines,
  ];
}

const DASHBOARD =
  "select requirement_id, standing, people from standing_counts where organisation_id = $1 and unit_id = ''";
const AS_OF = `select standing, count(*) as people from standing_intervals where requirement_id = $1 and from_day <= $2
  and (to_day is null or to_day > $2) and recorded_at <= $3 and (retired_at is null or retired_at > $3) group by standing`;

async function seeded(people: number, now: number): Promise<void> {
  const loaded = loadContent(join(projectRoot, 'modules'));
  if (!loaded.ok) throw new Error('The content has faults');
  await publishContent(loaded.content, 'bench', now);
  await ensureOpenOrganisation({ name: 'Bench', timeZone: 'UTC', now });
  await seed({ people, now }, () => undefined);
}

/** How long a writer waits for its turn (ms). */
async function waited(into: number[]): Promise<void> {
  const began = performance.now();
  await inTransaction(() => Promise.resolve());
  into.push(performance.now() - began);
}

async function timed(work: () => Promise<unknown>): Promise<{ seconds: number; cpu: number; busy: number }> {
  const delay = monitorEventLoopDelay({ resolution: 5 });
  delay.enable();
  const [began, used] = [performance.now(), process.cpuUsage()];
  await work();
  const seconds = (performance.now() - began) / 1000;
  const { user, system } = process.cpuUsage(used);
  delay.disable();
  return { seconds, cpu: (user + system) / 1e6, busy: Math.round(delay.max / 1e6) };
}
