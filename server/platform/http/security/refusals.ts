import { rows } from '../../db/rows.js';
import { columns, sql } from '../../db/sql.js';
import type { Row } from '../../db/table.js';
import { inTransaction } from '../../db/transaction.js';
import { sha256 } from '../../lib/tokens.js';
import { RefusalCount } from '../tables.js';
import { networkHash } from './network-hash.js';

/** Something that was refused. `subject`: the network, or what else a limit counts; it is stored as a keyed hash. */
export interface NotedRefusal {
  readonly kind: Row<typeof RefusalCount>['kind'];
  /** A word of the program: the action of the policy, the name of the limit, or what did not fit. Never a text that somebody typed. */
  readonly what: string;
  readonly subject: string;
  /** The person who was refused, or whose account it was; null where none is known. */
  readonly userId: string | null;
}

const HOUR = 3_600_000;
/** How many different ones are kept apart in an hour; further ones are counted together, by what was refused alone. */
const MOST_APART = 2_000;
/** How long they are kept (days), and how many at most, so that nobody can fill the disk. */
export const REFUSALS_KEPT = 90;
const MOST_KEPT = 200_000;
/** They are written every so often (ms), so that a flood costs hardly anything. */
const WRITE_EVERY = 10_000;

type Counted = Omit<NotedRefusal, 'subject'> & {
  network: string;
  times: number;
  firstAt: number;
  lastAt: number;
};

/**
 * Counts what is refused, in memory, and writes it every ten seconds: a request that is refused neither waits for a write nor
 * tells by its time what exists. A process that is killed loses the last seconds; one that is stopped calls `close`.
 */
export class Refusals {
  readonly #key: Buffer;
  readonly #timer: NodeJS.Timeout;
  readonly #open = new Map<string, Counted>();
  #apart = new Set<string>();
  #hour = 0;

  constructor(key: Buffer) {
    this.#key = key;
    this.#timer = setInterval(() => void this.write().catch(() => undefined), WRITE_EVERY).unref();
  }

  /** Count one. It is in the table after the next `write`. */
  note({ kind, what, subject, userId }: NotedRefusal, now: number): void {
    const hour = Math.floor(now / HOUR);
    const own = { kind, what, network: networkHash(subject, this.#key), userId };
    const id = this.#placeOf(idOf(own, hour), hour);
    const kept = id === null ? { ...own, network: '', userId: null } : own;
    const key = id ?? idOf(kept, hour);
    const found = this.#open.get(key);
    this.#open.set(key, {
      ...kept,
      times: (found?.times ?? 0) + 1,
      firstAt: found?.firstAt ?? now,
      lastAt: now,
    });
  }

  /** Write what was counted. Whoever reads the table calls it first, so that the page shows this very moment. */
  async write(): Promise<void> {
    const all = [...this.#open];
    this.#open.clear();
    if (all.length === 0) return;
    await inTransaction(async () => {
      for (const [id, { kind, what, network, userId, times, firstAt, lastAt }] of all)
        await rows(ADD, [id, kind, what, network, userId, times, firstAt, lastAt]);
    });
  }

  /** Write what was counted, and stop writing: call it before the database closes. */
  async close(): Promise<void> {
    clearInterval(this.#timer);
    await this.write();
  }

  /** The id under which it is counted, while there is room in this hour; null: together with others. */
  #placeOf(id: string, hour: number): string | null {
    if (hour !== this.#hour) this.#apart = new Set();
    this.#hour = hour;
    if (this.#apart.has(id)) return id;
    if (this.#apart.size >= MOST_APART) return null;
    this.#apart.add(id);
    return id;
  }
}

const idOf = (
  { kind, what, network, userId }: Omit<NotedRefusal, 'subject'> & { network: string },
  hour: number,
) => sha256([hour, kind, what, network, userId ?? ''].join(' '));

const ADD = sql`insert into ${RefusalCount} (id, kind, what, network, user_id, times, first_at, last_at)
  values ($1, $2, $3, $4, $5, $6, $7, $8)
  on conflict (id) do update set times = ${RefusalCount}.times + $6, last_at = $8`;

const FIELDS = columns(
  RefusalCount,
  'r',
  'id',
  'kind',
  'what',
  'network',
  'userId',
  'times',
  'firstAt',
  'lastAt',
);

/** What was refused to a person, or at their account, newest first. */
export const refusedTo = (userId: string, limit: number) =>
  rows(
    sql`select ${FIELDS} from ${RefusalCount} r where r.user_id = $1 order by r.last_at desc, r.id desc limit ${limit}`,
    [userId],
  );

export const REFUSAL_KINDS = ['sign-in', 'forbidden', 'hidden', 'limit'] as const;

/** What the list of refusals is narrowed to; '': nothing. `network`: a keyed hash; `person`: an id. */
export interface RefusalFilter {
  readonly kind: (typeof REFUSAL_KINDS)[number] | '';
  readonly network: string;
  readonly person: string;
}

/** A place in the list, after which it goes on. */
export interface RefusalPlace {
  readonly at: number;
  readonly id: string;
}

/** What was refused, newest first, after a place. */
export const refusalsBefore = (
  { kind, network, person }: RefusalFilter,
  { after, limit }: { after: RefusalPlace | null; limit: number },
) =>
  rows(
    sql`select ${FIELDS} from ${RefusalCount} r
        where ($1 = '' or r.kind = $1) and ($2 = '' or r.network = $2) and ($3 = '' or r.user_id = $3)
          and (r.last_at, r.id) < ($4, $5) order by r.last_at desc, r.id desc limit ${limit}`,
    [kind, network, person, after?.at ?? Number.MAX_SAFE_INTEGER, after?.id ?? ''],
  );

/** Forget what is older than the time for which it is kept, and the oldest beyond the most that are. */
export const pruneRefusals = (now: number): Promise<unknown> =>
  inTransaction(() =>
    rows(
      sql`delete from ${RefusalCount} where last_at < $1 or last_at < coalesce(
            (select r.last_at from ${RefusalCount} r order by r.last_at desc limit 1 offset ${MOST_KEPT}), 0)`,
      [now - REFUSALS_KEPT * 86_400_000],
    ),
  );
