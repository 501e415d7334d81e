import { readFileSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { loadConfig } from '../../dist/server/config.js';
import { rows } from '../../dist/server/platform/db/rows.js';
import { inTransaction } from '../../dist/server/platform/db/transaction.js';
import { openInstallation } from '../../dist/server/installation.js';
import { newId } from '../../dist/server/platform/lib/ids.js';
import { createLogger } from '../../dist/server/platform/lib/log.js';
import { confirmRoster } from '../../dist/server/people/organisations/roster/confirm-roster.js';
import { importRoster } from '../../dist/server/people/organisations/roster/import-roster.js';
import { keepRoster } from '../../dist/server/people/organisations/roster/keep-roster.js';
import { previewRoster } from '../../dist/server/people/organisations/roster/preview-roster.js';
import { openRosterThread } from '../../dist/server/people/organisations/roster/roster-thread.js';
import { rosterById } from '../../dist/server/people/organisations/roster/rosters.js';
import { makeOrganisation } from '../../dist/server/people/organisations/settings/keep-organisations.js';
import { openUnit } from '../../dist/server/people/organisations/units/units.js';

// The program as it is installed, compiled and without tests beside it: takes lists of people (`roster.ts`) in, one after the other,
// and prints what each step cost, as JSON. In the arguments: the number of units, then the files.

const COLUMNS = { staffNumber: 0, name: 1, email: 2, unit: 3, job: 4, hiredOn: 5, tags: 6 };
const CHOSEN = { columns: COLUMNS, dayOrder: null, isWhole: true, makesUnits: false, answers: {} };

const [units, ...files] = process.argv.slice(2);
const installation = await openInstallation(loadConfig(process.env), createLogger('silent'));
const by = { ...(await organisation(Number(units))), thread: openRosterThread() };
const before = process.memoryUsage.rss();
for (const file of files) process.stdout.write(`${JSON.stringify(await walk(readFileSync(file)))}\n`);
await installation.close();

async function organisation(count) {
  const now = Date.now();
  const actorId = newId();
  await inTransaction(() =>
    rows(
      { text: 'insert into users (id, email, name, password_hash, created_at) values ($1, $2, $2, $2, $3)' },
      [actorId, 'bench@example.org', now],
    ),
  );
  const profile = {
    name: 'Bench',
    sector: null,
    country: null,
    timeZone: 'UTC',
    locale: 'en',
    contact: null,
  };
  const id = await makeOrganisation(
    { ...profile, hotlineCountry: null, retentionMonths: 24 },
    { actorId, now },
  );
  const of = { organisation: { id, timeZone: 'UTC' }, actorId, now };
  for (let at = 0; at < count; at += 1)
    await openUnit(of, { name: `U${at}`, code: null, parentId: null, fromDay: '2026-01-01' });
  return of;
}

async function walk(bytes) {
  const kept = await timed(() => keepRoster(by.organisation.id, { name: 'list', bytes }, by.thread, by));
  const { id } = kept.result;
  const read = await rosterById(id);
  const preview = await timed(() => previewRoster(read, CHOSEN, by));
  const seen = await rosterById(id);
  const confirm = await timed(() => confirmRoster(seen, seen.inputsHash, by));
  const imported = await timed(() => importRoster(id, Date.now));
  const { counts } = await rosterById(id);
  return { counts, outcome: confirm.result, steps: { read: kept, preview, confirm, import: imported } };
}

/** Seconds, of them of CPU, the longest that the main thread was busy (ms), and memory at most, above the start (bytes). */
async function timed(work) {
  const delay = monitorEventLoopDelay({ resolution: 10 });
  delay.enable();
  let memory = process.memoryUsage.rss();
  const looking = setInterval(() => (memory = Math.max(memory, process.memoryUsage.rss())), 20);
  const [began, worked] = [performance.now(), process.cpuUsage()];
  const result = await work();
  const seconds = (performance.now() - began) / 1000;
  const { user, system } = process.cpuUsage(worked);
  delay.disable();
  clearInterval(looking);
  const longest = Math.round(delay.max / 1e6);
  return { result, seconds, cpu: (user + system) / 1e6, longest, memory: memory - before };
}
