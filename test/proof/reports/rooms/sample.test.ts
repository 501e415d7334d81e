import { expect } from 'chai';
import { createHash } from 'node:crypto';
import { drawSample } from '../../../../server/proof/reports/rooms/inside/sample.js';

const drawing = { seed: '3 November 2026', listSha256: 'a'.repeat(64), people: 1000 };

/** The first draws as the page says how, by hand. */
const byHand = (draw: number): number => {
  const text = ['3 November 2026', 'a'.repeat(64), String(draw)].join('\n');
  const digits = createHash('sha256').update(text).digest('hex').slice(0, 12);
  return Number(BigInt(`0x${digits}`) % 1000n) + 1;
};

describe('a sample', () => {
  it('is drawn as the page says, so that both sides draw the same', () => {
    const drawn = drawSample(drawing, 20);
    expect(drawn).to.have.length(20);
    expect(drawSample(drawing, 20)).to.deep.equal(drawn);
    const first = [1, 2, 3].map(byHand);
    expect(new Set(first).size).to.equal(3);
    expect(drawn.slice(0, 3)).to.deep.equal(first);
    expect(drawSample(drawing, 5)).to.deep.equal(drawn.slice(0, 5));
  });

  it('is another one for another seed, list or number of people, and holds nobody twice', () => {
    const drawn = drawSample(drawing, 20).join();
    for (const other of [{ seed: '4' }, { listSha256: 'b'.repeat(64) }, { people: 999 }])
      expect(drawSample({ ...drawing, ...other }, 20).join()).not.to.equal(drawn);
    for (const size of [1, 20, 40]) {
      const few = drawSample({ ...drawing, people: 30 }, size);
      expect(new Set(few).size).to.equal(Math.min(size, 30));
      expect(few.every(number => number >= 1 && number <= 30)).to.equal(true);
    }
    expect(drawSample({ ...drawing, people: 0 }, 20)).to.deep.equal([]);
  });

  it('favours nobody', () => {
    const counts = new Map<number, number>();
    for (let seed = 0; seed < 4000; seed++)
      for (const number of drawSample({ ...drawing, seed: String(seed), people: 10 }, 3))
        counts.set(number, (counts.get(number) ?? 0) + 1);
    for (let number = 1; number <= 10; number++) expect(counts.get(number)).to.be.within(1080, 1320);
  });
});
