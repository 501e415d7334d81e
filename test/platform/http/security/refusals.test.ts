import { randomBytes } from 'node:crypto';
import { expect } from 'chai';
import { networkHash } from '../../../../server/platform/http/security/network-hash.js';
import {
  pruneRefusals,
  Refusals,
  refusalsBefore,
  REFUSALS_KEPT,
} from '../../../../server/platform/http/security/refusals.js';
import { ada, person } from '../../../support/people.js';
import { rows } from '../../../support/rows.js';
import { ownWorld } from '../../../support/world.js';

const HOUR = 3_600_000;
const ALL = { kind: '', network: '', person: '' } as const;
const listed = (filter: Partial<Parameters<typeof refusalsBefore>[0]>) =>
  refusalsBefore({ ...ALL, ...filter }, { after: null, limit: 50 });

describe('what is refused', () => {
  ownWorld();
  const key = randomBytes(32);
  const wrong = { kind: 'sign-in', what: 'password', userId: null } as const;
  /** An hour that no other test counts in. */
  let now = Date.UTC(2031, 0, 1);
  let refusals: Refusals;
  beforeEach(() => {
    now += 24 * HOUR;
    refusals = new Refusals(key);
  });
  afterEach(() => refusals.close());

  it('is counted by the hour, apart for each network, person and kind', async () => {
    const { id } = await person();
    for (const at of [0, 1, 2]) refusals.note({ ...wrong, subject: '192.0.2.1' }, now + at);
    refusals.note({ ...wrong, subject: '192.0.2.2' }, now);
    refusals.note({ ...wrong, subject: '192.0.2.1', userId: id }, now);
    refusals.note({ ...wrong, subject: '192.0.2.1' }, now + HOUR);
    await refusals.write();
    refusals.note({ ...wrong, subject: '192.0.2.1' }, now + 3);
    await refusals.write();
    const network = networkHash('192.0.2.1', key);
    const found = (await listed({ network })).map(({ userId, times, firstAt, lastAt }) => [
      userId,
      times,
      Number(firstAt) - now,
      Number(lastAt) - now,
    ]);
    expect(found).to.deep.equal([
      [null, 1, HOUR, HOUR],
      [null, 4, 0, 3],
      [id, 1, 0, 0],
    ]);
    expect(await listed({ person: id })).to.have.length(1);
  });

  it('is written when the program stops', async () => {
    refusals.note({ ...wrong, subject: '192.0.2.9' }, now);
    await refusals.close();
    expect(await listed({ network: networkHash('192.0.2.9', key) })).to.have.length(1);
  });

  it('keeps no address and nothing that was typed', async () => {
    refusals.note({ ...wrong, subject: '192.0.2.77' }, now);
    await refusals.write();
    expect(JSON.stringify(await rows('select * from refusals'))).to.not.include('192.0.2.77');
  });

  it('fills neither the memory nor the disk: beyond two thousand of an hour, the rest are counted together', async () => {
    for (let at = 0; at < 2_100; at += 1) refusals.note({ ...wrong, subject: `network ${at}` }, now);
    await refusals.write();
    const counted = await rows<{ network: string; times: number }>(
      'select network, times from refusals where last_at = $1',
      [now],
    );
    expect(counted).to.have.length(2_001);
    expect(counted.find(({ network }) => network === '')?.times).to.equal(100);
  });

  it('is forgotten after its time', async () => {
    refusals.note({ ...wrong, subject: 'old' }, now);
    refusals.note({ ...wrong, subject: 'new' }, now + 1);
    await refusals.write();
    await pruneRefusals(now + 1 + REFUSALS_KEPT * 24 * HOUR);
    const kept = await rows<{ network: string }>('select network from refusals where last_at in ($1, $2)', [
      now,
      now + 1,
    ]);
    expect(kept).to.deep.equal([{ network: networkHash('new', key) }]);
  });

  it('is noted where the policy hides a thing, where it forbids one, and where a form is not ours', async () => {
    const { browser, id } = await ada();
    await browser.get('/admin/log');
    await browser.post('/account/name', { name: 'Somebody else' });
    await browser.get('/account/history');
    const found = (await listed({ person: id })).map(({ kind, what }) => `${kind} ${what}`);
    expect(found.sort()).to.deep.equal(['forbidden form', 'hidden installation.administer']);
  });
});
