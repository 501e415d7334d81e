import { expect } from 'chai';
import fc from 'fast-check';
import { maskName, sameName } from '../../../../server/proof/certificates/verification/holder-name.js';

describe('names on the verify page', () => {
  describe('a masked name', () => {
    const cases: [string, string][] = [
      ['Ada Marlow', 'A•• M•••••'],
      ['Ada', 'A••'],
      ['X', 'X'],
      ['Zoë Łukasz', 'Z•• Ł•••••'],
      ['Zoe\u0308 Wolf', 'Z•• W•••'], // an accent that is a sign of its own is one letter with its base
      ['नेहा', 'ने•'],
      ['李小龍', '李••'],
      ["Mary-Jane O'Neil", 'M•••••••• O•••••'],
    ];
    for (const [name, masked] of cases)
      it(`${name} is ${masked}`, () => expect(maskName(name)).to.equal(masked));

    it('shows the first letter of each word and nothing else of it', () => {
      fc.assert(
        fc.property(fc.array(fc.stringMatching(/^[a-z]{1,12}$/), { minLength: 1, maxLength: 4 }), words => {
          const masked = maskName(words.join(' ')).split(' ');
          expect(masked).to.deep.equal(words.map(word => `${word.charAt(0)}${'•'.repeat(word.length - 1)}`));
        }),
      );
    });
  });

  describe('the same name', () => {
    const same: [string, string][] = [
      ['ada marlow', 'Ada Marlow'],
      ['  Ada   Marlow ', 'Ada Marlow'],
      ['MARLOW, Ada', 'Ada Marlow'],
      ['Marlow Ada', 'Ada Marlow'],
      ['Zoe Muller', 'Zoë Müller'],
      ['Zoë', 'Zoe\u0308'],
      ['Mary Jane O Neil', "Mary-Jane O'Neil"],
      ['ＡＤＡ Marlow', 'Ada Marlow'],
      ['ΑΔΑ', 'αδα'],
      ['Lukasz Sorensen', 'Łukasz Sørensen'],
      ['STRASSER', 'Straßer'],
      ['Aesir Djokovic', 'Æsir Đjoković'],
    ];
    for (const [typed, printed] of same) {
      it(`${typed} is ${printed}`, () => expect(sameName(typed, printed)).to.equal(true));
    }

    const different: [string, string][] = [
      ['Ada', 'Ada Marlow'],
      ['Ada Marlow Brandt', 'Ada Marlow'],
      ['A•• M•••••', 'Ada Marlow'],
      ['Ada Marlo', 'Ada Marlow'],
      ['AdaMarlow', 'Ada Marlow'],
      ['', 'Ada Marlow'],
      ['.', 'Ada Marlow'],
      ['李小龍', '李小狼'],
      ['', ''],
      ['!', '?'],
    ];
    for (const [typed, printed] of different) {
      it(`${typed || '(nothing)'} is not ${printed || '(nothing)'}`, () =>
        expect(sameName(typed, printed)).to.equal(false));
    }

    it('is the same for any order and case of its words', () => {
      const word = fc.stringMatching(/^[a-z]{1,8}$/);
      const shuffledWords = fc
        .array(word, { minLength: 1, maxLength: 4 })
        .chain(words =>
          fc.tuple(fc.constant(words), fc.shuffledSubarray(words, { minLength: words.length })),
        );
      fc.assert(
        fc.property(shuffledWords, ([words, shuffled]) => {
          expect(sameName(shuffled.join('-').toUpperCase(), words.join(' '))).to.equal(true);
        }),
      );
    });
  });
});
