import { randomBytes } from 'node:crypto';
import { insert, row, rows } from '../../db/rows.js';
import { as, columns, sql, type Sql } from '../../db/sql.js';
import { id, key, nullable, text, type Row } from '../../db/table.js';
import { inTransaction } from '../../db/transaction.js';
import { sha256 } from '../../lib/tokens.js';
import type { UserAgent } from '../../lib/user-agents.js';
import { Session } from '../tables.js';
import { accessChanged, accessReads } from './access-changes.js';

/** A session ends after this long without a page (ms). */
export const SESSION_IDLE = 2 * 3_600_000;
/** The same on a device that others use, too: long enough to read a page. */
export const SHARED_IDLE = 20 * 60_000;
/** The second factor has to be proven within this time (ms). */
const FACTOR_WAIT = 10 * 60_000;
/** A session ends after this long in any case (ms). */
export const SESSION_LIMIT = 12 * 3_600_000;

/** The provider of an organisation that let somebody in; `session`: a hash of its own name for the session, where it said one. */
export interface Through {
  readonly providerId: string;
  readonly session: string | null;
}

/**
 * `entry`: where the next person begins on a device that others use, too; null: on one's own. `scope`: what alone the session
 * opens; null: everything. `at`: the organisation at whose door it began; null or none: at ours. `within`: the one whose memberships and
 * roles alone it holds; null or none: those of all. `through`: who let them in; null or none: we did.
 */
export interface SessionKind {
  readonly entry: string | null;
  readonly scope: string | null;
  readonly at?: string | null;
  readonly within?: string | null;
  readonly through?: Through | null;
}

/** Of somebody who signs in to their account, on a device of their own. */
export const USUAL: SessionKind = { entry: null, scope: null };

/** From where a session began: codes of browser and system, and a keyed hash of the network. */
export interface SessionOrigin extends UserAgent {
  readonly network: string;
}

/** When a session ends if no further page is asked for: in so many ms. `canStay`: a further page puts it off. */
export interface SessionEnd {
  readonly endsIn: number;
  readonly canStay: boolean;
}

/** An open session as its person sees it. */
export type SessionOfPerson = Awaited<ReturnType<SessionStore['openOf']>>[number];

/** How often its last use is written (ms): a page that is read costs no more than a write every five minutes. */
const TOUCH_EVERY = 5 * 60_000;

type Stored = Pick<
  Row<typeof Session>,
  | 'userId'
  | 'entry'
  | 'scope'
  | 'organisationId'
  | 'isWhole'
  | 'createdAt'
  | 'touchedAt'
  | 'awaitsFactor'
  | 'providerId'
  | 'providerSession'
>;

const READ = sql`select ${columns(Session, 's', 'userId', 'entry', 'scope', 'organisationId', 'isWhole', 'createdAt', 'touchedAt', 'expiresAt', 'awaitsFactor', 'providerId', 'providerSession')}
  from ${Session} s where s.id_hash = $1`;

const PROVEN = sql`select ${columns(Session, 's', 'provenAt', 'vouchedAt', 'organisationId', 'isWhole')} from ${Session} s where s.id_hash = $1`;

const PROVE = sql`update ${Session} set proven_at = $1 where id_hash = $2`;
const VOUCH = sql`update ${Session} set vouched_at = $1 where id_hash = $2`;

const OPEN = columns(
  Session,
  's',
  'idHash',
  'entry',
  'scope',
  'createdAt',
  'touchedAt',
  'browser',
  'system',
  'network',
);

const DELETE = sql`delete from ${Session} where id_hash = $1`;

const DELETE_OTHERS = sql`delete from ${Session} where user_id = $1 and id_hash <> $2`;

const ENDED = sql`returning id_hash ${as('idHash', key(text(64)))}, user_id ${as('userId', nullable(id()))}`;

const recentSessions = accessReads<Stored>();

const TOUCH = sql`update ${Session} set touched_at = $1, expires_at = $2 where id_hash = $3`;

/**
 * Sessions in our own table: each is of one person, and holds nothing else. The id is stored as its hash, so a leaked table
 * signs nobody in. Reads are cached for five seconds (`access-changes.ts`), and a page view moves the idle time only when five
 * minutes have passed.
 */
export class SessionStore {
  readonly #clock: () => number;
  readonly #elapsed: () => number;

  /** `clock`: epoch ms. `elapsed`: ms that only ever grow, so a clock that is set back does not prolong the trust. */
  constructor(clock: () => number = Date.now, elapsed: () => number = () => performance.now()) {
    this.#clock = clock;
    this.#elapsed = elapsed;
  }

  /**
   * Begin a session; returns its id. Throws for a person who does not exist. `awaitsFactor`: it waits for the second factor, and nothing
   * prolongs it. `isProven`: how it began is proof enough that it is they.
   */
  async begin(
    userId: string,
    { entry, scope, at = null, within = null, through }: SessionKind = USUAL,
    {
      awaitsFactor = false,
      isProven = true,
      origin = null,
    }: { awaitsFactor?: boolean; isProven?: boolean; origin?: SessionOrigin | null } = {},
  ): Promise<string> {
    const id = randomBytes(24).toString('base64url');
    const now = this.#clock();
    await inTransaction(() =>
      insert(Session, {
        idHash: sha256(id),
        userId,
        entry,
        scope,
        organisationId: at,
        isWhole: within === null,
        createdAt: now,
        touchedAt: now,
        expiresAt: now + (awaitsFactor ? FACTOR_WAIT : idleOf({ entry })),
        provenAt: isProven ? now : 0,
        awaitsFactor,
        providerId: through?.providerId ?? null,
        providerSession: through?.session ?? null,
        ...origin,
      }),
    );
    return id;
  }

  /** The person whose session this is, or null when it has ended. Prolongs it. */
  userOf = async (id: string): Promise<string | null> => (await this.find(id))?.userId ?? null;

  /** Whose session this is, of which kind, and when it ends; null when it has ended. Prolongs it. */
  async find(
    id: string,
  ): Promise<({ userId: string | null; awaitsFactor: boolean; end: SessionEnd } & SessionKind) | null> {
    const key = sha256(id);
    const stored = recentSessions().get(key, this.#elapsed()) ?? (await this.#read(key));
    if (!stored) return null;
    const { userId, entry, scope, organisationId: at, providerId, providerSession } = stored;
    const within = stored.isWhole ? null : at;
    const through = providerId === null ? null : { providerId, session: providerSession };
    const awaitsFactor = Boolean(stored.awaitsFactor);
    if (!awaitsFactor && this.#clock() - stored.touchedAt >= TOUCH_EVERY) await this.#touch(key, stored);
    return { userId, entry, scope, at, within, through, awaitsFactor, end: endOf(stored, this.#clock()) };
  }

  /**
   * When the person of a session last proved that it is they (epoch ms), in whichever process; 0 where there is no session. `vouchedAt`:
   * when the provider of the one organisation whose pages it opens last said so; 0 where it never did.
   */
  async provenAt(id: string): Promise<{ provenAt: number; vouchedAt: number }> {
    const { provenAt = 0, vouchedAt, isWhole = true } = (await row(PROVEN, [sha256(id)])) ?? {};
    return { provenAt, vouchedAt: isWhole ? 0 : (vouchedAt ?? 0) };
  }

  /** The person of a session has just proven again that it is they. */
  prove(id: string): Promise<unknown> {
    return inTransaction(() => rows(PROVE, [this.#clock(), sha256(id)]));
  }

  /** The provider that let the person of a session in has just said again, at our asking, that it is they. */
  vouch(id: string): Promise<unknown> {
    return inTransaction(() => rows(VOUCH, [this.#clock(), sha256(id)]));
  }

  /** End a session. */
  async end(id: string): Promise<void> {
    await this.endStored(sha256(id));
  }

  /** End all of a person's sessions except the one with this id. Their next request finds none. */
  async endAll(userId: string, exceptId: string | null): Promise<void> {
    await inTransaction(() => end(DELETE_OTHERS, [userId, exceptId ? sha256(exceptId) : '']));
  }

  /** End a session by the hash under which it is stored. */
  async endStored(idHash: string): Promise<void> {
    await inTransaction(() => end(DELETE, [idHash]));
  }

  /** A person's open sessions, newest first. */
  openOf(userId: string) {
    return rows(
      sql`select ${OPEN} from ${Session} s
          where s.user_id = $1 and s.expires_at > $2 and not s.awaits_factor order by s.created_at desc`,
      [userId, this.#clock()],
    );
  }

  /** Delete expired sessions. */
  prune(): Promise<unknown> {
    return inTransaction(() => rows(sql`delete from ${Session} where expires_at <= $1`, [this.#clock()]));
  }

  async #read(key: string): Promise<Stored | null> {
    const keep = recentSessions().reading(this.#elapsed());
    const stored = await row(READ, [key]);
    if (!stored || stored.expiresAt <= this.#clock()) return null;
    keep(key, stored);
    return stored;
  }

  /** Where it cannot be written, the page is shown all the same. */
  async #touch(key: string, stored: Stored): Promise<void> {
    const now = this.#clock();
    stored.touchedAt = now;
    const expiresAt = Math.min(now + idleOf(stored), limitOf(stored));
    await inTransaction(() => rows(TOUCH, [now, expiresAt, key])).catch(() => undefined);
  }
}

/** How long a session may rest (ms). */
const idleOf = ({ entry }: Pick<Stored, 'entry'>): number => (entry === null ? SESSION_IDLE : SHARED_IDLE);

const limitOf = ({ createdAt }: Pick<Stored, 'createdAt'>): number => createdAt + SESSION_LIMIT;

function endOf(stored: Stored, now: number): SessionEnd {
  const [idle, limit] = [stored.touchedAt + idleOf(stored), limitOf(stored)];
  return { endsIn: Math.min(idle, limit) - now, canStay: idle < limit };
}

/** Delete sessions, in the transaction of the change that ends them. Returns them. Every process notices within a second. */
async function end(which: Sql, params: readonly string[]): Promise<readonly Ended[]> {
  const ended = await rows(sql`${which} ${ENDED}`, params);
  if (ended.length > 0) accessChanged(() => ended.forEach(({ idHash }) => recentSessions().remove(idHash)));
  return ended;
}

type Ended = Pick<Row<typeof Session>, 'idHash' | 'userId'>;

/** Delete a person's sessions. Joins the transaction. */
export const endSessionsOf = (userId: string): Promise<unknown> =>
  end(sql`delete from ${Session} where user_id = $1`, [userId]);

/** Delete the sessions of somebody that began at the door of an organisation: it vouches for them no longer. Joins the transaction. */
export const endSessionsAt = (organisationId: string, userId: string): Promise<unknown> =>
  end(sql`delete from ${Session} where organisation_id = $1 and user_id = $2`, [organisationId, userId]);

const OF_PERSON = sql`delete from ${Session} where provider_id = $1 and user_id = $2`;
const OF_SESSION = sql`delete from ${Session} where provider_id = $1 and provider_session = $2`;

/**
 * Delete the sessions that a provider let in: those of its own name (a hash), of one person, or of both. Returns whose they were.
 * Joins the transaction.
 */
export async function endSessionsThrough(
  providerId: string,
  { session, userId }: { session: string | null; userId: string | null },
): Promise<string[]> {
  if (session === null && userId === null) return [];
  const ofOne =
    userId === null ? OF_SESSION : session === null ? OF_PERSON : sql`${OF_PERSON} and provider_session = $3`;
  const named = [userId, session].filter(each => each !== null);
  const ended = await end(ofOne, [providerId, ...named]);
  return [...new Set(ended.flatMap(({ userId: whose }) => whose ?? []))];
}

/** End everybody's sessions, before this process answers its first request. */
export const endAllSessions = (): Promise<unknown> => inTransaction(() => rows(sql`delete from ${Session}`));
