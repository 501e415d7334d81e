import { expect } from 'chai';
import { curlyQuotes } from '../../../../server/teaching/content/load/quotes.js';

describe('quotation marks', () => {
  const cases: [string, string][] = [
    ['She said, "I know him."', 'She said, “I know him.”'],
    ['"Nobody forced him."', '“Nobody forced him.”'],
    ['- **"No journey."** Keeping a child', '- **“No journey.”** Keeping a child'],
    ["Don't take the girls' room; it's theirs.", 'Don’t take the girls’ room; it’s theirs.'],
    ['"Woman told him, \'Smile.\' Took it."', '“Woman told him, ‘Smile.’ Took it.”'],
    ['"\'Smile.\' Then they left."', '“‘Smile.’ Then they left.”'],
    ['(“already” ’so’)', '(“already” ’so’)'],
    ['Two lines\n"each" of them', 'Two lines\n“each” of them'],
    ['a word — "so" — and another', 'a word — “so” — and another'],
    ["https://example.org/o'clock", "https://example.org/o'clock"],
  ];
  for (const [typed, read] of cases) {
    it(`of ${JSON.stringify(typed)}`, () => expect(curlyQuotes(typed)).to.equal(read));
  }
});
