import { readdirSync } from 'node:fs';
import { basename } from 'node:path';
import { expect } from 'chai';
import { ownWorld } from '../support/world.js';
import { CLAIMS } from './claims.js';
import { JOBS as jobs } from './job.js';

describe('the jobs of the product', () => {
  it('are all in the list, each in a file that bears their number', () => {
    const files = readdirSync(import.meta.dirname, { recursive: true }).map(name => basename(String(name)));
    const walks = files.filter(name => /^j\d+-/.test(name)).sort();
    const numbers = walks.map(name => `J${Number(/\d+/.exec(name)?.[0])}`);
    expect(jobs.map(({ id }) => id)).to.deep.equal(numbers);
  });

  it('are all claimed, and nothing else is', () => {
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
