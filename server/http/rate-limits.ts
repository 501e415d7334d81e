import { createHmac } from 'node:crypto';
import { row, rows } from '../db/rows.js';
import { inTransaction } from '../db/transaction.js';
import { TooMany } from '../errors.js';

/** At most `points` tries in `seconds`, for one subject (an address, an account, everyone). */
export interface Limit {
  readonly name: string;
  readonly points: number;
  readonly seconds: number;
}

/** The written limits of the installation. They delay; none locks an account for good. */
export const limits = {
  signInByAddress: { name: 'sign-in-address', points: 30, seconds: 600 },
  signInByAccount: { name: 'sign-in-account', points: 10, seconds: 600 },
  signUpByAddress: { name: 'sign-up-address', points: 20, seconds: 3600 },
  mailByAccount: { name: 'mail-account', points: 5, seconds: 3600 },
  linkByAddress: { name: 'link-address', points: 60, seconds: 600 },
  verifyByAddress: { name: 'verify-address', points: 120, seconds: 600 },
  nameCheckByCertificate: { name: 'name-check', points: 20, seconds: 3600 },
} as const satisfies Record<string, Limit>;

/**
 * Counts tries in the database, so that a limit holds across processes and restarts. Subjects are stored as
 * keyed hashes: the table gives no address away.
 */
export class RateLimits {
  readonly #key: Buffer;

  constructor(key: Buffer) {
    this.#key = key;
  }

  /** Count one try. Throws `TooMany` when the limit is passed. */
  async consume(limit: Limit, subject: string, now: number): Promise<void> {
    const counted = await this.#count(limit, subject, now);
    if (counted && counted.points > limit.points) throw tooMany(counted.expire, now);
  }

  /** Throws `TooMany` when the limit was passed already, without counting. */
  async check(limit: Limit, subject: string, now: number): Promise<void> {
    const found = await row<{ points: number; expire: number }>(
      'select points, expire from rate_limits where key = $1',
      [this.#keyOf(limit, subject)],
    );
    if (found && found.expire > now && found.points >= limit.points) throw tooMany(found.expire, now);
  }

  /** Forget a subject's tries, for example after a right password. */
  async forgive(limit: Limit, subject: string): Promise<void> {
    await inTransaction(() => rows('delete from rate_limits where key = $1', [this.#keyOf(limit, subject)]));
  }

  #count(limit: Limit, subject: string, now: number) {
    return inTransaction(() =>
      row<{ points: number; expire: number }>(
        `insert into rate_limits (key, points, expire) values ($1, 1, $2)
         on conflict (key) do update set
           points = case when rate_limits.expire <= $3 then 1 else rate_limits.points + 1 end,
           expire = case when rate_limits.expire <= $3 then $2 else rate_limits.expire end
         returning points, expire`,
        [this.#keyOf(limit, subject), now + limit.seconds * 1000, now],
      ),
    );
  }

  #keyOf(limit: Limit, subject: string): string {
    return `${limit.name}:${createHmac('sha256', this.#key).update(subject).digest('base64url')}`;
  }
}

/** Drop counters whose time is over. */
export const pruneRateLimits = (now: number): Promise<unknown> =>
  inTransaction(() => rows('delete from rate_limits where expire <= $1', [now]));

const tooMany = (expire: number, now: number) => new TooMany(Math.max(1, Math.ceil((expire - now) / 1000)));
