import { expect } from 'chai';
import {
  completionOf,
  completionTexts,
  shareOf,
} from '../../../server/proof/requirements/completion-rate.js';
import type { StandingTally } from '../../../server/proof/requirements/standings.js';
import { said } from '../../support/said.js';

const STRICT = { graceCounts: false };

describe('the completion rate', () => {
  const of = (tally: StandingTally, rule = STRICT) => completionTexts(tally, rule);

  it('is of everybody who must have it, and second of those without time left', () => {
    const texts = of({ current: 17, expiring: 2, 'due-soon': 20, 'not-yet-due': 300 });
    expect(texts).to.deep.equal({
      share: said('completion.share', { share: 0.05 }),
      parts: said('completion.parts', { have: 19, must: 339 }),
      due: said('completion.due', { count: 320, share: 1, have: 19, due: 19 }),
      outside: null,
    });
  });

  it('counts each standing once: who has it, who must, who has time, and who need not', () => {
    const one = {
      current: 1,
      expiring: 1,
      'in-grace': 1,
      overdue: 1,
      gap: 1,
      'due-soon': 1,
      'not-yet-due': 1,
    };
    const tally = { ...one, waived: 1, 'on-leave': 1, 'not-required': 1 };
    expect(completionOf(tally, STRICT)).to.deep.equal({ have: 2, must: 7, haveTime: 2, outside: 2 });
    expect(completionOf(tally, { graceCounts: true }).have).to.equal(3);
  });

  it('is said once where nobody has time left, and has no second share where nobody is due', () => {
    expect(of({ current: 1, overdue: 1 }).due).to.equal(null);
    const early = of({ 'not-yet-due': 3 });
    expect(early.share).to.equal(said('completion.share', { share: 0 }));
    expect(early.due).to.equal(said('completion.onlyTime', { count: 3 }));
  });

  it('is rounded down, so that 100% means everyone', () => {
    expect([shareOf(999, 1000), shareOf(29, 100), shareOf(3, 3), shareOf(0, 0)]).to.deep.equal([
      ...[0.99, 0.29, 1],
      null,
    ]);
  });

  it('names those who need not have it, and says plainly that nobody must, now or at all', () => {
    expect(of({ current: 2, waived: 1 }).outside).to.equal(said('completion.outside', { count: 1 }));
    const none = { parts: null, due: null };
    expect(of({ waived: 2, 'on-leave': 1 })).to.deep.equal({
      ...{ ...none, share: said('completion.nobodyMust') },
      outside: said('completion.allOutside', { count: 3 }),
    });
    const nobody = { ...none, outside: null, share: said('completion.concernsNobody') };
    expect(of({ 'not-required': 4 })).to.deep.equal(nobody);
    expect(completionTexts({}, STRICT, { isThen: true }).share).to.equal(
      said('completion.concernedNobodyThen'),
    );
  });
});
