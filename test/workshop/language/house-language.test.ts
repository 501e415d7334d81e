import { join } from 'node:path';
import { expect } from 'chai';
import { projectRoot } from '../../../server/config.js';
import { checkContent, type CheckReport } from '../../../server/workshop/content-check/check.js';
import { loadContent } from '../../../server/teaching/content/load/load.js';
import type { LanguageText } from '../../../server/workshop/language/language-text.js';
import { readScreens } from '../../../server/workshop/language/screen-files.js';
import { screenTexts } from '../../../server/workshop/language/screen-texts.js';
import { files, withFolder } from '../../teaching/content/fixture.js';
import type { Files } from '../../teaching/content/fixture.js';

const named = ({ faults }: CheckReport): string[] =>
  faults
    .filter(({ problem }) => /^Language|^There is no pattern/.test(problem))
    .map(({ file, line, problem }) => `${file}:${line} ${problem}`);

function check(root: string, screens: readonly LanguageText[]): CheckReport {
  const loaded = loadContent(root);
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.faults[0]));
  return checkContent(loaded.content, { now: 0, lineOf: loaded.lineOf, screens });
}

describe('the language of the house', () => {
  it('is kept by every lesson, card, pack and screen', () => {
    expect(named(check(join(projectRoot, 'modules'), readScreens(projectRoot)))).to.deep.equal([]);
  });

  describe('fails the content check with its file and line', () => {
    const after = (changes: Files, screens: LanguageText[] = []): string[] =>
      withFolder({ ...files(), ...changes }, root => named(check(root, screens)));
    const lesson = 'routes/lessons/00-essentials.md';
    const glossary = 'glossary.yaml';
    const text = files()[lesson] ?? '';
    const planted = text.replace('Call {{hotline.primary}}.', 'In doubt, call {{hotline.primary}}.');
    const place = `modules/${lesson}:${planted.split('\n').findIndex(line => line.includes('In doubt')) + 1}`;
    const problem = 'Language, in-doubt: "In doubt, call reporting line."';

    it('in a lesson', () => {
      expect(after({ [lesson]: planted })).to.deep.equal([...after({}), `${place} ${problem}`].sort());
    });

    it('on a screen', () => {
      const screens = screenTexts('server/teaching/help/en.json', '{\n  "a": "In doubt, call."\n}\n');
      expect(after({}, screens)).to.include(
        'server/teaching/help/en.json:2 Language, in-doubt: "In doubt, call."',
      );
    });

    it('in a question of the second edition, and not of the first', () => {
      const quiz = (files()['routes/quiz.yaml'] ?? '').replace('You sell tickets.', 'In doubt, do you call?');
      const first = after({ 'routes/quiz.yaml': `edition: 1\n${quiz}` });
      const second = after({ 'routes/quiz.yaml': `edition: 2\n${quiz}` });
      expect(first.join()).to.not.contain('In doubt');
      expect(second.join()).to.contain('In doubt');
    });

    it('unless the sentence is excused by its pattern, which must exist', () => {
      const excused = (pattern: string): string =>
        `${files()[glossary] ?? ''}\nexcused: [{ pattern: ${pattern}, sentence: "In doubt, call reporting line.", reason: So. }]\n`;
      const meant = after({ [lesson]: planted, [glossary]: excused('in-doubt') });
      expect(meant.join()).to.not.contain('In doubt');
      const unknown = after({ [lesson]: planted, [glossary]: excused('no-such') });
      expect(unknown.join()).to.contain('In doubt');
      expect(unknown.join()).to.contain('There is no pattern "no-such".');
    });
  });
});
