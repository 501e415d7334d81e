import { expect } from 'chai';
import { single } from '../../../server/teaching/questions/types/single-choice/single-choice.js';
import { createRegistry } from '../../../server/teaching/questions/registry.js';
import { questionTypes } from '../../../server/teaching/questions/question-types.js';

describe('the registry of question types', () => {
  it('knows every type by name', () => {
    expect(questionTypes.names).to.include.members([
      'single',
      'multiple',
      'true-false',
      'ordering',
      'matching',
    ]);
    for (const name of questionTypes.names) expect(questionTypes.named(name).name).to.equal(name);
  });

  for (const name of ['essay', '', '__proto__', 'constructor', 'Single']) {
    it(`knows no type called "${name}"`, () => {
      expect(() => questionTypes.named(name)).to.throw(RangeError, 'no question type');
    });
  }

  for (const part of Object.keys(single)) {
    it(`refuses a type without ${part}`, () => {
      const { [part as keyof typeof single]: left, ...half } = single;
      expect(left).not.to.equal(undefined);
      expect(() => createRegistry([half])).to.throw(TypeError, part);
    });
  }

  it('names all that is missing at once', () => {
    expect(() => createRegistry([{ name: 'ordering' }])).to.throw(
      /"ordering".*itemSchema, .*parse, .*correctResponse/,
    );
  });

  it('refuses a name that is no word, and one that is taken', () => {
    expect(() => createRegistry([{ ...single, name: 'A kind' }])).to.throw(TypeError, 'name');
    expect(() => createRegistry([single, single])).to.throw(TypeError, 'single');
  });
});
