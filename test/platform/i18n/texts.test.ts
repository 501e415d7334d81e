import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect } from 'chai';
import { en, keysBelow, textFiles, textsBelow } from '../../../server/platform/i18n/texts.js';
import { projectRoot } from '../../../server/config.js';

describe('the files of texts', () => {
  let folder: string;
  const plant = (files: Record<string, object>): void => {
    for (const [path, texts] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), JSON.stringify(texts));
    }
  };

  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'texts-'))));
  afterEach(() => rmSync(folder, { recursive: true }));

  it('are found by name in slices and their rooms', () => {
    plant({
      'help/en.json': { card: { heading: 'Card' } },
      'quizzes/results/en.json': { result: { heading: 'Result' } },
      'quizzes/results/other.json': { other: { heading: 'Other' } },
    });
    expect(textsBelow(folder)).to.deep.equal({ card: { heading: 'Card' }, result: { heading: 'Result' } });
  });

  it('are merged, and have no text in common', () => {
    const [help, quizzes] = ['help/en.json', 'quizzes/en.json'];
    plant({ [help]: { card: { a: 'A' } }, [quizzes]: { quiz: { a: 'A' }, card: { b: 'B' } } });
    expect(textsBelow(folder)).to.deep.equal({ card: { a: 'A', b: 'B' }, quiz: { a: 'A' } });
    for (const second of [{ card: { a: 'B' } }, { card: 'B' }, { card: { a: { c: 'B' } } }]) {
      plant({ [quizzes]: second });
      expect(() => textsBelow(folder), JSON.stringify(second)).to.throw(
        `${join(folder, quizzes)} has a second`,
      );
    }
    // The server's own files are merged in the same way when this file is loaded.
    expect(textsBelow(join(projectRoot, 'server'))).to.deep.equal(en);
    expect(textFiles(join(projectRoot, 'server')).length).to.be.above(50);
  });

  it('name the keys directly below a key', () => {
    expect(keysBelow('numbers')).to.include('countAndShare').and.not.include('numbers.countAndShare');
    for (const key of ['noSuchKey', 'numbers.countAndShare', 'numbers.countAndShare.more'])
      expect(() => keysBelow(key), key).to.throw(key);
  });
});
