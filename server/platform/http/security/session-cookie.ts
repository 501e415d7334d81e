import { sign, unsign } from 'cookie-signature';
import type { Request } from 'express';
import type { Config } from '../../../config.js';
import { deriveKey } from '../../lib/tokens.js';
import { userAgentIn } from '../../lib/user-agents.js';
import { cookieName, cookieOptions } from './cookies.js';
import { networkOf } from './network.js';
import { networkHash } from './network-hash.js';
import type { SessionEnd, SessionKind, SessionOrigin, SessionStore, Through } from './sessions.js';

/** The session of a request, by its cookie. */
export interface SessionCookies {
  /** The person who is signed in, or null. */
  readonly personOf: (req: Request) => Promise<string | null>;
  /**
   * Begin a session with an id of its own: whoever knew an earlier one does not know this. `awaitsFactor`: it opens nothing until
   * another takes its place. `isProven`: how it began is proof enough that it is they.
   */
  readonly begin: (req: Request, userId: string, kind: SessionKind, begun: Begun) => Promise<void>;
  /** The person of the session has just proven again that it is they. */
  readonly prove: (req: Request) => Promise<unknown>;
  readonly end: (req: Request) => Promise<void>;
}

interface Begun {
  readonly awaitsFactor: boolean;
  readonly isProven: boolean;
}

const sessions = new WeakMap<Request, string>();

/** The id of the session that this request came with or began; '' for none. */
export const sessionIdOf = (req: Request): string => sessions.get(req) ?? '';

const kinds = new WeakMap<Request, SessionKind>();

/** An address of ours as sessions hold one: a path of plain words. No other site, and nothing that a header could end in. */
const OWN_PATH = /^(\/[\w-]+)+$/;

/**
 * Where the next person begins on a device that others use, too; null: the device is the person's own. It leads to a page of ours,
 * whatever is stored.
 */
export function entryOf(req: Request): string | null {
  const entry = kinds.get(req)?.entry ?? null;
  return entry === null || OWN_PATH.test(entry) ? entry : '/sign-in';
}

const ends = new WeakMap<Request, SessionEnd>();

/** When the session of a request ends; null without one. */
export const sessionEndOf = (req: Request): SessionEnd | null => ends.get(req) ?? null;

/** What alone the session opens, in a word of the slice that limits it; null: everything of its person. */
export const scopeOf = (req: Request): string | null => kinds.get(req)?.scope ?? null;

/** What kind of session this is; null without one. */
export const sessionKindOf = (req: Request): SessionKind | null => kinds.get(req) ?? null;

/** The organisation whose memberships and roles alone the session holds; null: those of all. */
export const withinOf = (req: Request): string | null => sessionKindOf(req)?.within ?? null;

/** The provider of an organisation that let this session in; null: we did. */
export const throughOf = (req: Request): Through | null => kinds.get(req)?.through ?? null;

/** Somebody who has proven their first factor, and not yet the second; and the session that they shall have. */
export interface Awaited {
  readonly userId: string;
  readonly kind: SessionKind;
}

const awaited = new WeakMap<Request, Awaited>();

/** Who has still to prove their second factor in this browser; null: nobody. */
export const awaitedIn = (req: Request): Awaited | null => awaited.get(req) ?? null;

/** How a signed cookie begins. */
const SIGNED = 's:';

/** How many signed cookies are remembered. */
const MOST_KNOWN = 10_000;

/** A session begins only when somebody signs in: a visitor costs no row and gets no cookie. */
export function sessionCookies(
  config: Config,
  store: SessionStore,
  { links, limits }: { readonly links: Buffer; readonly limits: Buffer },
): SessionCookies {
  const key = deriveKey(links, 'session cookie').toString('base64');
  const name = cookieName(config, 'session');
  /** The ids in cookies that we signed: each comes with every page of its reader. Others are not kept, however many are sent. */
  const known = new Map<string, string>();
  const idIn = (cookie: string | undefined): string | null => {
    const id = cookie === undefined ? null : (known.get(cookie) ?? signedId(cookie, key));
    if (known.size >= MOST_KNOWN) known.clear();
    if (cookie !== undefined && id !== null) known.set(cookie, id);
    return id;
  };
  const end = async (req: Request) => {
    const id = sessions.get(req);
    sessions.delete(req);
    if (id) await store.end(id);
  };
  return {
    end,
    prove: req => store.prove(sessionIdOf(req)),
    async personOf(req) {
      const id = idIn((req.cookies as Record<string, string | undefined>)[name]);
      if (id === null) return null;
      sessions.set(req, id);
      const found = await store.find(id);
      if (!found?.userId) return null;
      const { userId, awaitsFactor, end: ending, ...kind } = found;
      if (awaitsFactor) awaited.set(req, { userId, kind });
      else kinds.set(req, kind);
      if (!awaitsFactor) ends.set(req, ending);
      return awaitsFactor ? null : userId;
    },
    async begin(req, userId, kind, { awaitsFactor, isProven }) {
      await end(req);
      const id = await store.begin(userId, kind, { awaitsFactor, isProven, origin: originIn(req, limits) });
      if (awaitsFactor) awaited.set(req, { userId, kind });
      sessions.set(req, id);
      req.res?.cookie(name, `${SIGNED}${sign(id, key)}`, cookieOptions(config));
    },
  };
}

/** From where a request comes, as it may be kept: codes of browser and system, and a keyed hash of the network. */
export const originIn = (req: Request, key: Buffer): SessionOrigin => ({
  ...userAgentIn(req.headers['user-agent']),
  network: networkHash(networkOf(req.ip), key),
});

/** The id in a cookie that we signed; null for any other, so that nobody makes the server look for ids that they thought of. */
function signedId(cookie: string, key: string): string | null {
  return cookie.startsWith(SIGNED) ? unsign(cookie.slice(SIGNED.length), key) || null : null;
}
