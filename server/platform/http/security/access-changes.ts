import { ofDatabase } from '../../db/connect.js';
import { inLane } from '../../db/lanes.js';
import { row } from '../../db/rows.js';
import { columns, sql } from '../../db/sql.js';
import { afterCommit, writeLast } from '../../db/transaction.js';
import { RecentReads } from '../../lib/recent-reads.js';
import { AccessChange } from '../tables.js';

/** How long what was read about access is cached, where nothing changes (ms). */
const TRUSTED_FOR = 5_000;

/** How often a server looks for changes (ms), and for how long a look vouches for what is cached, from its beginning (ms). */
const LOOK_EVERY = 400;
const VOUCHES_FOR = 1_000;

/** What this process knows of the number of changes. A process that never looks is alone, and trusts its caches. */
const known = ofDatabase(() => ({
  number: null as number | null,
  vouchedUntil: Infinity,
  caches: new Set<{ clear(): void }>(),
}));

/** A cache of what decides who may do what: every process forgets it within a second of a change. */
export const accessReads = <T>(): (() => RecentReads<T>) =>
  ofDatabase(() => {
    const reads = new RecentReads<T>(TRUSTED_FOR, () => known().vouchedUntil);
    known().caches.add(reads);
    return reads;
  });

const NUMBER = sql`select ${columns(AccessChange, 'c', 'number')} from ${AccessChange} c`;
const RAISE = sql`update ${AccessChange} set number = number + 1 returning ${columns(AccessChange, 'access_changes', 'number')}`;

/**
 * Somebody's access changes in the surrounding transaction: other processes forget what they cached. This one calls `forget`, which
 * removes as much as it has to. Throws outside a transaction.
 */
export function accessChanged(forget: () => void): void {
  writeLast(raised, null);
  afterCommit(forget);
}

/** After the chains of events, always: two transactions that write both never wait for each other. */
const raised = {
  rank: 2,
  async write(): Promise<void> {
    const { number } = (await row(RAISE)) ?? missing();
    // Of this process's own changes there is nothing to learn.
    afterCommit(() => {
      if (known().number === number - 1) known().number = number;
    });
  },
};

/** Look whether access changed in another process; if so, nothing cached is trusted. `at`: now, in elapsed ms. */
export async function lookForAccessChanges(at = performance.now()): Promise<void> {
  const { number } = (await inLane('health', () => row(NUMBER))) ?? missing();
  const here = known();
  if (number !== here.number) for (const cache of here.caches) cache.clear();
  here.number = number;
  here.vouchedUntil = at + VOUCHES_FOR;
}

/**
 * Look again and again until `signal`. While the database does not answer, nothing cached is trusted after a second. LISTEN and NOTIFY
 * would be sooner, and are lost behind a pooler of connections.
 */
export async function watchAccessChanges(signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await lookForAccessChanges().catch(() => undefined);
    await new Promise(next => {
      setTimeout(next, LOOK_EVERY).unref();
    });
  }
}

function missing(): never {
  throw new Error('The number of access changes is missing');
}
