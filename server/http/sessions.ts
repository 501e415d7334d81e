import { Store, type SessionData } from 'express-session';
import { row, rows } from '../db/rows.js';
import { inTransaction } from '../db/transaction.js';
import { sha256 } from '../lib/tokens.js';

/** Signed out after this long without a page (ms). */
export const IDLE = 2 * 3_600_000;
/** Signed out after this long in any case (ms). */
export const ABSOLUTE = 12 * 3_600_000;
/** A session read is trusted for this long without asking the database again (ms). */
const TRUSTED = 5_000;

interface Stored {
  readonly data: string;
  readonly createdAt: number;
  touchedAt: number;
}

type Callback<T> = (error: unknown, value?: T) => void;

/**
 * Sessions in our own table. The id is stored as its hash, so a leaked table signs nobody in. Reads are kept
 * for five seconds, and a page view moves the idle clock at most every quarter of it: a learner who reads
 * causes no write. (connect-session-sequelize writes on every page, past the write queue.)
 */
export class SessionStore extends Store {
  /** `until` is a time of `#elapsed`. */
  readonly #recent = new Map<string, { stored: Stored; until: number }>();
  readonly #clock: () => number;
  readonly #elapsed: () => number;
  #turn: Promise<unknown> = Promise.resolve();
  #endings = 0;

  /** `clock`: epoch ms. `elapsed`: ms that only ever grow, so a clock that is set back does not prolong the trust. */
  constructor(clock: () => number = Date.now, elapsed: () => number = () => performance.now()) {
    super();
    this.#clock = clock;
    this.#elapsed = elapsed;
  }

  override get(id: string, done: Callback<SessionData | null>): void {
    const key = sha256(id);
    const recent = this.#recent.get(key);
    if (recent && recent.until > this.#elapsed()) return done(null, parsed(recent.stored));
    answer(this.#read(key), done);
  }

  override set(id: string, session: SessionData, done?: Callback<void>): void {
    answer(this.#write(id, session), done);
  }

  override destroy(id: string, done?: Callback<void>): void {
    const key = sha256(id);
    answer(
      this.#end('id_hash = $1', [key], () => this.#recent.delete(key)),
      done,
    );
  }

  /** Answers at once when there is nothing to write: express-session would otherwise send the page in two parts. */
  override touch(id: string, _session: SessionData, done?: Callback<void>): void {
    const key = sha256(id);
    const stored = this.#recent.get(key)?.stored;
    const now = this.#clock();
    if (!stored || now - stored.touchedAt < IDLE / 4) return done?.(null);
    answer(this.#touch(key, stored, now), done);
  }

  /** End a person's sessions, all but the one given (by id). They are gone for the very next request. */
  endAll(userId: string, exceptId: string | null): Promise<void> {
    const kept = exceptId ? sha256(exceptId) : '';
    return this.#end('user_id = $1 and id_hash <> $2', [userId, kept], () => this.#recent.clear());
  }

  /** Where a person is signed in, newest first. */
  openOf(userId: string): Promise<{ idHash: string; createdAt: number }[]> {
    return rows(
      `select id_hash as "idHash", created_at as "createdAt" from sessions
       where user_id = $1 and expires_at > $2 order by created_at desc`,
      [userId, this.#clock()],
    );
  }

  /** Delete sessions whose time is over. */
  prune(): Promise<unknown> {
    return inTransaction(() => rows('delete from sessions where expires_at <= $1', [this.#clock()]));
  }

  async #read(key: string): Promise<SessionData | null> {
    const asked = this.#elapsed();
    const endings = this.#endings;
    const stored = await row<Stored & { expiresAt: number }>(
      `select data, created_at as "createdAt", touched_at as "touchedAt", expires_at as "expiresAt"
       from sessions where id_hash = $1`,
      [key],
    );
    if (!stored || stored.expiresAt <= this.#clock()) return null;
    // A session that ended while it was read is answered this once, and not remembered.
    if (endings === this.#endings) this.#remember(key, stored, asked);
    return parsed(stored);
  }

  #write(id: string, session: SessionData): Promise<void> {
    return this.#inTurn(() => this.#writeNow(id, session));
  }

  async #writeNow(id: string, session: SessionData): Promise<void> {
    const [now, asked] = [this.#clock(), this.#elapsed()];
    const key = sha256(id);
    const { cookie: _cookie, ...kept } = session;
    const data = JSON.stringify(kept);
    const userId = (kept as { passport?: { user?: string } }).passport?.user ?? null;
    const stored = await inTransaction(() =>
      row<Stored>(
        `insert into sessions (id_hash, user_id, data, created_at, touched_at, expires_at)
         values ($1, $2, $3, $4, $4, $5)
         on conflict (id_hash) do update set user_id = $2, data = $3
         returning data, created_at as "createdAt", touched_at as "touchedAt"`,
        [key, userId, data, now, now + IDLE],
      ),
    );
    if (stored) this.#remember(key, stored, asked);
  }

  async #touch(key: string, stored: Stored, now: number): Promise<void> {
    stored.touchedAt = now;
    await inTransaction(() =>
      rows('update sessions set touched_at = $1, expires_at = $2 where id_hash = $3', [
        now,
        Math.min(now + IDLE, stored.createdAt + ABSOLUTE),
        key,
      ]),
    );
  }

  #end(where: string, params: string[], forget: () => void): Promise<void> {
    return this.#inTurn(async () => {
      await inTransaction(() => rows(`delete from sessions where ${where}`, params));
      this.#endings += 1;
      forget();
    });
  }

  /**
   * express-session answers a sign-in before it has written the session a second time: whoever signs out at
   * once must not find that late write after the end of the session.
   */
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const mine = this.#turn.then(work, work);
    this.#turn = mine.catch(() => undefined);
    return mine;
  }

  #remember(key: string, stored: Stored, asked: number): void {
    if (this.#recent.size > 10_000) this.#recent.clear();
    this.#recent.set(key, { stored, until: asked + TRUSTED });
  }
}

/**
 * Delete a person's sessions, in the transaction of the change that ends them. A process that has just read one may take it
 * for good for five seconds more: that change must keep the person from being found, too.
 */
export const endSessionsOf = (userId: string): Promise<unknown> =>
  rows('delete from sessions where user_id = $1', [userId]);

/** End the sessions of everybody, before this process has answered anybody. */
export const endAllSessions = (): Promise<unknown> => inTransaction(() => rows('delete from sessions'));

/** express-session wants the cookie's settings in what it reads; ours are those of the middleware. */
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
