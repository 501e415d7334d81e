import { expect } from 'chai';
import { requestMissingCertificates } from '../../server/certificates/lifecycle/catch-up.js';
import { creditUncredited } from '../../server/learning/credits/credits.js';
import { count } from '../support/rows.js';
import { ownWorld } from '../support/world.js';
import { seed } from './seed.js';

describe('made-up people', () => {
  ownWorld();

  it('leave the worker nothing to catch up on, or it would do so beside what is measured', async () => {
    const now = Date.now();
    await seed({ people: 50, requirements: 2, now }, () => undefined);
    const completed = await count('cycles where completed_at is not null');
    expect(completed).to.be.greaterThan(30);
    expect(await count(`credits where source = 'cycle'`)).to.equal(completed);
    const before = await count('events');
    await creditUncredited(now);
    await requestMissingCertificates(now);
    expect(await count('events')).to.equal(before);
  });
});
