import { readFileSync, writeFileSync } from 'node:fs';
import { loadConfig } from '../../dist/server/config.js';
import { rows } from '../../dist/server/platform/db/rows.js';
import { openInstallation } from '../../dist/server/installation.js';
import { dayOf, daysAfter } from '../../dist/server/platform/lib/days.js';
import { createLogger } from '../../dist/server/platform/lib/log.js';
import { certificatePapers } from '../../dist/server/proof/reports/packs/papers/certificate-papers.js';
import { evidencePack } from '../../dist/server/proof/reports/packs/evidence/evidence-pack.js';
import { makeRoom } from '../../dist/server/proof/reports/rooms/sealing/make-room.js';
import { openRoomOf } from '../../dist/server/proof/reports/rooms/open-room.js';
import { roomDay } from '../../dist/server/proof/reports/rooms/room-day.js';
import { roomOverview } from '../../dist/server/proof/reports/rooms/inside/room-overview.js';
import { ruleReport } from '../../dist/server/proof/reports/rules/report/report-file.js';
import { askForFile, findSealed } from '../../dist/server/proof/reports/sealed/sealed-files.js';

// The program as it is installed, compiled and without tests beside it: makes one file of the largest organisation in a filled
// installation (DATA_DIR, DATABASE_URL) as its worker does, and prints what that cost, as JSON. In the arguments: which file.

const [which] = process.argv.slice(2);
const installation = await openInstallation(loadConfig(process.env), createLogger('error', process.stderr));
await installation.worker.drain();
const now = Date.now();
const [organisation] = await rows({
  text: `select o.id, o.time_zone as "timeZone" from organisations o join memberships m on m.organisation_id = o.id
    group by o.id, o.time_zone order by count(*) desc limit 1`,
});
const [keeper] = await rows({
  text: 'select id, name from users order by is_administrator desc, id limit 1',
});
const requirementIds = (
  await rows({ text: 'select id from requirements where organisation_id = $1 order by id' }, [
    organisation.id,
  ])
).map(({ id }) => id);
const courses = (await rows({ text: 'select distinct course_slug as slug from credits' })).map(
  each => each.slug,
);
const today = dayOf(now, organisation.timeZone);
const period = { from: daysAfter(today, -365), last: daysAfter(today, -1) };

const askFor = (kind, params) =>
  askForFile(kind, { organisationId: organisation.id, params }, { actorId: keeper.id, now });

const FILES = {
  pack: () => askFor(evidencePack, { from: period.from, to: period.last, requirementIds: [], names: true }),
  report: () =>
    askFor(ruleReport, {
      ...{ rule: 'us-far-52-247-69', title: 'A rule', cite: '', courses, requirements: requirementIds },
      ...{ ...period, notifications: true, least: 60 },
    }),
  papers: () =>
    askFor(certificatePapers, { unitId: null, course: null, since: null, until: null, size: 'a4' }),
  async room() {
    const asked = {
      ...{ title: 'Bench', email: 'auditor@example.org', shows: 'names', withScores: false, requirementIds },
      ...{ unitIds: null, fromDay: period.from, lastDay: period.last, untilDay: daysAfter(today, 7) },
    };
    const by = { organisationId: organisation.id, actorId: keeper.id, now };
    const id = await makeRoom(asked, { ...by, key: installation.secrets.links });
    const [{ fileId }] = await rows({ text: 'select file_id as "fileId" from auditor_rooms where id = $1' }, [
      id,
    ]);
    return fileId;
  },
};

const made = await timed(async () => {
  const id = await FILES[which]();
  await installation.worker.drain();
  return findSealed(id);
});
const { size, rowCount, state } = made.result;
const cost = { ...made.cost, state, size, rows: rowCount };
process.stdout.write(`${JSON.stringify({ [which]: cost, ...(which === 'room' ? await looked() : {}) })}\n`);
await installation.close();

/** The first page of the room: as it was sealed, and on a day in between, which is counted. */
async function looked() {
  const [{ id }] = await rows({ text: 'select id from auditor_rooms' });
  const actor = { ...keeper, isAdministrator: true, memberships: [], grants: [] };
  const { open } = await openRoomOf(actor, id, now);
  const page = query => timed(async () => roomOverview(await roomDay(open, query)));
  const costs = {};
  for (const [name, query] of [
    ['overview', {}],
    ['overview of another day', { on: daysAfter(today, -200) }],
  ]) {
    await page(query);
    costs[name] = (await page(query)).cost;
  }
  return costs;
}

/** Seconds, of them of CPU, and memory at the beginning and at most (MB). */
async function timed(work) {
  writeFileSync('/proc/self/clear_refs', '5');
  const before = memory('VmRSS');
  const [began, worked] = [performance.now(), process.cpuUsage()];
  const result = await work();
  const { user, system } = process.cpuUsage(worked);
  const seconds = (performance.now() - began) / 1000;
  return { result, cost: { seconds, cpu: (user + system) / 1e6, before, most: memory('VmHWM') } };
}

function memory(name) {
  const [, kilobytes] = new RegExp(`${name}:\\s+(\\d+)`).exec(readFileSync('/proc/self/status', 'utf8'));
  return Math.round(Number(kilobytes) / 1000);
}
