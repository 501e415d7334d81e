import { expect } from 'chai';
import {
  defined,
  undefinedFor,
} from '../../../../../server/teaching/quizzes/item-analysis/figures/figure.js';
import {
  flagsOf,
  type CountedChoice,
  type Flagged,
} from '../../../../../server/teaching/quizzes/item-analysis/figures/flags.js';

const choice = (id: string, count: number, changes: Partial<CountedChoice> = {}): CountedChoice => ({
  id,
  part: 'option',
  isRight: false,
  count,
  isOfFew: false,
  ...changes,
});

const GOOD: Flagged = {
  answers: 200,
  facility: defined(0.7),
  discrimination: defined(0.4),
  guess: defined(0.25),
  jump: defined(0),
  median: defined(40),
  plannedSeconds: 45,
  choices: [choice('a', 140, { isRight: true }), choice('b', 30), choice('c', 30)],
};
const flags = (changes: Partial<Flagged>) => flagsOf({ ...GOOD, ...changes });
const keys = (changes: Partial<Flagged>) => flags(changes).map(({ key }) => key);

describe('flags', () => {
  it('are not raised for a good item', () => {
    expect(flagsOf(GOOD)).to.deep.equal([]);
  });

  it('are raised past each threshold, and not at it', () => {
    expect(keys({ facility: defined(0.95) })).to.deep.equal([]);
    expect(keys({ facility: defined(0.951) })).to.deep.equal(['easy']);
    expect(keys({ facility: defined(0.4) })).to.deep.equal([]);
    expect(keys({ facility: defined(0.399) })).to.deep.equal(['hard']);
    expect(keys({ discrimination: defined(0.1) })).to.deep.equal([]);
    expect(keys({ discrimination: defined(0.099) })).to.deep.equal(['low']);
    expect(keys({ discrimination: defined(0) })).to.deep.equal(['low']);
    expect(keys({ discrimination: defined(-0.001) })).to.deep.equal(['negative']);
    expect(keys({ jump: defined(3) })).to.deep.equal([]);
    expect(keys({ jump: defined(3.01) })).to.deep.equal(['jump']);
    expect(keys({ jump: defined(-9) })).to.deep.equal([]);
    expect(keys({ median: defined(90) })).to.deep.equal([]);
    expect(keys({ median: defined(91) })).to.deep.equal(['slow']);
  });

  it('hold an item to be hard below 0.4, or near blind guessing', () => {
    expect(keys({ facility: defined(0.399), guess: undefinedFor('no-chance') })).to.deep.equal(['hard']);
    expect(keys({ facility: defined(0.4), guess: undefinedFor('no-chance') })).to.deep.equal([]);
    expect(keys({ facility: defined(0.55), guess: defined(0.5) })).to.deep.equal(['hard']);
    expect(keys({ facility: defined(0.39), guess: defined(0.01) })).to.deep.equal(['hard']);
  });

  it('name an unsafe choice that more than 15 % of the answers took', () => {
    const unsafe = (count: number, isUnsafe: boolean) =>
      flags({ choices: [choice('a', 100, { isRight: true }), choice('b', count, { isUnsafe })] });
    expect(unsafe(30, true)).to.deep.equal([]);
    expect(unsafe(31, true)).to.deep.equal([{ key: 'unsafe', choice: 'b', weight: 'act' }]);
    expect(unsafe(31, false)).to.deep.equal([]);
  });

  it('name a neighbour of the key that was taken more than the key, and nothing else that was', () => {
    const decision = (note: number, urgent: number) =>
      flags({
        choices: [
          ...[choice('carry-on', 90), choice('note', note, { isNeighbour: true })],
          ...[choice('tell', 40, { isRight: true }), choice('urgent', urgent, { isNeighbour: true })],
        ].map(each => ({ ...each, part: 'disposition', isFixed: true })),
      }).map(flag => `${flag.key} ${flag.choice}`);
    expect(decision(40, 30)).to.deep.equal([]);
    expect(decision(41, 30)).to.deep.equal(['neighbour note']);
    expect(decision(41, 50)).to.deep.equal(['neighbour note', 'neighbour urgent']);
  });

  it('compare a neighbour with the key of its own part only', () => {
    const choices = [
      choice('a', 10, { isRight: true }),
      choice('note', 60, { part: 'disposition', isNeighbour: true }),
      choice('tell', 90, { part: 'disposition', isRight: true }),
    ];
    expect(keys({ choices })).to.deep.equal([]);
  });

  it('tell nothing of what fewer than five people chose', () => {
    const few = { isOfFew: true, part: 'disposition', isFixed: true } as const;
    const choices = [
      choice('tell', 2, { ...few, isRight: true }),
      choice('note', 31, { ...few, isNeighbour: true, isUnsafe: true }),
    ];
    expect(keys({ choices })).to.deep.equal([]);
  });

  it('name each wrong choice that nearly nobody takes, from fifty answers on', () => {
    const choices = [choice('b', 1), choice('c', 2), choice('d', 0), choice('note', 0, { isFixed: true })];
    const dead = (answers: number) => flags({ answers, choices }).map(each => each.choice);
    expect(dead(49)).to.deep.equal([]);
    expect(dead(50)).to.deep.equal(['b', 'd']);
    expect(dead(67)).to.deep.equal(['b', 'c', 'd']);
  });

  it('are looked at from thirty answers, and acted on from a hundred', () => {
    const weights = (answers: number) =>
      flags({ answers, facility: defined(0.1) }).map(({ weight }) => weight);
    expect(weights(29)).to.deep.equal([]);
    expect(weights(30)).to.deep.equal(['look']);
    expect(weights(99)).to.deep.equal(['look']);
    expect(weights(100)).to.deep.equal(['act']);
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
