import { expect } from 'chai';
import fc from 'fast-check';
import {
  addTime,
  answerTimes,
  noTimes,
  quantile,
} from '../../../../../server/teaching/quizzes/item-analysis/figures/times.js';
import { quantileOf } from '../longhand.js';

const START = 1_700_000_000_000;
const after = (slot: number, seconds: number) => ({ slot, at: START + seconds * 1000 });

describe('the time to answer', () => {
  it('runs from the answer before, and for the first one from the start', () => {
    expect(answerTimes(START, [after(1, 30), after(2, 75), after(3, 80)])).to.deep.equal([
      { slot: 1, kind: 'timed', seconds: 30 },
      { slot: 2, kind: 'timed', seconds: 45 },
      { slot: 3, kind: 'timed', seconds: 5 },
    ]);
  });

  it('follows the clock and not the numbers of the questions', () => {
    expect(answerTimes(START, [after(1, 90), after(3, 20)])).to.deep.equal([
      { slot: 3, kind: 'timed', seconds: 20 },
      { slot: 1, kind: 'timed', seconds: 70 },
    ]);
  });

  it('is that of the first answer; a change begins the time of the next', () => {
    expect(answerTimes(START, [after(1, 30), after(1, 100), after(2, 110)])).to.deep.equal([
      { slot: 1, kind: 'timed', seconds: 30 },
      { slot: 2, kind: 'timed', seconds: 10 },
    ]);
  });

  it('is left out after a pause of more than thirty minutes', () => {
    expect(answerTimes(START, [after(1, 1800), after(2, 3601)])).to.deep.equal([
      { slot: 1, kind: 'timed', seconds: 1800 },
      { slot: 2, kind: 'pause' },
    ]);
  });

  it('is not known of answers that were kept together', () => {
    expect(answerTimes(START, [after(1, 60), after(2, 60), after(3, 70)])).to.deep.equal([
      { slot: 1, kind: 'together' },
      { slot: 2, kind: 'together' },
      { slot: 3, kind: 'timed', seconds: 10 },
    ]);
  });

  it('is never negative, though clocks go back', () => {
    expect(answerTimes(START, [after(1, -5)])).to.deep.equal([{ slot: 1, kind: 'timed', seconds: 0 }]);
  });

  it('has quantiles that are exact, whatever came', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 1800 }), { minLength: 1, maxLength: 200 }),
        fc.constantFrom(0.5, 0.9, 0.01, 1),
        (seconds, p) => {
          const times = noTimes();
          seconds.forEach(each => addTime(times, { slot: 1, kind: 'timed', seconds: each }));
          expect(quantile(times, p).value).to.equal(quantileOf(seconds, p));
        },
      ),
    );
  });

  it('counts pauses and answers kept together apart, and says so when nothing was timed', () => {
    const times = noTimes();
    addTime(times, { slot: 1, kind: 'pause' });
    addTime(times, { slot: 2, kind: 'together' });
    expect(times).to.include({ n: 0, pauses: 1, together: 1 });
    expect(quantile(times, 0.5)).to.deep.equal({ value: null, reason: 'no-times' });
  });
});
