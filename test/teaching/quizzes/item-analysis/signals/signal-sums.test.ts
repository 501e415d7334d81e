import { expect } from 'chai';
import {
  addSignals,
  noSignalSums,
  readSignals,
  signalFigures,
} from '../../../../../server/teaching/quizzes/item-analysis/signals/signal-sums.js';
import { wilson } from '../../../../../server/teaching/quizzes/item-analysis/signals/wilson.js';

type Slots = NonNullable<ReturnType<typeof readSignals>>;
type Outcome = NonNullable<Slots[number]['signal']>['outcome'];

const slot = (outcome: Outcome, { points = 0, offersBoth = true, byLooks = false } = {}): Slots[number] => ({
  points,
  judgement: outcome === 'hit' || outcome === 'miss' ? 'concern' : 'no-concern',
  signal: { outcome, offersBoth },
  ...(byLooks ? { byLooks } : {}),
});

/** The figures of so many people, each with what `slotsOf` says. */
function figures(people: number, slotsOf: (n: number) => Slots) {
  const sums = noSignalSums();
  for (let n = 0; n < people; n += 1) addSignals(sums, slotsOf(n), true);
  return { sums, figures: signalFigures(sums) };
}

describe('how a quiz was judged', () => {
  it('counts each situation, and takes rates over those alone that offered both', () => {
    const { figures: found } = figures(30, n => [
      slot('hit', { points: 100 }),
      slot('hit', { offersBoth: false }),
      n < 10 ? slot('miss') : slot('hit', { points: 100 }),
      n < 6 ? slot('alarm', { byLooks: true }) : slot('rejection', { points: 100 }),
    ]);
    expect(found).to.deep.equal({
      isSmall: false,
      attempts: 30,
      without: 0,
      concern: { right: 50, other: 30, missed: 10, open: 0 },
      noConcern: { left: 24, alarm: 6, open: 0 },
      byLooks: 6,
      missRate: wilson(10, 60),
      alarmRate: wilson(6, 30),
    });
  });

  it('tells nothing of fewer than five people, and hides counts of fewer, with rates that would tell them', () => {
    expect(figures(4, () => [slot('hit')]).figures).to.deep.equal({ isSmall: true });
    const { figures: found } = figures(20, n => [
      n < 3 ? slot('miss') : slot('hit', { points: 100 }),
      slot('rejection'),
    ]);
    expect(found).to.deep.include({
      concern: { right: null, other: 0, missed: null, open: 0 },
      missRate: 'hidden',
      byLooks: 0,
    });
    expect(found).to.have.nested.property('alarmRate.share', 0);
  });

  it('has no rate where no question offered both', () => {
    const { figures: found } = figures(6, () => [slot('hit', { offersBoth: false })]);
    expect(found).to.deep.include({ missRate: null, alarmRate: null });
  });

  it('counts a case as right when it was passed, whatever its points', () => {
    const passed = (is: boolean): Slots[number] => ({ ...slot('hit', { points: 75 }), case: { passed: is } });
    expect(figures(6, () => [passed(true)]).figures).to.have.nested.property('concern.right', 6);
    expect(figures(6, () => [passed(false)]).figures).to.have.nested.property('concern.other', 6);
  });

  it('takes for right the right step of a decision, however much its answer is worth', () => {
    const decided = (is: 'exact' | 'other', points: number): Slots[number] => ({
      ...slot('hit', { points }),
      signal: { outcome: 'hit', offersBoth: true, decided: is },
    });
    const { figures: found } = figures(6, () => [
      decided('exact', 60),
      decided('other', 40),
      decided('exact', 100),
    ]);
    expect(found).to.have.nested.property('concern.right', 12);
    expect(found).to.have.nested.property('concern.other', 6);
  });

  it('adds decisions to their own sums, too, and nothing else', () => {
    const { sums } = figures(6, () => [
      slot('hit'),
      { ...slot('hit'), signal: { outcome: 'miss', offersBoth: true, decided: 'other', shade: 'late' } },
    ]);
    const counted = Object.entries(sums.decisions.counts).map(([name, { n }]) => [name, n]);
    expect(Object.fromEntries(counted)).to.deep.equal({
      yes: 0,
      late: 6,
      no: 0,
      alarm: 0,
      watch: 0,
      left: 0,
    });
  });

  it('counts apart what holds no such codes, and somebody once, however often they judged', () => {
    const { sums } = figures(1000, n => (n % 2 > 0 ? [] : [slot('hit'), slot('hit')]));
    expect([sums.attempts, sums.without]).to.deep.equal([{ n: 500, again: 0 }, 500]);
    expect(sums.counts['concern other-step']).to.deep.equal({ n: 1000, again: 500 });
    const again = noSignalSums();
    for (const isNew of [true, false, false]) addSignals(again, [slot('hit')], isNew);
    expect([again.attempts, again.counts['choice acted']]).to.deep.equal([
      { n: 3, again: 2 },
      { n: 3, again: 2 },
    ]);
  });

  it('reads what is stored with an attempt, also from before there were codes, and nothing else', () => {
    const old = [{ itemId: 'a', critical: false, points: 100, judgement: 'concern' }];
    expect(readSignals(JSON.stringify(old))).to.deep.equal([{ points: 100, judgement: 'concern' }]);
    const decided = [
      { points: 0, signal: { outcome: 'miss', offersBoth: true, shade: 'late', decided: 'other' } },
    ];
    expect(readSignals(JSON.stringify(decided))).to.deep.equal(decided);
    for (const text of [null, '', 'x', '{}', '[{"points":"1"}]', '[{"points":1,"signal":{"outcome":"yes"}}]'])
      expect(readSignals(text)).to.equal(null);
  });
});
