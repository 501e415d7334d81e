import { expect } from 'chai';
import { daysTogether } from '../../../../server/proof/requirements/reckoning/days-together.js';

describe('days that are counted together', () => {
  const days = [60, 40, 1, 250, 30].map((people, at) => ({ day: `2026-03-0${at + 1}`, people }));

  it('hold so many people at most, or are one day, and leave no day out', () => {
    expect(daysTogether(days, 100)).to.deep.equal([
      { from: '', to: '2026-03-03' },
      { from: '2026-03-03', to: '2026-03-04' },
      { from: '2026-03-04', to: '2026-03-05' },
      { from: '2026-03-05', to: 'x' },
    ]);
  });

  it('are all days where there are few people, or none', () => {
    for (const few of [days, []]) expect(daysTogether(few, 1000)).to.deep.equal([{ from: '', to: 'x' }]);
  });
});
