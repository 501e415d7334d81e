import { expect } from 'chai';
import { RecentReads } from '../../../server/platform/lib/recent-reads.js';

describe('a cache of recent reads', () => {
  it('trusts a read from its beginning until its time is over', () => {
    const recent = new RecentReads<string>(5_000);
    recent.reading(1_000)('ada', 'Ada');
    expect(recent.get('ada', 5_999)).to.equal('Ada');
    expect(recent.get('ada', 6_000)).to.equal(undefined);
    expect(recent.newest('ada')).to.equal('Ada');
  });

  it('keeps the newest read of a key', () => {
    const recent = new RecentReads<string>(5_000);
    recent.reading(0)('ada', 'Ada');
    recent.reading(4_000)('ada', 'Ada Lovelace');
    expect(recent.get('ada', 8_999)).to.equal('Ada Lovelace');
  });

  it('removes one key, and leaves the others', () => {
    const recent = new RecentReads<string>(5_000);
    recent.reading(0)('ada', 'Ada');
    recent.reading(0)('ben', 'Ben');
    recent.remove('ada');
    expect([recent.get('ada', 1), recent.newest('ada'), recent.get('ben', 1)]).to.deep.equal([
      undefined,
      undefined,
      'Ben',
    ]);
  });

  for (const [how, change] of [
    ['a key was removed', (recent: RecentReads<string>) => recent.remove('ada')],
    ['everything was removed', (recent: RecentReads<string>) => recent.clear()],
  ] as const) {
    it(`does not keep a read during which ${how}`, () => {
      const recent = new RecentReads<string>(5_000);
      const keep = recent.reading(0);
      change(recent);
      keep('ada', 'Ada');
      expect(recent.newest('ada')).to.equal(undefined);
    });
  }

  it('is emptied beyond ten thousand entries', () => {
    const recent = new RecentReads<number>(5_000);
    for (let each = 0; each <= 10_000; each += 1) recent.reading(0)(String(each), each);
    expect(recent.newest('0')).to.equal(undefined);
    expect(recent.newest('10000')).to.equal(10_000);
  });
});
