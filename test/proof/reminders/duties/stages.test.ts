import { expect } from 'chai';
import { daysAfter } from '../../../../server/platform/lib/days.js';
import { overtakenBy, stageSpans } from '../../../../server/proof/reminders/duties/stages.js';
import type { Standing } from '../../../../server/proof/requirements/standings.js';

const TODAY = '2026-06-15';
const DAYS = [90, 60, 30, 7, 1];

/** The stages that a duty with this due day is in today. */
const stagesOf = (dueIn: number, standing: Standing): string[] => {
  const dueDay = daysAfter(TODAY, dueIn);
  return stageSpans(DAYS, TODAY)
    .filter(({ standings }) => standings.includes(standing))
    .filter(({ dueFrom, dueTo }) => (dueFrom ?? '') <= dueDay && dueDay <= (dueTo ?? '~'))
    .map(({ stage }) => stage);
};

describe('the stages of a duty', () => {
  it('each duty is in the nearest that has come, and in no other', () => {
    const found = [91, 90, 61, 60, 31, 30, 8, 7, 2, 1, 0].map(days => stagesOf(days, 'due-soon'));
    expect(found).to.deep.equal([
      [],
      ['before-90'],
      ['before-90'],
      ['before-60'],
      ['before-60'],
      ['before-30'],
      ['before-30'],
      ['before-7'],
      ['before-7'],
      ['before-1'],
      ['before-1'],
    ]);
  });

  it('whoever is overdue is reminded at once, and again after two weeks', () => {
    expect([-1, -13, -14, -400].map(days => stagesOf(days, 'overdue'))).to.deep.equal([
      ['overdue'],
      ['overdue'],
      ['overdue-14'],
      ['overdue-14'],
    ]);
  });

  it('a cover that has ended is one stage for as long as its grace lasts', () => {
    expect([-1, -30].map(days => stagesOf(days, 'in-grace'))).to.deep.equal([['in-grace'], ['in-grace']]);
  });

  it('nobody is reminded who is waived, on leave, not meant, or whose due day cannot be reckoned', () => {
    for (const standing of ['waived', 'on-leave', 'not-required', 'gap'] as const)
      expect([90, 1, 0, -1].flatMap(days => stagesOf(days, standing))).to.deep.equal([]);
  });

  it('a stage overtakes all that come before it', () => {
    expect(overtakenBy('before-7', DAYS)).to.deep.equal(['before-90', 'before-60', 'before-30']);
    expect(overtakenBy('overdue', [30, 7])).to.deep.equal(['before-30', 'before-7', 'in-grace']);
  });

  it('the order and repetitions of the days do not matter', () => {
    expect(stageSpans([7, 30, 7], TODAY)).to.deep.equal(stageSpans([30, 7], TODAY));
  });
});
