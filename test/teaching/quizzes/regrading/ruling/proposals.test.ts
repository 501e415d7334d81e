import { expect } from 'chai';
import {
  canGrade,
  laterKeys,
  rangeOf,
  rulingFor,
  type RulingRequest,
  type ItemWording,
} from '../../../../../server/teaching/quizzes/regrading/ruling/proposals.js';
import type { Item } from '../../../../../server/teaching/questions/item.js';

const option = (id: string) => ({ id, text: `Text of ${id}`, feedback: 'Because.' });

const single = (over: object = {}): Item =>
  ({
    id: 'M1-001',
    objective: 'M1-O1',
    level: 'apply',
    depth: 'essentials',
    type: 'single',
    critical: false,
    facts: [],
    stem: 'What do you do?',
    options: ['a', 'b', 'c'].map(option),
    key: ['a'],
    ...over,
  }) as Item;

const mended = single({ key: ['b'] });
const wordings: ItemWording[] = [
  { version: 1, item: single() },
  { version: 2, item: single() },
  { version: 4, item: single() },
  { version: 5, item: mended },
  { version: 6, item: single({ options: ['a', 'b', 'c', 'd'].map(option) }) },
  { version: 7, item: single() },
];

const ask = (
  over: Partial<RulingRequest> = {},
  standing: Parameters<typeof rulingFor>[1]['standing'] = null,
) =>
  rulingFor(
    { kind: 'void', fromVersion: 1, toVersion: 4, keyVersion: null, answer: null, ...over },
    { wordings, version: 2, standing },
  );

describe('a ruling that is asked for', () => {
  it('is about neighbouring versions that ask in the same words', () => {
    expect(rangeOf(wordings, 2)).to.deep.equal({ from: 1, to: 4 });
    expect(rangeOf(wordings, 5)).to.deep.equal({ from: 5, to: 5 });
    expect(rangeOf(wordings, 7)).to.deep.equal({ from: 7, to: 7 });
  });

  it('may grade with a later wording that takes the same answers, and with no other', () => {
    expect(laterKeys(wordings, 2).map(({ version }) => version)).to.deep.equal([5]);
    expect(laterKeys(wordings, 5).map(({ version }) => version)).to.deep.equal([7]);
    expect(canGrade(single(), single({ type: 'multiple' }))).to.equal(false);
    expect(ask({ kind: 'key', keyVersion: 5 })).to.have.nested.property('terms.keyVersion', 5);
    for (const keyVersion of [1, 4, 6, 7, 8, null])
      expect(ask({ kind: 'key', keyVersion }), String(keyVersion)).to.deep.equal({ refusal: 'key' });
  });

  it('includes the version it is asked on, and no version with another wording', () => {
    expect(ask({ fromVersion: 3 })).to.deep.equal({ refusal: 'range' });
    expect(ask({ toVersion: 1 })).to.deep.equal({ refusal: 'range' });
    expect(ask({ toVersion: 5 })).to.deep.equal({ refusal: 'wording' });
    expect(ask()).to.have.property('terms');
  });

  it('can lift only a ruling that is in force', () => {
    expect(ask({ kind: 'lift' })).to.deep.equal({ refusal: 'nothing' });
    const standing = { ...terms(), kind: 'void' as const };
    expect(ask({ kind: 'lift' }, standing)).to.have.nested.property('terms.kind', 'lift');
  });

  it('accepts one more answer beside those that are right', () => {
    const accept = (choice: string, standing: Parameters<typeof ask>[1] = null) =>
      ask({ kind: 'accept', answer: { choice } }, standing);
    expect(accept('b')).to.have.deep.nested.property('terms.answers', [{ choice: 'b' }]);
    expect(accept('a')).to.deep.equal({ refusal: 'answer' });
    expect(accept('z')).to.deep.equal({ refusal: 'answer' });
    expect(ask({ kind: 'accept' })).to.deep.equal({ refusal: 'answer' });
    const before = { ...terms(), kind: 'accept' as const, answers: [{ choice: 'b' }] };
    expect(accept('c', before)).to.have.deep.nested.property('terms.answers', [
      { choice: 'b' },
      { choice: 'c' },
    ]);
    expect(accept('b', before)).to.deep.equal({ refusal: 'answer' });
  });

  it('keeps a corrected key when an answer is accepted beside it', () => {
    const corrected = { ...terms(), kind: 'key' as const, keyVersion: 5 };
    const accept = (choice: string) => ask({ kind: 'accept', answer: { choice } }, corrected);
    expect(accept('b')).to.deep.equal({ refusal: 'answer' });
    expect(accept('a'))
      .to.have.property('terms')
      .that.deep.includes({ keyVersion: 5, answers: [{ choice: 'a' }] });
  });

  it('cannot accept a further answer to a report', () => {
    const report = single({ type: 'report', options: undefined, key: undefined, fields: [{ id: 'time' }] });
    const asked = rulingFor(
      { kind: 'accept', fromVersion: 1, toVersion: 1, keyVersion: null, answer: { time: '14:00' } },
      { wordings: [{ version: 1, item: report }], version: 1, standing: null },
    );
    expect(asked).to.deep.equal({ refusal: 'answer' });
  });
});

const terms = () => ({
  itemId: 'M1-001',
  fromVersion: 1,
  toVersion: 4,
  keyVersion: null,
  answers: [] as { choice: string }[],
});
