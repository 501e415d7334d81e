import { expect } from 'chai';
import { inTransaction } from '../../../server/platform/db/transaction.js';
import { PutOff } from '../../../server/platform/events/jobs/failures.js';
import { changeSums, countFacts } from '../../../server/platform/sums/count.js';
import { takeCountingLane } from '../../../server/platform/sums/counting-lane.js';
import { keptOf } from '../../../server/platform/sums/kept-sums.js';
import type { KeptFigure } from '../../../server/platform/sums/kept-figure.js';
import { plus, together, type Added } from '../../../server/platform/sums/sums.js';
import { countAgain, countLater } from '../../../server/platform/sums/uncounted.js';
import { count } from '../../support/rows.js';
import { ownWorld } from '../../support/world.js';

const FIGURE = 'test';
const NOW = Date.UTC(2026, 10, 29);

const adding = (n: number): Added[] => [{ subject: 'all', part: '', name: '', sums: { facts: n } }];

/** Each fact is one; `meanwhile` happens after the facts were read and before the sums are written. */
const figure = (meanwhile: () => Promise<unknown> = () => Promise.resolve()): KeptFigure => ({
  name: FIGURE,
  changes: async function* (facts) {
    await meanwhile();
    yield {
      facts: facts.map(({ fact }) => fact),
      added: adding(facts.filter(({ was }) => was === null).length),
    };
  },
  subjects: () => Promise.resolve([]),
  whole: async function* () {},
});

const countWith = (meanwhile?: () => Promise<unknown>) => countFacts(figure(meanwhile), NOW);
const waiting = () => count(`uncounted_facts where figure = '${FIGURE}'`);
const sums = async () => (await keptOf(FIGURE, 'all')).map(each => each.sums);

async function isPutOff(work: Promise<unknown>): Promise<boolean> {
  return work.then(
    () => false,
    fault => fault instanceof PutOff,
  );
}

describe('counting facts', () => {
  ownWorld();

  it('counts each once, also one that changes while it is counted', async () => {
    await inTransaction(async () => {
      await countLater(FIGURE, 'one');
      await countLater(FIGURE, 'other');
    });
    const changing = () => inTransaction(() => countAgain(FIGURE, 'one', 'as it was'));
    expect(await isPutOff(countWith(changing))).to.equal(true);
    expect([await sums(), await waiting()]).to.deep.equal([[], 2]);
    await countWith();
    await countWith();
    expect([await sums(), await waiting()]).to.deep.equal([[{ facts: 2 }], 0]);
  });

  it('writes nothing where somebody else began to count, or changed sums at once', async () => {
    await inTransaction(() => countLater(FIGURE, 'third'));
    expect(await isPutOff(countWith(() => takeCountingLane(FIGURE, NOW)))).to.equal(true);
    const atOnce = () => inTransaction(() => changeSums(figure(), NOW, () => Promise.resolve(adding(-1))));
    expect(await isPutOff(countWith(atOnce))).to.equal(true);
    expect([await sums(), await waiting()]).to.deep.equal([[{ facts: 1 }], 1]);
    await countWith();
    expect(await sums()).to.deep.equal([{ facts: 2 }]);
  });

  it('waits while everything is counted anew, and so does what changes sums at once', async () => {
    await inTransaction(() => countLater(FIGURE, 'fourth'));
    await takeCountingLane(FIGURE, NOW, true);
    await countWith();
    expect(await waiting()).to.equal(1);
    const atOnce = inTransaction(() => changeSums(figure(), NOW, () => Promise.resolve(adding(-1))));
    expect(await isPutOff(atOnce)).to.equal(true);
    await countFacts(figure(), NOW + 120_000);
    expect(await waiting()).to.equal(0);
  });
});

describe('sums', () => {
  it('add up group by group, and leave out what comes to nothing', () => {
    expect(plus({ a: 1, b: { c: 2 } }, { a: 2, b: { d: 3 } })).to.deep.equal({ a: 3, b: { c: 2, d: 3 } });
    expect(plus({ a: 1, b: { c: 2 } }, { a: 1, b: { c: 2 } }, -1)).to.deep.equal({});
    expect(plus({}, { a: 0, b: {} })).to.deep.equal({});
  });

  it('of one place are added together once', () => {
    const other = { ...adding(1)[0], subject: 'other' } as Added;
    expect(together([...adding(1), ...adding(2), ...adding(-3), other])).to.deep.equal([other]);
  });
});
