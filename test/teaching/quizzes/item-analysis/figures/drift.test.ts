import { expect } from 'chai';
import fc from 'fast-check';
import { jump, twoProportions } from '../../../../../server/teaching/quizzes/item-analysis/figures/drift.js';

const jumpOf = (answers: readonly boolean[]) =>
  jump({ answers: answers.length, right: answers.filter(Boolean).length, latest: answers.slice(-50) });
const times = (count: number, isRight: boolean) => Array.from({ length: count }, () => isRight);
const mixed = (count: number) => Array.from({ length: count }, (_, n) => n % 2 === 0);

describe('a sudden jump', () => {
  it('is z of two proportions: 351 of 605 against 41 of 195 gives 8.99 (Penn State, STAT 414, lesson 9.4)', () => {
    const { value } = twoProportions({ right: 351, of: 605 }, { right: 41, of: 195 });
    expect(value?.toFixed(2)).to.equal('8.99');
  });

  it('sets the last fifty against all before', () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { minLength: 80, maxLength: 300 }), answers => {
        const [before, latest] = [answers.slice(0, -50), answers.slice(-50)];
        const [p1, p2] = [before, latest].map(part => part.filter(Boolean).length / part.length) as [
          number,
          number,
        ];
        const p = answers.filter(Boolean).length / answers.length;
        fc.pre(p > 0 && p < 1);
        const z = (p2 - p1) / Math.sqrt(p * (1 - p) * (1 / before.length + 1 / latest.length));
        expect(jumpOf(answers).value).to.be.closeTo(z, 1e-9);
      }),
    );
  });

  it('is high when everybody is right all at once, and negative when nobody is any more', () => {
    expect(jumpOf([...mixed(60), ...times(50, true)]).value).to.be.greaterThan(5);
    expect(jumpOf([...mixed(60), ...times(50, false)]).value).to.be.lessThan(-5);
    expect(jumpOf([...times(50, true), ...mixed(60)]).value).to.be.lessThan(0);
  });

  it('needs thirty answers before the last fifty, and some of either kind', () => {
    expect(jumpOf(mixed(79)).reason).to.equal('few-before');
    expect(jumpOf(mixed(80)).value).to.equal(0);
    expect(jumpOf(times(100, true)).reason).to.equal('no-spread');
    expect(jumpOf([]).reason).to.equal('few-before');
  });
});
