import { ofDatabase } from '../../../platform/db/connect.js';
import { rows } from '../../../platform/db/rows.js';
import { columns, sql } from '../../../platform/db/sql.js';
import type { Row } from '../../../platform/db/table.js';
import { inTransaction } from '../../../platform/db/transaction.js';
import { CheckCount } from './tables.js';

type Count = Row<typeof CheckCount>;

/** How somebody checked a certificate: by its number, or with its file. */
export type CheckWay = Count['way'];

/** How long counts are collected before they are written (ms): a page that only reads must not wait for a write. */
const DELAY = 1000;

interface Counting {
  /** Checks that are not written yet, by day, way and verdict. */
  waiting: Map<string, number>;
  timer?: NodeJS.Timeout;
  /** Writes take turns; a reader of the counts waits for the one under way. */
  written: Promise<void>;
}

const counting = ofDatabase((): Counting => ({ waiting: new Map(), written: Promise.resolve() }));

/** Count one check. Counts of the last second are lost when the program is killed. */
export function countCheck(way: CheckWay, verdict: string, now: number): void {
  const key = JSON.stringify([new Date(now).toISOString().slice(0, 10), way, verdict]);
  const counts = counting();
  counts.waiting.set(key, (counts.waiting.get(key) ?? 0) + 1);
  counts.timer ??= setTimeout(() => void writeCounts(counts).catch(() => undefined), DELAY).unref();
}

const SINCE = sql`select ${columns(CheckCount, 'c', 'day', 'way', 'verdict', 'checks')} from ${CheckCount} c
  where c.day >= $1 order by c.day desc, c.way, c.verdict`;

/** The checks since a day such as "2027-10-01" (UTC), newest first. */
export async function checksSince(day: string): Promise<Count[]> {
  await writeCounts(counting());
  return rows(SINCE, [day]);
}

/** How often certificates were checked in the thirty days before `now`, by number and with a file. */
export async function checksInLastMonth(now: number): Promise<Record<CheckWay, number>> {
  const counts = await checksSince(new Date(now - 30 * 86_400_000).toISOString().slice(0, 10));
  const sum = (way: CheckWay) =>
    counts.filter(each => each.way === way).reduce((total, { checks }) => total + checks, 0);
  return { number: sum('number'), file: sum('file') };
}

function writeCounts(counts: Counting): Promise<void> {
  const write = () => writeWaiting(counts);
  counts.written = counts.written.then(write, write);
  return counts.written;
}

/** Counts that cannot be written are kept for the next time. */
async function writeWaiting(counts: Counting): Promise<void> {
  clearTimeout(counts.timer);
  delete counts.timer;
  const taken = counts.waiting;
  counts.waiting = new Map();
  if (taken.size === 0) return;
  try {
    await inTransaction(async () => {
      for (const [key, checks] of taken) await rows(ADD, [...(JSON.parse(key) as string[]), checks]);
    });
  } catch (fault) {
    const { waiting } = counts;
    for (const [key, checks] of taken) waiting.set(key, (waiting.get(key) ?? 0) + checks);
    throw fault;
  }
}

const ADD = sql`insert into ${CheckCount} (day, way, verdict, checks) values ($1, $2, $3, $4)
  on conflict (day, way, verdict) do update set checks = ${CheckCount}.checks + $4`;
