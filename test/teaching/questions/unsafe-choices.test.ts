import { expect } from 'chai';
import { gradeForm } from '../../../server/teaching/quizzes/quiz.js';
import type { Quiz } from '../../../server/teaching/quizzes/quiz-model.js';
import { missedRules } from '../../../server/teaching/quizzes/remediation/rules.js';
import { questionTypes } from '../../../server/teaching/questions/question-types.js';
import type { Answer } from '../../../server/teaching/questions/answer.js';
import type { Item } from '../../../server/teaching/questions/item.js';
import { sampleDecision, sampleItem, type Sample } from './samples.js';

const typeOf = (item: Sample) => questionTypes.of(item);

/** A form of this item alone, graded as any other. */
function graded(item: Sample, response: Answer) {
  const quiz = { items: [item], pass: 1, scenarios: [] } as unknown as Quiz;
  return gradeForm(quiz, [{ itemId: item.id, optionOrder: [] }], [{ slot: 1, sequence: 1, response }]);
}

const missed = (item: Sample, response: Answer) => graded(item, response).total.criticalMissed;

const critical = 'never-2' as const;
const samples = {
  single: { item: sampleItem('single', { critical }), of: (choice: string) => ({ choice }) },
  multiple: {
    item: sampleItem('multiple', { critical, count: 5, key: ['b', 'd'] }),
    of: (choice: string) => ({ choice: ['b', choice] }),
  },
  'true-false': {
    item: sampleItem('true-false', { critical, truth: true }),
    of: (reason: string) => ({ truth: 'true', reason }),
  },
};

describe('unsafe choices', () => {
  for (const [name, { item, of }] of Object.entries(samples)) {
    describe(name, () => {
      const listed = { ...item, unsafe: ['a'] };

      it('are every wrong one of a safety-critical item that lists none', () => {
        for (const wrong of ['a', 'c']) expect(missed(item, of(wrong))).to.deep.equal([item.id]);
        expect(missed(item, {})).to.deep.equal([item.id]);
      });

      it('are those of the list alone, where there is one', () => {
        expect(missed(listed, of('a'))).to.deep.equal([item.id]);
        expect(missed(listed, of('c'))).to.deep.equal([]);
        expect(missed(listed, {})).to.deep.equal([]);
        expect(missedRules(graded(listed, of('a')))).to.deep.equal([critical]);
        expect(missedRules(graded(listed, of('c')))).to.deep.equal([]);
      });

      it('exist, are wrong, stand once, and break a rule that is named', () => {
        const { itemSchema } = typeOf(item);
        expect(itemSchema.safeParse(listed).success).to.equal(true);
        for (const fault of [
          { unsafe: [] },
          { unsafe: ['z'] },
          { unsafe: ['h'] },
          { unsafe: ['b'] },
          { unsafe: ['a', 'a'] },
          { critical: false },
        ])
          expect(itemSchema.safeParse({ ...listed, ...fault }).success).to.equal(false);
      });
    });
  }

  it('may be a side of a statement', () => {
    const { item, of } = samples['true-false'];
    const listed = { ...item, unsafe: ['false'] };
    expect(typeOf(item).itemSchema.safeParse(listed).success).to.equal(true);
    expect(typeOf(item).itemSchema.safeParse({ ...item, unsafe: ['true'] }).success).to.equal(false);
    expect(missed(listed, { truth: 'false', reason: 'b' })).to.deep.equal([item.id]);
    expect(missed(listed, of('a'))).to.deep.equal([]);
  });

  describe('of a decision', () => {
    const about = (key: 'carry-on' | 'note' | 'tell' | 'urgent', changes: object = {}) =>
      sampleItem('decision', { ...sampleDecision(key), ...changes });
    const unsafeOf = (item: Sample) =>
      ['carry-on', 'note', 'tell', 'urgent'].filter(
        disposition => missed(item, { disposition, fact: 'a' }).length > 0,
      );

    it('are told by the key', () => {
      expect(unsafeOf(about('urgent'))).to.deep.equal(['carry-on', 'note']);
      expect(unsafeOf(about('tell'))).to.deep.equal([]);
      expect(unsafeOf(about('tell', { critical: 'always-1' }))).to.deep.equal(['carry-on']);
      for (const key of ['note', 'carry-on'] as const)
        expect(unsafeOf(about(key, { critical: 'always-1' }))).to.deep.equal([]);
    });

    it('are those of the list, where there is one', () => {
      expect(unsafeOf(about('urgent', { unsafe: ['carry-on', 'note', 'tell'] }))).to.have.length(3);
      expect(unsafeOf(about('urgent', { unsafe: [] }))).to.deep.equal([]);
    });

    it('break the rule to pass on, or the one that the item names', () => {
      const silent = { disposition: 'carry-on', fact: 'b' };
      expect(missedRules(graded(about('urgent'), silent))).to.deep.equal(['always-1']);
      const named = about('urgent', { critical: 'never-6' });
      expect(missedRules(graded(named, silent))).to.deep.equal(['never-6']);
    });

    it('are none that are right or stand twice', () => {
      const { itemSchema } = questionTypes.named('decision');
      for (const unsafe of [['tell'], ['note', 'note'], ['a']])
        expect(itemSchema.safeParse(about('tell', { unsafe })).success).to.equal(false);
    });

    it('are marked among its choices, as are the neighbours of the right one', () => {
      const choicesOf = (item: Item) => questionTypes.of(item).choices(item);
      const named = (item: Item, mark: 'isUnsafe' | 'isNeighbour') =>
        choicesOf(item).flatMap(choice => (choice[mark] ? choice.id : []));
      expect(named(about('urgent'), 'isUnsafe')).to.deep.equal(['carry-on', 'note']);
      expect(named(about('urgent'), 'isNeighbour')).to.deep.equal(['tell']);
      expect(named(about('tell'), 'isNeighbour')).to.deep.equal(['note', 'urgent']);
      expect(named(about('carry-on'), 'isUnsafe')).to.deep.equal([]);
    });
  });
});
