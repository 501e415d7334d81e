import { expect } from 'chai';
import { translator } from '../../../../server/platform/i18n/i18n.js';
import { said } from '../../../support/said.js';
import { shortRows } from '../../../../server/teaching/quizzes/results/restudy.js';

const objectivesShown = (...lessons: string[][]) =>
  shortRows(
    lessons.map(objectives => ({ objectives })),
    translator('en'),
  ).map(({ objective }) => objective);

describe('what a lesson is to be read again for', () => {
  it('is said in full of few lessons', () => {
    expect(objectivesShown(['One.', 'Two.', 'Three.'], [], ['Four.'])).to.deep.equal([
      'One. Two. Three.',
      '',
      'Four.',
    ]);
  });

  it('is short in a long list: the first, and how many more', () => {
    const rows = objectivesShown(['One.', 'Two.', 'Three.'], [], ['Four.'], ['Five.', 'Six.']);
    expect(rows).to.deep.equal([
      said('result.andMore', { objective: 'One.', count: 2 }),
      '',
      'Four.',
      said('result.andMore', { objective: 'Five.', count: 1 }),
    ]);
  });
});
