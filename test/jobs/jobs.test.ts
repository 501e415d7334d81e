import { expect } from 'chai';
import { ownWorld } from '../support/world.js';
import { CLAIMS } from './claims.js';
import { allJobs } from './job.js';

const jobs = await allJobs();

describe('the jobs of the product', function () {
  this.timeout(180_000);

  it('each have a file that bears their number', () => {
    expect(jobs.map(({ id }) => id)).to.deep.equal([...new Set(jobs.map(({ id }) => id))]);
    expect(Object.keys(CLAIMS).filter(id => !jobs.some(job => job.id === id))).to.deep.equal([]);
  });

  it('are each claimed in a sentence', () => {
    for (const { id } of jobs) expect(CLAIMS[id]?.trim(), id).to.match(/^\S.*\.$/);
  });

  for (const { id, title, walk } of jobs)
    describe(id, () => {
      ownWorld();
      it(title, walk);
    });
});
