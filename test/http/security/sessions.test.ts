import { expect } from 'chai';
import type { SessionData } from 'express-session';
import { randomUUID } from 'node:crypto';
import { row, rows } from '../../support/rows.js';
import { inTransaction } from '../../../server/db/transaction.js';
import { SESSION_LIMIT, SESSION_IDLE, SessionStore } from '../../../server/http/security/sessions.js';
import { sha256 } from '../../../server/lib/tokens.js';
import { person, signedIn } from '../../support/people.js';
import { ownWorld } from '../../support/world.js';

const MINUTE = 60_000;

type Done<T> = (error: unknown, value?: T) => void;

/** Ask as express-session does, with a callback; the answer as a promise. */
const asked = <T>(ask: (done: Done<T>) => void): Promise<T | undefined> =>
  new Promise((answered, failed) =>
    ask((error, value) => {
      if (error) failed(error instanceof Error ? error : new Error('Not an error', { cause: error }));
      else answered(value);
    }),
  );

const promised = (store: SessionStore) => ({
  get: (id: string) => asked<SessionData | null>(done => store.get(id, done)),
  set: (id: string, session: object) => asked<void>(done => store.set(id, session as SessionData, done)),
  destroy: (id: string) => asked<void>(done => store.destroy(id, done)),
  touch: (id: string) => asked<void>(done => store.touch(id, {} as SessionData, done)),
});

const sessionOf = (userId: string) => ({ cookie: {}, passport: { user: userId } });

const stored = (id: string) =>
  row<{ touchedAt: number; expiresAt: number; createdAt: number; data: string }>(
    `select touched_at as "touchedAt", expires_at as "expiresAt", created_at as "createdAt", data
     from sessions where id_hash = $1`,
    [sha256(id)],
  );

describe('the session store', () => {
  ownWorld();
  let now: number;
  let store: SessionStore;
  let sessions: ReturnType<typeof promised>;
  let userId: string;
  let id: string;

  beforeEach(async () => {
    now = Date.now();
    store = new SessionStore(
      () => now,
      () => now,
    );
    sessions = promised(store);
    userId = (await person()).id;
    id = randomUUID();
    await sessions.set(id, sessionOf(userId));
  });

  it('returns what it stored, also to another process', async () => {
    expect(await sessions.get(id)).to.deep.include({ passport: { user: userId } });
    expect(await promised(new SessionStore(() => now)).get(id)).to.deep.include({
      passport: { user: userId },
    });
    expect(await sessions.get(randomUUID())).to.equal(null);
  });

  it('stores only the hash of the id, and no settings of the cookie', async () => {
    const all = JSON.stringify(await rows('select * from sessions where user_id = $1', [userId]));
    expect(all).to.include(sha256(id)).and.not.include(id);
    expect((await stored(id))?.data).to.equal(JSON.stringify({ passport: { user: userId } }));
  });

  it('ends a session after two hours without a request', async () => {
    now += SESSION_IDLE - 1;
    expect(await sessions.get(id)).not.to.equal(null);
    now += 1 + 5_000;
    expect(await sessions.get(id)).to.equal(null);
  });

  it('prolongs a session on requests, and writes at most every half an hour', async () => {
    const before = await stored(id);
    now += SESSION_IDLE / 4 - 1;
    await sessions.get(id);
    await sessions.touch(id);
    expect(await stored(id)).to.deep.equal(before);
    now += 1;
    await sessions.get(id);
    await sessions.touch(id);
    expect(await stored(id)).to.include({ touchedAt: now, expiresAt: now + SESSION_IDLE });
    const after = await stored(id);
    now += 5 * MINUTE;
    await sessions.get(id);
    await sessions.touch(id);
    expect(await stored(id)).to.deep.equal(after);
  });

  it('ends a session after twelve hours in any case', async () => {
    const began = now;
    for (let time = 0; now < began + SESSION_LIMIT - 20 * MINUTE; time += 1) {
      now = Math.min(now + 40 * MINUTE, began + SESSION_LIMIT - 20 * MINUTE);
      expect(await sessions.get(id), `after ${(now - began) / MINUTE} minutes`).not.to.equal(null);
      await sessions.touch(id);
    }
    expect((await stored(id))?.expiresAt).to.equal(began + SESSION_LIMIT);
    now = began + SESSION_LIMIT;
    expect(await sessions.get(id)).to.equal(null);
  });

  it('reads the database at most once in five seconds', async () => {
    await inTransaction(() => rows('delete from sessions where id_hash = $1', [sha256(id)]));
    now += 4_999;
    expect(await sessions.get(id)).not.to.equal(null);
    now += 1;
    expect(await sessions.get(id)).to.equal(null);
  });

  it('reads again after five seconds, also if the clock was set back', async () => {
    let elapsed = 0;
    const other = promised(
      new SessionStore(
        () => now,
        () => elapsed,
      ),
    );
    await other.set(id, sessionOf(userId));
    await inTransaction(() => rows('delete from sessions where id_hash = $1', [sha256(id)]));
    now -= 60 * MINUTE;
    elapsed = 4_999;
    expect(await other.get(id)).not.to.equal(null);
    elapsed = 5_000;
    expect(await other.get(id)).to.equal(null);
  });

  it('destroys a session at once, and does nothing the second time', async () => {
    await sessions.destroy(id);
    expect(await sessions.get(id)).to.equal(null);
    await sessions.destroy(id);
    expect(await stored(id)).to.equal(null);
  });

  it('caches nothing that was written or read while the session ended', async () => {
    await Promise.all([
      sessions.set(id, sessionOf(userId)),
      sessions.get(id),
      promised(store).touch(id),
      sessions.destroy(id),
      sessions.get(id),
    ]);
    expect(await sessions.get(id)).to.equal(null);
    expect(await stored(id)).to.equal(null);
  });

  it('ends all sessions of a person but one, whatever happens at the same moment', async () => {
    const other = (await person()).id;
    const [kept, second, third, foreign] = [id, randomUUID(), randomUUID(), randomUUID()];
    await sessions.set(second, sessionOf(userId));
    await sessions.set(foreign, sessionOf(other));
    await Promise.all([
      sessions.set(third, sessionOf(userId)),
      sessions.get(second),
      store.endAll(userId, kept),
      sessions.get(second),
    ]);
    expect(await sessions.get(second)).to.equal(null);
    expect(await sessions.get(third)).to.equal(null);
    expect(await sessions.get(kept)).not.to.equal(null);
    expect(await sessions.get(foreign)).not.to.equal(null);
    await store.endAll(userId, null);
    expect(await sessions.get(kept)).to.equal(null);
    expect(await sessions.get(foreign)).not.to.equal(null);
  });

  it('lists a person’s open sessions, newest first', async () => {
    const began = now;
    now += MINUTE;
    const second = randomUUID();
    await sessions.set(second, sessionOf(userId));
    expect(await store.openOf(userId)).to.deep.equal([
      { idHash: sha256(second), createdAt: began + MINUTE },
      { idHash: sha256(id), createdAt: began },
    ]);
    now = began + SESSION_IDLE;
    expect((await store.openOf(userId)).map(({ idHash }) => idHash)).to.deep.equal([sha256(second)]);
  });

  it('deletes expired sessions only', async () => {
    const began = now;
    now += MINUTE;
    const second = randomUUID();
    await sessions.set(second, sessionOf(userId));
    const atThatTime = new SessionStore(() => began + SESSION_IDLE);
    await inTransaction(() =>
      rows('update sessions set expires_at = $1 where expires_at < $1 and user_id <> $2', [
        began + 2 * SESSION_IDLE,
        userId,
      ]),
    );
    await atThatTime.prune();
    expect(await stored(id)).to.equal(null);
    expect(await stored(second)).not.to.equal(null);
  });

  it('keeps the start of a session that is written again', async () => {
    const before = await stored(id);
    now += MINUTE;
    await sessions.set(id, { ...sessionOf(userId), more: 1 });
    expect(await stored(id)).to.include({ createdAt: before?.createdAt, expiresAt: before?.expiresAt });
    expect(await sessions.get(id)).to.deep.include({ more: 1 });
  });

  it('passes on an error of the database', async () => {
    const failed = await sessions.set(randomUUID(), sessionOf('somebody who does not exist')).then(
      () => null,
      (fault: unknown) => fault,
    );
    expect(failed).to.be.an.instanceOf(Error);
  });

  it('does not split a response, which has a Content-Length', async () => {
    const { browser } = await signedIn();
    const page = await browser.get('/account');
    expect(page.headers.get('content-length')).to.equal(String(Buffer.byteLength(page.text)));
    expect(page.headers.get('transfer-encoding')).to.equal(null);
  });
});
