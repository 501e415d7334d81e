import { database, ofDatabase } from '../../db/connect.js';
import { row, rows } from '../../db/rows.js';
import { as, columns, sql } from '../../db/sql.js';
import { moment, nullable } from '../../db/table.js';
import { inTransaction } from '../../db/transaction.js';
import { INSTALLATION } from '../chains.js';
import type { EventPayloads } from '../event-payloads.js';
import { PutOff } from '../jobs/failures.js';
import { record } from '../record.js';
import { Event, RoutineRun } from '../tables.js';

/** A clock that moves by more than this (ms) against elapsed time, or differs by more from the database's, is not believed. */
export const JUMP = 300_000;

/** How long it has to run evenly before it is believed again (ms, elapsed). */
const HOLD = 600_000;

/**
 * The time of day (epoch ms), and one that only runs on (ms). A machine that sleeps stops the second on Linux: when it wakes, the clock has
 * jumped, and ten minutes of waiting harm nobody. For a process that was stopped (SIGSTOP) both went on.
 */
export interface Clocks {
  readonly clock: () => number;
  readonly elapsed: () => number;
}

/** Why whatever carries a date waits. */
export interface ClockHold {
  /** `jumped`: while this process ran. `behind`: of what an earlier one wrote. `differs`: from the database's clock. */
  readonly why: 'jumped' | 'behind' | 'differs';
  /** What it said when that was noticed, and what it should have said by elapsed time, by the last work, or by the database (epoch ms). */
  readonly found: number;
  readonly expected: number;
  /** Until when at least, by the clock as it is now (epoch ms). */
  readonly until: number;
}

interface Watch {
  /** Compares both clocks with the last look: two readings, and no database. */
  look(): ClockHold | null;
  /** Compares with the database's clock, on PostgreSQL, and writes down what has jumped since. */
  compare(): Promise<readonly Jump[]>;
}

/** The clock went from one moment to another, in no time (epoch ms). */
type Jump = EventPayloads['clock.jumped'];

const watching = ofDatabase((): { watch: Watch | null } => ({ watch: null }));

/**
 * From now on this process watches its clock. There is no earlier reading to compare with, but a routine runs each minute: where the last
 * run lies ahead, the clock was set back meanwhile, or was fast then. On PostgreSQL its clock decides that.
 */
export async function watchClock(clocks: Clocks): Promise<void> {
  const expected = Number((await row(LAST_RUN))?.at ?? 0);
  const differs = await differenceToDatabase(clocks.clock);
  const found = clocks.clock();
  const isBehind = differs === null && found < expected - JUMP;
  watching().watch = openWatch(clocks, isBehind ? { why: 'behind', found, expected } : null);
  await compareClocks();
}

const LAST_RUN = sql`select max(r.last_run_at) ${as('at', nullable(moment()))} from ${RoutineRun} r`;

/** Why nothing that carries a date is to be made now; null: the clock is believed. A process that does not watch believes it. */
export const clockHold = (): ClockHold | null => watching().watch?.look() ?? null;

/** Look at the database's clock, too, and record jumps. Returns those of which nobody has been told. */
export const compareClocks = async (): Promise<readonly Jump[]> => (await watching().watch?.compare()) ?? [];

/** Call once what is to be dated is known, and before it is signed. Throws `PutOff`: the job waits, and has not failed. */
export function refuseWhileClockIsDoubted(): void {
  if (clockHold() !== null) throw new PutOff('The clock jumped: what is dated waits until it has run evenly');
}

type Doubt = Omit<ClockHold, 'until'>;

function openWatch({ clock, elapsed }: Clocks, begin: Doubt | null): Watch {
  let last = { at: elapsed(), clock: clock() };
  let held: (Doubt & { readonly end: number }) | null = begin && { ...begin, end: last.at + HOLD };
  let isFar = false;
  let untold: readonly Jump[] = [];

  function look(): ClockHold | null {
    const here = { at: elapsed(), clock: clock() };
    const by = here.clock - last.clock - (here.at - last.at);
    last = here;
    if (Math.abs(by) > JUMP) {
      const jump = { from: here.clock - by, to: here.clock };
      held = { why: 'jumped', found: jump.to, expected: jump.from, end: here.at + HOLD };
      untold = [...untold, jump];
    }
    if (held && here.at >= held.end && !isFar) held = null;
    if (!held) return null;
    const { end, ...doubt } = held;
    return { ...doubt, until: here.clock + Math.max(0, end - here.at) };
  }

  async function compare(): Promise<readonly Jump[]> {
    const differs = await differenceToDatabase(clock);
    isFar = differs !== null && Math.abs(differs) > JUMP;
    look();
    const found = clock();
    if (isFar) held ??= { why: 'differs', found, expected: found - (differs ?? 0), end: elapsed() + HOLD };
    const jumps = untold;
    for (const jump of jumps) await keep(jump, clock());
    untold = untold.slice(jumps.length);
    return jumps;
  }

  return { look, compare };
}

const keep = (jump: Jump, now: number): Promise<void> =>
  inTransaction(() => record('clock.jumped', jump, { actorId: null, organisationId: null, now }));

const JUMPS = sql`select ${columns(Event, 'e', 'payload', 'createdAt')} from ${Event} e
  where name = 'clock.jumped' and chain = $1 order by seq`;
const LAST_JUMP = sql`${JUMPS} desc limit 1`;

/** When a clock went back, oldest first: what it had dated until then was over. */
export const jumpsBack = async (): Promise<Jump[]> =>
  (await rows(JUMPS, [INSTALLATION]))
    .map(({ payload }) => JSON.parse(payload) as Jump)
    .filter(({ from, to }) => to < from);

/** The last jump that any process recorded, and when it did (epoch ms, by the clock as it was then); null where none was. */
export async function lastJump(): Promise<(Jump & { readonly recordedAt: number }) | null> {
  const found = await row(LAST_JUMP, [INSTALLATION]);
  return found && { ...(JSON.parse(found.payload) as Jump), recordedAt: found.createdAt };
}

const DATABASE_NOW = sql`select cast(extract(epoch from clock_timestamp()) * 1000 as bigint) ${as('now', moment())}`;

/** By how much our clock is ahead of the database's (ms); null where it is the same clock. */
export async function differenceToDatabase(clock: () => number): Promise<number | null> {
  if (database().dialect === 'sqlite') return null;
  const before = clock();
  const at = Number((await row(DATABASE_NOW))?.now);
  // The answer may have taken long: it is from any moment in between.
  return before > at ? before - at : Math.min(0, clock() - at);
}
