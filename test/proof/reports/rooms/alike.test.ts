import { expect } from 'chai';
import { alikeTogether } from '../../../../server/proof/reports/rooms/history/alike.js';

describe('spans that say the same', () => {
  const span = (fromDay: string, toDay: string | null, value: string) => ({ fromDay, toDay, value });
  const together = (...spans: ReturnType<typeof span>[]) =>
    alikeTogether(spans, ({ value }) => value).map(({ fromDay, toDay, parts }) => [
      fromDay,
      toDay,
      parts.length,
    ]);

  it('are one where they follow each other without a gap', () => {
    expect(
      together(
        span('2026-01-01', '2026-02-01', 'leave'),
        span('2026-02-01', '2026-03-01', 'leave'),
        span('2026-03-01', null, 'active'),
      ),
    ).to.deep.equal([
      ['2026-01-01', '2026-03-01', 2],
      ['2026-03-01', null, 1],
    ]);
  });

  it('stay two with a gap, or with something else, between them', () => {
    expect(
      together(span('2026-01-01', '2026-02-01', 'leave'), span('2026-02-02', null, 'leave')),
    ).to.have.length(2);
    expect(
      together(
        span('2026-01-01', '2026-02-01', 'leave'),
        span('2026-02-01', '2026-03-01', 'active'),
        span('2026-03-01', null, 'leave'),
      ),
    ).to.have.length(3);
  });
});
