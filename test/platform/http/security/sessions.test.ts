import { expect } from 'chai';
import { randomUUID } from 'node:crypto';
import { row, rows } from '../../../support/rows.js';
import { inTransaction } from '../../../../server/platform/db/transaction.js';
import {
  SESSION_LIMIT,
  SESSION_IDLE,
  SHARED_IDLE,
  SessionStore,
  USUAL,
} from '../../../../server/platform/http/security/sessions.js';
import { sha256 } from '../../../../server/platform/lib/tokens.js';
import { person, signedIn } from '../../../support/people.js';
import { ownWorld } from '../../../support/world.js';

const MINUTE = 60_000;

const stored = (id: string) =>
  row<{ touchedAt: number; expiresAt: number; createdAt: number }>(
    `select touched_at as "touchedAt", expires_at as "expiresAt", created_at as "createdAt"
     from sessions where id_hash = $1`,
    [sha256(id)],
  );

describe('the session store', () => {
  ownWorld();
  let now: number;
  let store: SessionStore;
  let userId: string;
  let id: string;
  let start: number;

  beforeEach(async () => {
    now = start = Date.now();
    store = new SessionStore(
      () => now,
      () => now,
    );
    userId = (await person()).id;
    id = await store.begin(userId);
  });

  it('lets one rest for two hours, twenty minutes on a device that others use, and go on for twelve hours', () => {
    expect([SESSION_IDLE, SHARED_IDLE, SESSION_LIMIT].map(time => time / MINUTE)).to.deep.equal([
      120, 20, 720,
    ]);
  });

  it('tells whose it is, also to another process', async () => {
    expect(await store.userOf(id)).to.equal(userId);
    expect(await new SessionStore(() => now).userOf(id)).to.equal(userId);
    expect(await store.userOf(randomUUID())).to.equal(null);
  });

  it('gives each session an id of 24 bytes of chance', async () => {
    const ids = await Promise.all(Array.from({ length: 64 }, () => store.begin(userId)));
    const bytes = ids.map(each => Buffer.from(each, 'base64url'));
    expect(new Set(bytes.map(({ length }) => length))).to.deep.equal(new Set([24]));
    // No byte is a counter's, a clock's or the person's: by chance 64 of one place are hardly ever fewer than 40 different ones.
    for (let place = 0; place < 24; place += 1)
      expect(new Set(bytes.map(each => each[place])).size, `byte ${place}`).to.be.at.least(20);
  });

  it('gives each session an id of its own, and stores only its hash', async () => {
    expect(await store.begin(userId)).not.to.equal(id);
    const all = JSON.stringify(await rows('select * from sessions where user_id = $1', [userId]));
    expect(all).to.include(sha256(id)).and.not.include(id);
  });

  it('ends a session after two hours without a request', async () => {
    now += SESSION_IDLE - 1;
    expect(await store.userOf(id)).not.to.equal(null);
    now += SESSION_IDLE;
    expect(await store.userOf(id)).to.equal(null);
  });

  it('ends one on a device that others use after twenty minutes without a request, and prolongs it by as many', async () => {
    const shared = await store.begin(userId, { entry: '/staff', scope: null });
    now += SHARED_IDLE - 1;
    expect(await store.find(shared)).to.deep.equal({
      userId,
      entry: '/staff',
      scope: null,
      at: null,
      within: null,
      through: null,
      awaitsFactor: false,
      end: { endsIn: SHARED_IDLE, canStay: true },
    });
    expect(await stored(shared)).to.include({ touchedAt: now, expiresAt: now + SHARED_IDLE });
    now += SHARED_IDLE;
    expect(await store.find(shared)).to.equal(null);
  });

  it('ends one that awaits the second factor after ten minutes, and nothing prolongs it', async () => {
    const awaiting = await store.begin(userId, USUAL, { awaitsFactor: true });
    for (let minute = 1; minute < 10; minute += 1) {
      now += MINUTE;
      expect(await store.find(awaiting)).to.deep.include({ userId, awaitsFactor: true });
    }
    expect((await store.openOf(userId)).map(({ idHash }) => idHash)).to.not.include(sha256(awaiting));
    now += MINUTE;
    expect(await store.find(awaiting)).to.equal(null);
  });

  it('tells when it ends, and whether a request puts that off', async () => {
    const end = async () => (await store.find(id))?.end;
    now += MINUTE;
    expect(await end()).to.deep.equal({ endsIn: SESSION_IDLE - MINUTE, canStay: true });
    for (; now < start + SESSION_LIMIT - SESSION_IDLE; now += 90 * MINUTE) await end();
    const rest = start + SESSION_LIMIT - now;
    expect(await end()).to.deep.equal({ endsIn: rest, canStay: false });
  });

  it('prolongs a session on requests, and writes its last use at most every five minutes', async () => {
    const before = await stored(id);
    now += 5 * MINUTE - 1;
    await store.userOf(id);
    expect(await stored(id)).to.deep.equal(before);
    now += 1;
    await store.userOf(id);
    expect(await stored(id)).to.include({ touchedAt: now, expiresAt: now + SESSION_IDLE });
    const after = await stored(id);
    now += 4 * MINUTE;
    await store.userOf(id);
    expect(await stored(id)).to.deep.equal(after);
  });

  it('ends a session after twelve hours in any case', async () => {
    const began = now;
    for (let time = 0; now < began + SESSION_LIMIT - 20 * MINUTE; time += 1) {
      now = Math.min(now + 40 * MINUTE, began + SESSION_LIMIT - 20 * MINUTE);
      expect(await store.userOf(id), `after ${(now - began) / MINUTE} minutes`).not.to.equal(null);
    }
    expect((await stored(id))?.expiresAt).to.equal(began + SESSION_LIMIT);
    now = began + SESSION_LIMIT;
    expect(await store.userOf(id)).to.equal(null);
  });

  it('reads the database at most once in five seconds', async () => {
    await store.userOf(id);
    await inTransaction(() => rows('delete from sessions where id_hash = $1', [sha256(id)]));
    now += 4_999;
    expect(await store.userOf(id)).not.to.equal(null);
    now += 1;
    expect(await store.userOf(id)).to.equal(null);
  });

  it('reads again after five seconds, also if the clock was set back', async () => {
    let elapsed = 0;
    const other = new SessionStore(
      () => now,
      () => elapsed,
    );
    await other.userOf(id);
    await inTransaction(() => rows('delete from sessions where id_hash = $1', [sha256(id)]));
    now -= 60 * MINUTE;
    elapsed = 4_999;
    expect(await other.userOf(id)).not.to.equal(null);
    elapsed = 5_000;
    expect(await other.userOf(id)).to.equal(null);
  });

  it('ends a session at once, and does nothing the second time', async () => {
    await store.end(id);
    expect(await store.userOf(id)).to.equal(null);
    await store.end(id);
    expect(await stored(id)).to.equal(null);
  });

  it('caches nothing that was read while the session ended', async () => {
    const other = new SessionStore(() => now);
    await Promise.all([other.userOf(id), other.end(id), other.userOf(id)]);
    expect(await other.userOf(id)).to.equal(null);
    expect(await stored(id)).to.equal(null);
  });

  it('ends all sessions of a person but one, whatever happens at the same moment', async () => {
    const other = (await person()).id;
    const second = await store.begin(userId);
    const foreign = await store.begin(other);
    await Promise.all([store.userOf(second), store.endAll(userId, id), store.userOf(second)]);
    expect(await store.userOf(second)).to.equal(null);
    expect(await store.userOf(id)).to.equal(userId);
    expect(await store.userOf(foreign)).to.equal(other);
    await store.endAll(userId, null);
    expect(await store.userOf(id)).to.equal(null);
    expect(await store.userOf(foreign)).to.equal(other);
  });

  it('lists a person’s open sessions, newest first', async () => {
    const began = now;
    now += MINUTE;
    const second = await store.begin(userId);
    const open = await store.openOf(userId);
    expect(open.map(({ idHash, createdAt }) => [idHash, createdAt])).to.deep.equal([
      [sha256(second), began + MINUTE],
      [sha256(id), began],
    ]);
    now = began + SESSION_IDLE;
    expect((await store.openOf(userId)).map(({ idHash }) => idHash)).to.deep.equal([sha256(second)]);
  });

  it('deletes expired sessions only', async () => {
    const began = now;
    now += MINUTE;
    const second = await store.begin(userId);
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

  it('passes on an error of the database', async () => {
    const failed = await store.begin('somebody who does not exist').then(
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
