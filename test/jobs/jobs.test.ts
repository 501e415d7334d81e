import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect } from 'chai';
import { projectRoot } from '../../server/config.js';
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

  it('are as many as the README says, of as many as the product was designed for', () => {
    const text = readFileSync(join(projectRoot, 'README.md'), 'utf8').replaceAll(/\s+/g, ' ');
    const designed = Number(/designed (?:\w+ )*for (\d+) tasks/.exec(text)?.[1]);
    const [, working] = /\[(\d+|All) of them\]\(test\/jobs\/claims\.ts\) work/.exec(text) ?? [];
    expect(working === 'All' ? designed : Number(working)).to.equal(Object.keys(CLAIMS).length);
    const numbers = Object.keys(CLAIMS).map(id => Number(id.slice(1)));
    expect(Math.max(...numbers)).to.be.at.most(designed);
    expect(jobs).to.have.length(numbers.length);
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
