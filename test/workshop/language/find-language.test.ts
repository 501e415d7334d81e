import { expect } from 'chai';
import { languageFaults } from '../../../server/workshop/language/find-language.js';
import { wordPattern } from '../../../server/workshop/language/house-words.js';
import type { LanguageText } from '../../../server/workshop/language/language-text.js';
import { patterns } from '../../../server/workshop/language/patterns.js';
import { screenTexts } from '../../../server/workshop/language/screen-texts.js';

const text = (words: string, rest: Partial<LanguageText> = {}): LanguageText => ({
  file: 'a.md',
  line: 7,
  text: words,
  where: 'lessons',
  ...rest,
});

describe('the language check', () => {
  it('names file, line, pattern and sentence, whatever the quotation marks', () => {
    const [found, ...others] = languageFaults(
      [text('All is well. If the line “police” is the concern, don’t wait.')],
      patterns,
    );
    expect(found).to.include({ file: 'a.md', line: 7, pattern: 'is-the-concern', reported: false });
    expect(found?.sentence).to.equal('If the line “police” is the concern, don’t wait.');
    expect(others).to.deep.equal([]);
  });

  it('says which faults are only reported', () => {
    const found = languageFaults([text('Speak with them apart.', { reported: true })], patterns);
    expect(found.map(({ reported }) => reported)).to.deep.equal([true]);
  });

  it('holds a word of the house where it holds, and not in its exceptions', () => {
    const line = wordPattern({
      use: 'reporting line',
      not: ['the line'],
      except: ['line below'],
      where: ['lessons'],
      why: 'A line of text is one too.',
    });
    const found = (words: string, where: LanguageText['where']) =>
      languageFaults([text(words, { where })], [line]).length;
    expect(found('Tell the line.', 'lessons')).to.equal(1);
    expect(found('Tell the line.', 'administration')).to.equal(0);
    expect(found('Read the line below.', 'lessons')).to.equal(0);
    expect(found('Tell the liner.', 'lessons')).to.equal(0);
  });

  it('reads each text of a screen with its line, and whom it is for', () => {
    const json = '{\n  "a": {\n    "b": "It said \\"no\\", {name}.",\n    "c": "Two"\n  }\n}\n';
    expect(screenTexts('server/teaching/help/en.json', json)).to.deep.equal([
      { file: 'server/teaching/help/en.json', line: 3, text: 'It said "no", {name}.', where: 'screens' },
      { file: 'server/teaching/help/en.json', line: 4, text: 'Two', where: 'screens' },
    ]);
    expect(screenTexts('server/office/admin/people/en.json', json)[0]?.where).to.equal('administration');
    expect(screenTexts('server/office/admin/logs/en.json', json)[0]?.where).to.equal('screens');
  });
});
