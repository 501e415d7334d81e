import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Request } from 'express';
import type { Config } from '../../config.js';
import { deriveKey } from '../../lib/tokens.js';
import { cookieName, cookieOptions } from './cookies.js';
import type { SessionKind, SessionStore } from './sessions.js';

/** The session of a request, by its cookie. */
export interface SessionCookies {
  /** The person who is signed in, or null. */
  readonly personOf: (req: Request) => Promise<string | null>;
  /** Begin a session with an id of its own: whoever knew an earlier one does not know this. */
  readonly begin: (req: Request, userId: string, kind: SessionKind) => Promise<void>;
  readonly end: (req: Request) => Promise<void>;
}

const sessions = new WeakMap<Request, string>();

/** The id of the session that this request came with or began; '' for none. */
export const sessionIdOf = (req: Request): string => sessions.get(req) ?? '';

const kinds = new WeakMap<Request, SessionKind>();

/** Whether others use the device, too. */
export const isShared = (req: Request): boolean => kinds.get(req)?.isShared ?? false;

/** The slug of the one course that the session opens; null: everything of its person. */
export const onlyCourse = (req: Request): string | null => kinds.get(req)?.onlyCourse ?? null;

/** A session begins only when somebody signs in: a visitor costs no row and gets no cookie. */
export function sessionCookies(config: Config, store: SessionStore, linkKey: Buffer): SessionCookies {
  const key = deriveKey(linkKey, 'session cookie').toString('base64');
  const name = cookieName(config, 'session');
  const sign = (id: string): string => `s:${id}.${markOf(id, key)}`;
  const end = async (req: Request) => {
    const id = sessions.get(req);
    sessions.delete(req);
    if (id) await store.end(id);
  };
  return {
    end,
    async personOf(req) {
      const id = signedId((req.cookies as Record<string, string | undefined>)[name], key);
      if (id === null) return null;
      sessions.set(req, id);
      const found = await store.find(id);
      if (found) kinds.set(req, found);
      return found?.userId ?? null;
    },
    async begin(req, userId, kind) {
      await end(req);
      const id = await store.begin(userId, kind);
      sessions.set(req, id);
      req.res?.cookie(name, sign(id), cookieOptions(config));
    },
  };
}

/** The id in `s:<id>.<mark>`, where the mark is ours; so nobody makes the server look for ids that they thought of. */
function signedId(cookie: string | undefined, key: string): string | null {
  const [, id, mark] = /^s:([^.]+)\.(.+)$/.exec(cookie ?? '') ?? [];
  if (!id || !mark) return null;
  const [sent, ours] = [Buffer.from(mark), Buffer.from(markOf(id, key))];
  return sent.length === ours.length && timingSafeEqual(sent, ours) ? id : null;
}

const markOf = (id: string, key: string): string =>
  createHmac('sha256', key).update(id).digest('base64').replace(/=+$/, '');
