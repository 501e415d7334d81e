import { expect } from 'chai';
import { trueFalse } from '../../../../server/teaching/questions/types/true-false/true-false.js';
import { said, sampleItem } from '../samples.js';

describe('true or false, with the reason', () => {
  const item = trueFalse.itemSchema.parse(sampleItem('true-false', { key: ['b'], truth: false }));

  it('reads both parts', () => {
    const response = { truth: 'false', reason: 'b' };
    expect(trueFalse.parse({ truth: 'false', reason: 'b' }, item)).to.deep.equal({ ok: true, response });
  });

  it('keeps half an answer, which is not complete and earns nothing', () => {
    for (const half of [{ truth: 'false' }, { reason: 'b' }]) {
      expect(trueFalse.parse(half, item)).to.deep.equal({ ok: true, response: half });
      expect(trueFalse.isComplete(item, half)).to.equal(false);
      expect(trueFalse.grade(item, half)).to.equal(0);
    }
  });

  it('says what is wrong with a form', () => {
    expect(trueFalse.parse({}, item)).to.deep.equal({ ok: false, problem: 'missing' });
    const unreadable = [
      { truth: 'no', reason: 'b' },
      { truth: false, reason: 'b' },
      { truth: ['true', 'false'], reason: 'b' },
      { truth: 'false', reason: 'z' },
    ];
    for (const form of unreadable) {
      expect(trueFalse.parse(form, item)).to.deep.equal({ ok: false, problem: 'unreadable' });
    }
    const both = { truth: 'false', reason: ['a', 'b'] };
    expect(trueFalse.parse(both, item)).to.deep.equal({ ok: false, problem: 'too-many' });
  });

  it('gives points only when truth and reason are both right', () => {
    expect(trueFalse.grade(item, { truth: 'false', reason: 'b' })).to.equal(100);
    expect(trueFalse.grade(item, { truth: 'true', reason: 'b' })).to.equal(0);
    expect(trueFalse.grade(item, { truth: 'false', reason: 'a' })).to.equal(0);
    expect(trueFalse.grade(item, { truth: 'true', reason: 'a' })).to.equal(0);
  });

  it('works for true statements as well', () => {
    const trueItem = { ...item, truth: true };
    expect(trueFalse.grade(trueItem, { truth: 'true', reason: 'b' })).to.equal(100);
    expect(trueFalse.grade(trueItem, { truth: 'false', reason: 'b' })).to.equal(0);
  });

  it('tells in words what was answered', () => {
    expect(trueFalse.summarise(item, { truth: 'true', reason: 'a' }, said)).to.deep.equal([
      'question.true',
      'Option a',
    ]);
    expect(trueFalse.summarise(item, {}, said)).to.deep.equal([]);
  });

  it('needs a truth and exactly one right reason', () => {
    for (const fault of [{ truth: 'false' }, { truth: undefined }, { key: ['a', 'b'] }]) {
      expect(trueFalse.itemSchema.safeParse({ ...item, ...fault }).success).to.equal(false);
    }
  });
});
