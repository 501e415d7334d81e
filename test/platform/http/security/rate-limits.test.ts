import { accountLimits } from '../../../../server/people/accounts/account-limits.js';
import { checkLimits } from '../../../../server/proof/certificates/verification/check-limits.js';
import { expect } from 'chai';
import { randomUUID } from 'node:crypto';
import { TooMany } from '../../../../server/errors.js';
import { rows } from '../../../support/rows.js';
import {
  pruneRateLimits,
  RateLimits,
  type Limit,
} from '../../../../server/platform/http/security/rate-limits.js';
import { csrfOf } from '../../../people/accounts/browser.js';
import { holder } from '../../../support/holders.js';
import { useUp } from './limits.js';
import { cookiesOf, fromUs, raw } from '../raw.js';
import { openSecondApp } from '../second-app.js';
import { ownWorld } from '../../../support/world.js';

const LIMIT: Limit = { name: 'test', points: 3, seconds: 60 };
const counts = new RateLimits(Buffer.alloc(32, 1));

/** Seconds to wait, or null when the try is allowed. */
const attempt = (subject: string, now: number, limit = LIMIT, by = counts): Promise<number | null> =>
  by.consume(limit, subject, now).then(
    () => null,
    (fault: unknown) => {
      if (fault instanceof TooMany) return fault.retryAfter;
      throw fault;
    },
  );

describe('a rate limit', () => {
  ownWorld();
  it('allows its number of tries, then none until its time is over', async () => {
    const subject = randomUUID();
    const now = Date.now();
    const answers = [];
    for (const at of [0, 0, 1000, 1500, 30_000, 59_001, 59_999, 60_000, 60_001])
      answers.push(await attempt(subject, now + at));
    expect(answers).to.deep.equal([null, null, null, 59, 30, 1, 1, null, null]);
  });

  it('is not prolonged by further tries', async () => {
    const subject = randomUUID();
    const now = Date.now();
    for (let time = 0; time < 50; time += 1) await attempt(subject, now + time * 1000);
    expect(await attempt(subject, now + 60_000)).to.equal(null);
  });

  it('counts subjects and limits separately', async () => {
    const now = Date.now();
    const subject = randomUUID();
    for (let time = 0; time < 3; time += 1) await attempt(subject, now);
    expect(await attempt(randomUUID(), now)).to.equal(null);
    expect(await attempt(subject, now, { ...LIMIT, name: 'test-other' })).to.equal(null);
    expect(await attempt(subject, now)).to.equal(60);
  });

  it('counts tries at the same moment one by one', async () => {
    const subject = randomUUID();
    const now = Date.now();
    const answers = await Promise.all(Array.from({ length: 20 }, () => attempt(subject, now)));
    expect(answers.filter(wait => wait === null)).to.have.length(3);
  });

  it('holds across processes', async () => {
    const subject = randomUUID();
    const now = Date.now();
    for (let time = 0; time < 3; time += 1) await attempt(subject, now);
    expect(await attempt(subject, now, LIMIT, new RateLimits(Buffer.alloc(32, 1)))).to.equal(60);
  });

  it('can be forgiven', async () => {
    const subject = randomUUID();
    const now = Date.now();
    for (let time = 0; time < 4; time += 1) await attempt(subject, now);
    await counts.forgive(LIMIT, subject);
    expect(await attempt(subject, now)).to.equal(null);
  });

  it('stores no address and no account', async () => {
    const subject = `${randomUUID()}@example.org`;
    await attempt(subject, Date.now());
    const stored = await rows<{ key: string }>('select key from rate_limits');
    expect(stored.length).to.be.at.least(1);
    for (const { key } of stored) expect(key).to.match(/^[\w-]+:[\w-]{43}$/);
    expect(JSON.stringify(stored)).not.to.include(subject);
    const withOtherKey = new RateLimits(Buffer.alloc(32, 2));
    await withOtherKey.consume(LIMIT, subject, Date.now());
    expect(await rows('select key from rate_limits')).to.have.length(stored.length + 1);
  });

  it('with a step writes less often, and still holds', async () => {
    const limit: Limit = { name: 'test-steps', points: 10, seconds: 60, step: 5 };
    const stepped = new RateLimits(Buffer.alloc(32, 3));
    const now = Date.now();
    const answers = [];
    for (let time = 0; time < 20; time += 1) answers.push(await attempt('somebody', now, limit, stepped));
    const refused = answers.findIndex(wait => wait !== null);
    expect(refused).to.be.within(limit.points, limit.points + (limit.step ?? 0));
    expect(answers.slice(refused).every(wait => wait === 60)).to.equal(true);
  });

  it('is deleted when it is over', async () => {
    const now = Date.now();
    const [old, young] = [randomUUID(), randomUUID()];
    await attempt(old, now - 61_000);
    await attempt(young, now);
    await pruneRateLimits(now);
    expect(await rows('select key from rate_limits')).to.have.length(1);
  });

  it('holds on the public verify page', async () => {
    const statuses = new Set<number>();
    for (let time = 0; time <= checkLimits.unknownNumberByAddress.points; time += 1)
      statuses.add((await raw('/verify/7K3M-9QXD-2TFA-W5HN')).status);
    expect([...statuses]).to.deep.equal([404, 429]);
    const answer = await raw('/verify/7K3M-9QXD-2TFA-W5HN', { headers: { accept: 'application/json' } });
    expect(answer.status).to.equal(429);
    expect(Number(answer.headers['retry-after'])).to.be.within(1, 600);
  });

  it('ignores X-Forwarded-For without a proxy', async () => {
    const app = await openSecondApp(() => ({ trustProxy: 0 }));
    const page = await raw('/sign-in', { base: app.base });
    const cookie = cookiesOf(page)[0]?.split(';')[0] ?? '';
    await useUp(accountLimits.signInByAddress, '127.0.0.1');
    const answer = await raw('/sign-in', {
      base: app.base,
      method: 'POST',
      headers: { ...fromUs(app.base), cookie, 'x-forwarded-for': '198.51.100.1' },
      body: new URLSearchParams({
        _csrf: csrfOf(page),
        email: `${randomUUID()}@example.org`,
        password: 'wrong',
      }).toString(),
    });
    await app.close();
    expect(answer.status).to.equal(429);
  });

  it('gives back a counted try, and no other', async () => {
    const subject = randomUUID();
    const now = Date.now();
    await counts.giveBack(LIMIT, subject);
    for (let time = 0; time < 3; time += 1) await attempt(subject, now);
    await counts.giveBack(LIMIT, subject);
    expect(await attempt(subject, now)).to.equal(null);
    expect(await attempt(subject, now)).to.equal(60);
  });

  it('on unknown certificate numbers does not limit checks of real ones', async () => {
    const { certificate } = await holder();
    await useUp(checkLimits.unknownNumberByAddress, '203.0.113.80');
    const ask = async (code: string) =>
      (await raw(`/verify/${code}`, { headers: { 'x-forwarded-for': '203.0.113.80' } })).status;
    expect(await ask('7K3M-9QXD-2TFA-W5HN')).to.equal(429);
    expect(await ask(certificate.code)).to.equal(200);
  });
});
