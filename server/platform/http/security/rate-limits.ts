import { createHmac } from 'node:crypto';
import type { Response } from 'express';
import { row, rows } from '../../db/rows.js';
import { columns, sql } from '../../db/sql.js';
import type { Row } from '../../db/table.js';
import { inTransaction } from '../../db/transaction.js';
import { TooMany } from '../../../errors.js';
import type { Place } from '../../i18n/i18n.js';
import { spoken } from '../../i18n/spoken.js';
import { waitUntil, type Wait } from '../../i18n/waits.js';
import { RateLimit } from '../tables.js';

/** At most `points` tries in `seconds` for one subject (a network, an account, a certificate). */
export interface Limit {
  readonly name: string;
  readonly points: number;
  readonly seconds: number;
  /**
   * Count in steps of this many (default 1): a page that is only read then writes once for that many views, and each process
   * overshoots a limit by at most one step.
   */
  readonly step?: number;
}

type OnExceeded = (limit: string, subject: string, now: number) => void;

/**
 * Counts tries in the database, so that a limit holds across processes and restarts. Subjects are stored as
 * keyed hashes: the table reveals no address.
 */
export class RateLimits {
  readonly #key: Buffer;
  readonly #pending = new Map<string, number>();
  readonly #seen = new Map<string, Counted>();
  readonly #onExceeded: OnExceeded;

  /** `onExceeded` is told each time that a limit says no. */
  constructor(key: Buffer, onExceeded: OnExceeded = () => undefined) {
    this.#key = key;
    this.#onExceeded = onExceeded;
  }

  /** Count one try. Throws `TooMany` when it exceeds the limit. */
  async consume(limit: Limit, subject: string, now: number): Promise<void> {
    const wait = await this.count(limit, subject, now);
    if (wait !== null) throw new TooMany(wait);
  }

  /** Count one try. Returns the seconds to wait where it exceeds the limit, null where it does not. */
  async count(limit: Limit, subject: string, now: number): Promise<number | null> {
    const key = this.#keyOf(limit, subject);
    const tries = this.#gather(key, limit);
    const counted = tries > 0 ? await this.#count(key, { limit, tries, now }) : this.#seen.get(key);
    const isExceeded = counted && counted.expire > now && counted.points > limit.points;
    if (isExceeded) this.#onExceeded(limit.name, subject, now);
    return isExceeded ? Math.max(1, Math.ceil((counted.expire - now) / 1000)) : null;
  }

  /**
   * Give back a try that succeeded. Each is counted first and given back afterwards, so that tries at the same moment cannot
   * pass a limit together.
   */
  async giveBack(limit: Limit, subject: string): Promise<void> {
    await inTransaction(() =>
      rows(sql`update ${RateLimit} set points = points - 1 where key = $1 and points > 0`, [
        this.#keyOf(limit, subject),
      ]),
    );
  }

  /** Forget a subject's tries, for example after a right password. */
  async forgive(limit: Limit, subject: string): Promise<void> {
    const key = this.#keyOf(limit, subject);
    await inTransaction(() => rows(sql`delete from ${RateLimit} where key = $1`, [key]));
  }

  /** The number of tries to write now: none until a step is full. */
  #gather(key: string, { step = 1 }: Limit): number {
    const gathered = (this.#pending.get(key) ?? 0) + 1;
    if (gathered >= step) this.#pending.delete(key);
    else this.#pending.set(key, gathered);
    if (this.#pending.size > 50_000) this.#pending.clear();
    return gathered >= step ? gathered : 0;
  }

  async #count(key: string, tries: { limit: Limit; tries: number; now: number }): Promise<Counted | null> {
    const counted = await count(key, tries);
    if (!tries.limit.step || !counted) return counted;
    if (this.#seen.size > 50_000) this.#seen.clear();
    this.#seen.set(key, counted);
    return counted;
  }

  #keyOf(limit: Limit, subject: string): string {
    return `${limit.name}:${createHmac('sha256', this.#key).update(subject).digest('base64url')}`;
  }
}

type Counted = Readonly<Pick<Row<typeof RateLimit>, 'points' | 'expire'>>;

const COUNT = sql`insert into ${RateLimit} (key, points, expire) values ($1, $4, $2)
  on conflict (key) do update set
    points = case when ${RateLimit}.expire <= $3 then $4 else ${RateLimit}.points + $4 end,
    expire = case when ${RateLimit}.expire <= $3 then $2 else ${RateLimit}.expire end
  returning ${columns(RateLimit, RateLimit.table, 'points', 'expire')}`;

function count(
  key: string,
  { limit, tries, now }: { limit: Limit; tries: number; now: number },
): Promise<Counted | null> {
  return inTransaction(() => row(COUNT, [key, now + limit.seconds * 1000, now, tries]));
}

/** Set `Retry-After` (seconds); returns the same wait for the page. */
export function retryIn(res: Response, seconds: number, place: Place): Wait {
  res.set('Retry-After', String(seconds));
  const now = Date.now();
  return waitUntil(now + seconds * 1000, now, place, spoken);
}

/** Delete counters whose time is over. */
export const pruneRateLimits = (now: number): Promise<unknown> =>
  inTransaction(() => rows(sql`delete from ${RateLimit} where expire <= $1`, [now]));
