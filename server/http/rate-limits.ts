import { createHmac } from 'node:crypto';
import { row, rows } from '../db/rows.js';
import { inTransaction } from '../db/transaction.js';
import { TooMany } from '../errors.js';

/** At most `points` tries in `seconds`, for one subject (an address, an account, everyone). */
export interface Limit {
  readonly name: string;
  readonly points: number;
  readonly seconds: number;
  /**
   * Count in steps of so many: a page that is only read then writes once for that many views, and a limit is
   * passed by at most one step in each process. 1 without.
   */
  readonly step?: number;
}

/** The written limits of the installation. They delay; none locks an account for good. */
export const limits = {
  // A training room signs in at once from one address; each account has its own, narrow limit.
  signInByAddress: { name: 'sign-in-address', points: 200, seconds: 600 },
  signInByAccount: { name: 'sign-in-account', points: 10, seconds: 600 },
  signUpByAddress: { name: 'sign-up-address', points: 20, seconds: 3600 },
  mailByAccount: { name: 'mail-account', points: 5, seconds: 3600 },
  linkByAddress: { name: 'link-address', points: 60, seconds: 600 },
  verifyByAddress: { name: 'verify-address', points: 120, seconds: 600, step: 12 },
  fileCheckByAddress: { name: 'file-check-address', points: 60, seconds: 600, step: 4 },
  nameCheckByCertificate: { name: 'name-check', points: 20, seconds: 3600 },
} as const satisfies Record<string, Limit>;

/**
 * Counts tries in the database, so that a limit holds across processes and restarts. Subjects are stored as
 * keyed hashes: the table gives no address away.
 */
export class RateLimits {
  readonly #key: Buffer;
  readonly #pending = new Map<string, number>();
  readonly #seen = new Map<string, Counted>();

  constructor(key: Buffer) {
    this.#key = key;
  }

  /** Count one try. Throws `TooMany` when the limit is passed. */
  async consume(limit: Limit, subject: string, now: number): Promise<void> {
    const key = this.#keyOf(limit, subject);
    const tries = this.#gather(key, limit);
    const counted = tries > 0 ? await this.#count(key, { limit, tries, now }) : this.#seen.get(key);
    if (counted && counted.expire > now && counted.points > limit.points) throw tooMany(counted.expire, now);
  }

  /** Forget a subject's tries, for example after a right password. */
  async forgive(limit: Limit, subject: string): Promise<void> {
    await inTransaction(() => rows('delete from rate_limits where key = $1', [this.#keyOf(limit, subject)]));
  }

  /** Tries to write down now: none until a step is full. */
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

interface Counted {
  readonly points: number;
  readonly expire: number;
}

function count(
  key: string,
  { limit, tries, now }: { limit: Limit; tries: number; now: number },
): Promise<Counted | null> {
  return inTransaction(() =>
    row<Counted>(
      `insert into rate_limits (key, points, expire) values ($1, $4, $2)
       on conflict (key) do update set
         points = case when rate_limits.expire <= $3 then $4 else rate_limits.points + $4 end,
         expire = case when rate_limits.expire <= $3 then $2 else rate_limits.expire end
       returning points, expire`,
      [key, now + limit.seconds * 1000, now, tries],
    ),
  );
}

/** Drop counters whose time is over. */
export const pruneRateLimits = (now: number): Promise<unknown> =>
  inTransaction(() => rows('delete from rate_limits where expire <= $1', [now]));

const tooMany = (expire: number, now: number) => new TooMany(Math.max(1, Math.ceil((expire - now) / 1000)));
