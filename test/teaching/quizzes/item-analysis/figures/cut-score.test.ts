import { expect } from 'chai';
import type { Item } from '../../../../../server/teaching/questions/item.js';
import { cutScore } from '../../../../../server/teaching/quizzes/item-analysis/figures/cut-score.js';
import { sampleItem } from '../../../questions/samples.js';

const quiz = (...borderlines: Partial<Item>[]) => ({
  items: borderlines.map(each => ({ ...sampleItem('single'), ...each })),
  pass: 8,
  draw: 10,
});

describe('the cut score', () => {
  it('is the mean borderline of the bank, once every question that counts is judged', () => {
    const judged = quiz({ borderline: 60 }, { borderline: 75 }, { status: 'trial' });
    expect(cutScore(judged)).to.deep.equal({ passMark: 0.8, borderline: 0.675 });
  });

  it('is provisional as long as one is not judged, and for an empty bank', () => {
    expect(cutScore(quiz({ borderline: 60 }, {})).borderline).to.equal(null);
    expect(cutScore(quiz()).borderline).to.equal(null);
  });
});
