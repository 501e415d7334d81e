import { Store, type SessionData } from 'express-session';
import { row, rows } from '../../db/rows.js';
import { columns, sql } from '../../db/sql.js';
import type { Row } from '../../db/table.js';
import { inTransaction } from '../../db/transaction.js';
import { RecentReads } from '../../lib/recent-reads.js';
import { sha256 } from '../../lib/tokens.js';
import { Session } from '../tables.js';

/** A session ends after this long without a page (ms). */
export const SESSION_IDLE = 2 * 3_600_000;
/** A session ends after this long in any case (ms). */
export const SESSION_LIMIT = 12 * 3_600_000;

type Stored = Pick<Row<typeof Session>, 'data' | 'createdAt' | 'touchedAt'>;

const READ = sql`select ${columns(Session, 's', 'data', 'createdAt', 'touchedAt', 'expiresAt')}
  from ${Session} s where s.id_hash = $1`;

const WRITE = sql`insert into ${Session} (id_hash, user_id, data, created_at, touched_at, expires_at)
  values ($1, $2, $3, $4, $4, $5) on conflict (id_hash) do update set user_id = $2, data = $3
  returning ${columns(Session, Session.table, 'data', 'createdAt', 'touchedAt')}`;

const DELETE = sql`delete from ${Session} where id_hash = $1`;

const DELETE_OTHERS = sql`delete from ${Session} where user_id = $1 and id_hash <> $2`;

const TOUCH = sql`update ${Session} set touched_at = $1, expires_at = $2 where id_hash = $3`;

type Callback<T> = (error: unknown, value?: T) => void;

/**
 * Sessions in our own table. The id is stored as its hash, so a leaked table signs nobody in. Reads are cached
 * for five seconds, and a page view moves the idle time only when a quarter of it has passed: a learner who reads
 * causes no write. (connect-session-sequelize writes on every page, past the write queue.)
 */
export class SessionStore extends Store {
  readonly #recent = new RecentReads<Stored>(5_000);
  readonly #clock: () => number;
  readonly #elapsed: () => number;
  #turn: Promise<unknown> = Promise.resolve();

  /** `clock`: epoch ms. `elapsed`: ms that only ever grow, so a clock that is set back does not prolong the trust. */
  constructor(clock: () => number = Date.now, elapsed: () => number = () => performance.now()) {
    super();
    this.#clock = clock;
    this.#elapsed = elapsed;
  }

  override get(id: string, done: Callback<SessionData | null>): void {
    const key = sha256(id);
    const recent = this.#recent.get(key, this.#elapsed());
    if (recent) return done(null, parsed(recent));
    answer(this.#read(key), done);
  }

  override set(id: string, session: SessionData, done?: Callback<void>): void {
    answer(this.#write(id, session), done);
  }

  override destroy(id: string, done?: Callback<void>): void {
    const key = sha256(id);
    answer(
      this.#inTurn(() => this.#destroy(key)),
      done,
    );
  }

  /** Calls back synchronously when there is nothing to write: otherwise express-session would send the page in two parts. */
  override touch(id: string, _session: SessionData, done?: Callback<void>): void {
    const key = sha256(id);
    const stored = this.#recent.newest(key);
    const now = this.#clock();
    if (!stored || now - stored.touchedAt < SESSION_IDLE / 4) return done?.(null);
    answer(this.#touch(key, stored, now), done);
  }

  /** The session of a visitor who signs in was never stored. */
  async #destroy(key: string): Promise<void> {
    if (await row(READ, [key])) await inTransaction(() => rows(DELETE, [key]));
    this.#recent.remove(key);
  }

  /** End all of a person's sessions except the one with this id. Their next request finds none. */
  endAll(userId: string, exceptId: string | null): Promise<void> {
    const kept = exceptId ? sha256(exceptId) : '';
    return this.#inTurn(async () => {
      await inTransaction(() => rows(DELETE_OTHERS, [userId, kept]));
      this.#recent.clear();
    });
  }

  /** A person's open sessions, newest first. */
  openOf(userId: string): Promise<{ idHash: string; createdAt: number }[]> {
    return rows(
      sql`select ${columns(Session, 's', 'idHash', 'createdAt')} from ${Session} s
          where s.user_id = $1 and s.expires_at > $2 order by s.created_at desc`,
      [userId, this.#clock()],
    );
  }

  /** Delete expired sessions. */
  prune(): Promise<unknown> {
    return inTransaction(() => rows(sql`delete from ${Session} where expires_at <= $1`, [this.#clock()]));
  }

  async #read(key: string): Promise<SessionData | null> {
    const keep = this.#recent.reading(this.#elapsed());
    const stored = await row(READ, [key]);
    if (!stored || stored.expiresAt <= this.#clock()) return null;
    keep(key, stored);
    return parsed(stored);
  }

  #write(id: string, session: SessionData): Promise<void> {
    return this.#inTurn(() => this.#writeNow(id, session));
  }

  async #writeNow(id: string, session: SessionData): Promise<void> {
    const now = this.#clock();
    const keep = this.#recent.reading(this.#elapsed());
    const key = sha256(id);
    const { cookie: _cookie, ...kept } = session;
    const data = JSON.stringify(kept);
    // express-session writes a session that has just begun once more at the end of the answer.
    if (this.#recent.newest(key)?.data === data) return;
    const userId = (kept as { passport?: { user?: string } }).passport?.user ?? null;
    const stored = await inTransaction(() => row(WRITE, [key, userId, data, now, now + SESSION_IDLE]));
    if (stored) keep(key, stored);
  }

  async #touch(key: string, stored: Stored, now: number): Promise<void> {
    stored.touchedAt = now;
    const expiresAt = Math.min(now + SESSION_IDLE, stored.createdAt + SESSION_LIMIT);
    await inTransaction(() => rows(TOUCH, [now, expiresAt, key]));
  }

  /**
   * Writes take turns. express-session answers a sign-in before it has written the session a second time, and that late write
   * must not revive a session that has ended meanwhile.
   */
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const mine = this.#turn.then(work, work);
    this.#turn = mine.catch(() => undefined);
    return mine;
  }
}

/**
 * Delete a person's sessions, in the transaction of the change that ends them. Other processes may trust a cached session for
 * five seconds more, so that change must also block the person.
 */
export const endSessionsOf = (userId: string): Promise<unknown> =>
  rows(sql`delete from ${Session} where user_id = $1`, [userId]);

/** End everybody's sessions, before this process answers its first request. */
export const endAllSessions = (): Promise<unknown> => inTransaction(() => rows(sql`delete from ${Session}`));

/** express-session expects the cookie's settings in what it reads; ours are set in the middleware. */
const parsed = (stored: Stored): SessionData => ({
  ...(JSON.parse(stored.data) as object),
  cookie: { originalMaxAge: null },
});

function answer<T>(promise: Promise<T>, done: Callback<T> | undefined): void {
  promise.then(
    value => done?.(null, value),
    (error: unknown) => done?.(error),
  );
}
