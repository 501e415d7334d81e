import { monitorEventLoopDelay } from 'node:perf_hooks';
import { confirmRoster } from '../../server/organisations/roster/confirm-roster.js';
import { importRoster } from '../../server/organisations/roster/import-roster.js';
import { keepRoster } from '../../server/organisations/roster/keep-roster.js';
import { previewRoster } from '../../server/organisations/roster/preview-roster.js';
import { openRosterThread } from '../../server/organisations/roster/roster-thread.js';
import { rosterById } from '../../server/organisations/roster/rosters.js';
import { onNudge } from '../../server/events/nudge.js';
import { openUnit } from '../../server/organisations/units/units.js';
import { csvOf } from '../organisations/roster/uploading.js';
import { dina } from '../support/people.js';
import { otherOrganisation } from '../support/roles.js';
import { closeWorld, openWorld } from '../support/world.js';

const HEADER = ['Staff no', 'Name', 'E-mail', 'Unit', 'Job', 'Hire date', 'Tags'];
const UNITS = 200;
const COLUMNS = { staffNumber: 0, name: 1, email: 2, unit: 3, job: 4, hiredOn: 5, tags: 6 };
const CHOSEN = { columns: COLUMNS, dayOrder: null, isWhole: true, makesUnits: false, answers: {} };

const rowOf = (at: number, shift: number): string[] => [
  String(at).padStart(6, '0'),
  `Person Number ${at}`,
  `person${at}@example.org`,
  `U${(at + shift) % UNITS}`,
  'Cabin crew',
  '2024-03-01',
  'crew;night',
];

/**
 * A list of so many people, read, previewed and imported, and the next month's, in which a tenth move: seconds, of which this
 * process worked so many, and how much more memory it took, at most, than at the beginning. Whatever else runs on the machine lengthens
 * the first, not the second.
 */
export async function rosterLines(people = 50_000): Promise<string[]> {
  await openWorld();
  const before = process.memoryUsage().rss;
  onNudge(() => undefined);
  try {
    const list = (moved: number) =>
      csvOf(
        HEADER,
        Array.from({ length: people }, (_, at) => rowOf(at, at % 10 < moved ? 1 : 0)),
      );
    const place = await organisation();
    const look = { ...place, before };
    return [...(await walk('first list', list(0), look)), ...(await walk('a tenth moves', list(1), look))];
  } finally {
    await closeWorld();
  }
}

async function organisation() {
  const [id, { id: actorId }] = [await otherOrganisation(), await dina()];
  const by = { organisation: { id, timeZone: 'UTC' }, actorId, now: Date.now() };
  for (let at = 0; at < UNITS; at += 1)
    await openUnit(by, { name: `U${at}`, code: null, parentId: null, fromDay: '2026-01-01' });
  return { ...by, thread: openRosterThread() };
}

async function walk(
  name: string,
  bytes: Buffer,
  by: Awaited<ReturnType<typeof organisation>> & { readonly before: number },
): Promise<string[]> {
  const kept = await timed(() => keepRoster(by.organisation.id, { name: 'list', bytes }, by.thread, by));
  const id = kept.result.kind === 'kept' ? kept.result.id : '';
  const read = await rosterById(id);
  const looked = await timed(() => previewRoster(read, CHOSEN, by));
  const { inputsHash, ...seen } = await rosterById(id);
  const confirmed = await timed(() => confirmRoster({ ...seen, inputsHash }, inputsHash ?? '', by));
  const imported = await timed(() => importRoster(id, Date.now));
  const { counts } = await rosterById(id);
  return [
    `${name}: ${JSON.stringify(counts)} (${confirmed.result})`,
    ...Object.entries({ read: kept, preview: looked, confirm: confirmed, import: imported }).map(
      ([what, { seconds, cpu, longest, memory }]) =>
        `  ${what.padEnd(8)} ${seconds.toFixed(1)} s (${cpu.toFixed(1)} s of CPU), the main thread was busy for up to ${longest} ms, ` +
        `up to ${Math.round((memory - by.before) / 1e6)} MB more than at the start`,
    ),
  ];
}

async function timed<T>(work: () => Promise<T>) {
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
  return {
    result,
    seconds,
    cpu: (user + system) / 1e6,
    longest: Math.round(delay.max / 1e6),
    memory,
  };
}
