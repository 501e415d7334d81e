import { expect } from 'chai';
import { total } from '../../server/quizzes/grading/scoring.js';
import { missedRules } from '../../server/quizzes/remediation/rules.js';
import { questionTypes } from '../../server/questions/question-types.js';
import type { Answer } from '../../server/questions/answer.js';
import { sampleDecision, sampleItem, type Sample } from './samples.js';

const typeOf = (item: Sample) => questionTypes.of(item);

/** One slot as a form grades it. */
function slotOf(item: Sample, response: Answer) {
  const type = typeOf(item);
  const unsafe = type.unsafe(item, response);
  return {
    itemId: item.id,
    critical: type.ruleOfMiss(item),
    points: type.grade(item, response),
    ...(unsafe.length > 0 ? { unsafe } : {}),
  };
}

const missed = (item: Sample, response: Answer) =>
  total([slotOf(item, response)], { pass: 1 }).criticalMissed;

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
        expect(missedRules({ slots: [slotOf(listed, of('a'))] })).to.deep.equal([critical]);
        expect(missedRules({ slots: [slotOf(listed, of('c'))] })).to.deep.equal([]);
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
      expect(missedRules({ slots: [slotOf(about('urgent'), silent)] })).to.deep.equal(['always-1']);
      const named = about('urgent', { critical: 'never-6' });
      expect(missedRules({ slots: [slotOf(named, silent)] })).to.deep.equal(['never-6']);
    });

    it('are none that are right or stand twice', () => {
      const { itemSchema } = questionTypes.named('decision');
      for (const unsafe of [['tell'], ['note', 'note'], ['a']])
        expect(itemSchema.safeParse(about('tell', { unsafe })).success).to.equal(false);
    });
  });
});
