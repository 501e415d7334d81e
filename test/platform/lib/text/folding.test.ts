import { expect } from 'chai';
import { foldedWords } from '../../../../server/platform/lib/text/folding.js';

describe('folded words', () => {
  for (const [text, words] of [
    ['Müller', ['muller']],
    ['MÜLLER', ['muller']],
    ['Mu\u0308ller', ['muller']],
    ['Łukasz Đorđević', ['lukasz', 'dordevic']],
    ['Søren Weiß', ['soren', 'weiss']],
    ['Anne-Marie  d’Arc', ['anne', 'marie', 'd', 'arc']],
    ['Ｙｕｋｉ 7', ['yuki', '7']],
    ['山田 太郎', ['山田', '太郎']],
    [' – ', []],
  ] as const) {
    it(`${text} is ${words.join(', ') || 'none'}`, () => expect(foldedWords(text)).to.deep.equal(words));
  }
});
