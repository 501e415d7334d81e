import { rows } from '../../db/rows.js';
import { inTransaction } from '../../db/transaction.js';

/** How somebody checked: by the number of a certificate, or with its file. */
export type CheckWay = 'number' | 'file';

/** How often something was checked on a day (UTC), with which verdict: nothing of who asked, or about whom. */
export interface CheckCount {
  readonly day: string;
  readonly way: CheckWay;
  readonly verdict: string;
  readonly checks: number;
}

/** A page that is only read must not wait for a write: what was counted is written down together, a little later. */
const LATER = 1000;

let waiting = new Map<string, number>();
let timer: NodeJS.Timeout | undefined;
/** One writing at a time: whoever reads the counts waits for the one under way, too. */
let written: Promise<void> = Promise.resolve();

/** Count one check. What the last second counted is lost when the program is killed. */
export function countCheck(way: CheckWay, verdict: string, now: number): void {
  const key = JSON.stringify([new Date(now).toISOString().slice(0, 10), way, verdict]);
  waiting.set(key, (waiting.get(key) ?? 0) + 1);
  timer ??= setTimeout(() => void writeCounts().catch(() => undefined), LATER).unref();
}

/** The checks from a day on, newest first. */
export async function checksSince(day: string): Promise<CheckCount[]> {
  await writeCounts();
  return rows<CheckCount>(
    'select day, way, verdict, checks from certificate_checks where day >= $1 order by day desc, way, verdict',
    [day],
  );
}

/** How often certificates were checked in the thirty days before `now`, by number and with a file. */
export async function checksInLastMonth(now: number): Promise<Record<CheckWay, number>> {
  const counts = await checksSince(new Date(now - 30 * 86_400_000).toISOString().slice(0, 10));
  const sum = (way: CheckWay) =>
    counts.filter(each => each.way === way).reduce((total, { checks }) => total + checks, 0);
  return { number: sum('number'), file: sum('file') };
}

function writeCounts(): Promise<void> {
  written = written.then(writeWaiting, writeWaiting);
  return written;
}

/** What cannot be written is kept for the next time. */
async function writeWaiting(): Promise<void> {
  clearTimeout(timer);
  timer = undefined;
  const taken = waiting;
  waiting = new Map();
  if (taken.size === 0) return;
  try {
    await inTransaction(async () => {
      for (const [key, checks] of taken) await add(JSON.parse(key) as string[], checks);
    });
  } catch (fault) {
    for (const [key, checks] of taken) waiting.set(key, (waiting.get(key) ?? 0) + checks);
    throw fault;
  }
}

const add = ([day = '', way = '', verdict = '']: string[], checks: number) =>
  rows(
    `insert into certificate_checks (day, way, verdict, checks) values ($1, $2, $3, $4)
     on conflict (day, way, verdict) do update set checks = certificate_checks.checks + $4`,
    [day, way, verdict, checks],
  );
