import { expect } from 'chai';
import { defined, undefinedFor } from '../../../../server/quizzes/item-analysis/figures/figure.js';
import { flagsOf, type Flagged } from '../../../../server/quizzes/item-analysis/figures/flags.js';

const GOOD: Flagged = {
  answers: 200,
  facility: defined(0.7),
  discrimination: defined(0.4),
  guess: defined(0.25),
  jump: defined(0),
  median: defined(40),
  plannedSeconds: 45,
  wrongChoices: [
    { id: 'b', count: 30 },
    { id: 'c', count: 30 },
  ],
};
const keys = (changes: Partial<Flagged>) => flagsOf({ ...GOOD, ...changes }).map(({ key }) => key);

describe('flags', () => {
  it('are not raised for a good item', () => {
    expect(flagsOf(GOOD)).to.deep.equal([]);
  });

  it('are raised past each threshold, and not at it', () => {
    expect(keys({ facility: defined(0.95) })).to.deep.equal([]);
    expect(keys({ facility: defined(0.951) })).to.deep.equal(['easy']);
    expect(keys({ facility: defined(0.35) })).to.deep.equal([]);
    expect(keys({ facility: defined(0.349) })).to.deep.equal(['hard']);
    expect(keys({ discrimination: defined(0.15) })).to.deep.equal([]);
    expect(keys({ discrimination: defined(0.149) })).to.deep.equal(['low']);
    expect(keys({ discrimination: defined(0) })).to.deep.equal(['low']);
    expect(keys({ discrimination: defined(-0.001) })).to.deep.equal(['negative']);
    expect(keys({ jump: defined(3) })).to.deep.equal([]);
    expect(keys({ jump: defined(3.01) })).to.deep.equal(['jump']);
    expect(keys({ jump: defined(-9) })).to.deep.equal([]);
    expect(keys({ median: defined(90) })).to.deep.equal([]);
    expect(keys({ median: defined(91) })).to.deep.equal(['slow']);
  });

  it('hold an item to be hard below 0.3, or near blind guessing', () => {
    expect(keys({ facility: defined(0.299), guess: undefinedFor('no-chance') })).to.deep.equal(['hard']);
    expect(keys({ facility: defined(0.3), guess: undefinedFor('no-chance') })).to.deep.equal([]);
    expect(keys({ facility: defined(0.55), guess: defined(0.5) })).to.deep.equal(['hard']);
    expect(keys({ facility: defined(0.25), guess: defined(0.01) })).to.deep.equal(['hard']);
  });

  it('name each wrong choice that nearly nobody takes, from fifty answers on', () => {
    const wrongChoices = [
      { id: 'b', count: 1 },
      { id: 'c', count: 2 },
      { id: 'd', count: 0 },
    ];
    const dead = (answers: number) => flagsOf({ ...GOOD, answers, wrongChoices }).map(({ choice }) => choice);
    expect(dead(49)).to.deep.equal([]);
    expect(dead(50)).to.deep.equal(['b', 'd']);
    expect(dead(67)).to.deep.equal(['b', 'c', 'd']);
  });

  it('are not raised from fewer than thirty answers, nor from what is not defined', () => {
    const bad = {
      facility: defined(0.1),
      discrimination: defined(-0.5),
      jump: defined(9),
      median: defined(900),
    };
    expect(keys({ ...bad, answers: 29 })).to.deep.equal([]);
    expect(keys({ ...bad, answers: 30 })).to.deep.equal(['negative', 'hard', 'jump', 'slow']);
    const none = undefinedFor('no-spread');
    expect(keys({ facility: none, discrimination: none, jump: none, median: none })).to.deep.equal([]);
    expect(keys({ median: defined(900), plannedSeconds: null })).to.deep.equal([]);
  });
});
