import { expect } from 'chai';
import { shownFigures } from '../../../../server/teaching/follow-up/gains/gain-figures.js';
import type { LaterRow, PairedRow } from '../../../../server/teaching/follow-up/gains/counted-units.js';

const pair = (unit: string, people: number, rest: Partial<PairedRow> = {}): PairedRow => ({
  courseSlug: 'course',
  level: 'module',
  module: unit,
  unit,
  people,
  before: 0.4,
  after: 0.7,
  ...rest,
});

const later = (
  unit: string,
  people: number,
  pairedPeople: number,
  rest: Partial<LaterRow> = {},
): LaterRow => ({
  courseSlug: 'course',
  level: 'module',
  module: unit,
  unit,
  days: 7,
  people,
  share: 0.6,
  pairedPeople,
  pairedAfter: 0.7,
  pairedLater: 0.6,
  ...rest,
});

const of = (unit: string, paired: PairedRow[], days: LaterRow[] = []) =>
  shownFigures(paired, days).find(each => each.unit === unit);

describe('figures before, after and later', () => {
  it('show gain and decay for groups of five or more', () => {
    const found = of('a', [pair('a', 6)], [later('a', 6, 6)]);
    expect(found?.gain).to.deep.include({ people: 6, gain: (0.7 - 0.4) / 0.6 });
    expect(found?.later.map(({ days }) => days)).to.deep.equal([7, 30, 90]);
    expect(found?.later[0]?.all).to.deep.equal({ people: 6, share: 0.6 });
    expect(found?.later[0]?.decay?.lost).to.be.closeTo(0.1, 1e-12);
    expect(found?.later[1]).to.deep.equal({ days: 30, all: null, decay: null });
  });

  it('show nothing for a group of four', () => {
    const found = of('a', [pair('a', 4)], [later('a', 4, 4)]);
    expect(found?.gain).to.equal(null);
    expect(found?.later[0]).to.deep.equal({ days: 7, all: null, decay: null });
  });

  it('hide the smallest large module beside a small one, and objectives only beside those of their module', () => {
    const rows = [pair('a', 9), pair('b', 3), pair('c', 20)];
    const objective = { level: 'objective' as const };
    const objectives = [
      pair('a-1', 9, { ...objective, module: 'a' }),
      pair('a-2', 2, { ...objective, module: 'a' }),
      pair('c-1', 9, { ...objective, module: 'c' }),
    ];
    const all = [...rows, ...objectives];
    const shown = shownFigures(all, []).filter(({ gain }) => gain !== null);
    expect(shown.map(({ unit }) => unit)).to.deep.equal(['c', 'c-1']);
  });

  it('hide a decay that would reveal the few who are in one group and not in the other', () => {
    expect(of('a', [pair('a', 8)], [later('a', 7, 7)])?.later[0]?.decay).to.equal(null);
    expect(of('a', [pair('a', 8)], [later('a', 10, 8)])?.later[0]?.decay).to.equal(null);
    expect(of('a', [pair('a', 13)], [later('a', 13, 8)])?.later[0]?.decay).not.to.equal(null);
    const days = [later('a', 9, 9), later('a', 8, 8, { days: 30 })];
    const found = of('a', [], days);
    expect(found?.later.map(({ decay }) => decay?.people ?? null)).to.deep.equal([9, null, null]);
  });

  it('show no decay where nobody had a post-test', () => {
    const found = of('a', [], [later('a', 9, 0, { pairedAfter: null, pairedLater: null })]);
    expect(found?.later[0]).to.deep.equal({ days: 7, all: { people: 9, share: 0.6 }, decay: null });
  });
});
