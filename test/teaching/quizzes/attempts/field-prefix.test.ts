import { expect } from 'chai';
import { prefixOf, subForm } from '../../../../server/teaching/quizzes/attempts/field-prefix.js';

describe('the fields of one slot in the form of a page', () => {
  const form = {
    _csrf: 'x',
    's1-choice': 'a',
    's11-choice': ['b', 'c'],
    's1-sequence': '0',
    's1-s1-choice': 'd',
  };

  it('are named as the type of question names them', () => {
    expect(subForm(form, 1)).to.deep.equal({ choice: 'a', sequence: '0', 's1-choice': 'd' });
    expect(subForm(form, 11)).to.deep.equal({ choice: ['b', 'c'] });
    expect(prefixOf(11)).to.equal('s11-');
  });

  it('are none where the form holds none, or is none', () => {
    expect(subForm(form, 2)).to.deep.equal({});
    for (const none of [null, undefined, 'text', 7, []]) expect(subForm(none, 1)).to.deep.equal({});
  });

  it('reach no prototype', () => {
    const hostile = JSON.parse('{"s1-__proto__": {"choice": "a"}, "s1-constructor": "b"}') as object;
    const own = subForm(hostile, 1);
    expect(Object.getPrototypeOf(own)).to.equal(Object.prototype);
    expect(Object.keys(own)).to.have.members(['__proto__', 'constructor']);
    expect(own.choice).to.equal(undefined);
  });
});
