import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { projectRoot } from '../../server/config.js';
import type { Figure } from '../bench/measured/figure.js';
import { keep } from '../bench/measured/keep.js';
import { isSubject } from '../bench/measured/performance-page.js';
import type { SizeCost } from './one-size.js';

// `npm run scale -- --people 1000,100000 [--requirements 3] [--postgres] [--keep FOLDER]`: what each page costs with so many people, on databases of
// their own, one after the other. They are removed again; on SQLite a FOLDER keeps them for the next time. The exponent says how a page grows: 0 stays as it is, 1 grows with the people.
// What 1,000 and 100,000 people cost is kept in `test/measured/`.

const options = {
  people: { type: 'string' },
  requirements: { type: 'string' },
  postgres: { type: 'boolean' },
  keep: { type: 'string' },
} as const;
const { values } = parseArgs({ options });
const sizes = (values.people ?? '').split(',').map(Number);
const requirements = Number(values.requirements ?? 3);
if (
  !(requirements >= 1 && requirements <= 30) ||
  !sizes.every(size => Number.isInteger(size) && size >= 10 && size <= 2_000_000)
) {
  process.stderr.write('Say for how many people: npm run scale -- --people 1000,100000\n');
  process.exit(2);
}

const costs: SizeCost[] = [];
for (const size of sizes) costs.push(await costOfSize(size));
const names = Object.keys(costs[0]?.pages ?? {});
const pages = names.map(name => {
  const cpuMs = costs.map(cost => cost.pages[name] ?? null);
  return { name, cpuMs, exponent: exponentOf(cpuMs) };
});
for (const { name, cpuMs, exponent } of pages)
  say(`${name.padEnd(44)} ${cpuMs.map(inMs).join(' ')}   ${exponent === null ? '' : exponent.toFixed(2)}`);
for (const { people, startSeconds, memoryMb, databaseMb, waits } of costs) {
  say(
    `${people} people: started in ${startSeconds.toFixed(1)} s, ${memoryMb} MB of memory, a database of ${databaseMb.toFixed(0)} MB`,
  );
  say(
    `A learner waits (p95) ${waits.alone.toFixed(0)} ms alone, ${waits.beside.toFixed(0)} ms while others open every page`,
  );
}
for (const cost of costs) {
  const subject = `scale-${cost.people}`;
  if (isSubject(subject)) keep(subject, figuresOf(cost));
}

async function costOfSize(size: number): Promise<SizeCost> {
  const program = [join(projectRoot, 'test/scale/one-size.ts'), String(size), String(requirements)];
  if (values.keep && !values.postgres) program.push(join(values.keep, String(size)));
  const { stdout } = await promisify(execFile)(
    process.execPath,
    values.postgres
      ? [join(projectRoot, 'test/support/with-postgres.mjs'), 'tsx', ...program]
      : ['--import', 'tsx', ...program],
    { cwd: projectRoot },
  );
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as SizeCost;
}

/** By which power of the number of people a page grows, from the first size to the last. */
function exponentOf(cpuMs: readonly (number | null)[]): number | null {
  const [least, most] = [cpuMs[0], cpuMs.at(-1)];
  const [from, to] = [sizes[0], sizes.at(-1)];
  if (!least || !most || !from || !to || from === to) return null;
  return Math.log(most / least) / Math.log(to / from);
}

function figuresOf({ pages, startSeconds, memoryMb, databaseMb, waits }: SizeCost): Figure[] {
  return [
    ...Object.entries(pages).flatMap(([what, value]) =>
      value === null ? [] : [{ what, value, unit: 'ms of CPU', target: 10 }],
    ),
    { what: 'Start of the server', value: startSeconds, unit: 's' },
    { what: 'Memory of the server after the pages', value: memoryMb, unit: 'MB' },
    ...(databaseMb > 0 ? [{ what: 'Size of the database', value: databaseMb, unit: 'MB' }] : []),
    { what: 'Wait of a learner, 95 %', value: waits.alone, unit: 'ms' },
    { what: 'Wait of a learner while others open every page, 95 %', value: waits.beside, unit: 'ms' },
  ];
}

function inMs(value: number | null): string {
  return (value === null ? 'none' : value.toFixed(1)).padStart(8);
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
