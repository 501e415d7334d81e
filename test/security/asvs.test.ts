import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { parse } from 'csv-parse/sync';
import { projectRoot } from '../../server/config.js';

/** The requirements of OWASP ASVS 5.0.0 that apply here: those of level 2, and some of level 3. */
const APPLY = `
  1.2.1 1.2.2 1.2.3 1.2.4 1.2.5 1.2.10 1.3.1 1.3.4 1.3.5 1.3.6 1.3.7 1.3.11 1.5.1 1.5.2
  2.1.1 2.1.3 2.2.1 2.2.3 2.3.1 2.3.2 2.3.3 2.3.4 2.4.1
  3.2.1 3.3.1 3.3.2 3.3.3 3.3.4 3.4.1 3.4.2 3.4.3 3.4.4 3.4.5 3.4.6 3.5.1 3.5.3 3.5.8 3.7.2
  4.1.1 4.1.3 4.1.4 4.2.1 5.1.1 5.2.1 5.2.2 5.2.3 5.3.2 5.4.1 5.4.2
  6.1.1 6.2.1 6.2.3 6.2.4 6.2.5 6.2.7 6.2.8 6.2.9 6.2.12 6.3.1 6.3.2 6.3.3 6.3.4 6.3.7 6.3.8 6.4.1 6.4.3 6.5.1 6.5.2 6.5.3 6.5.4 6.5.5 6.6.3
  6.8.1 6.8.2 6.8.3 6.8.4
  7.1.1 7.2.3 7.2.4 7.3.1 7.3.2 7.4.1 7.4.2 7.4.3 7.4.5 7.5.1 7.5.2 7.6.1 7.6.2 8.1.1 8.1.2 8.2.1 8.2.2 8.2.3 8.3.2 8.4.1
  9.1.1 9.1.2 9.1.3 9.2.1 10.1.2 10.2.1 10.2.2 10.5.1 10.5.2 10.5.3 10.5.4 10.5.5 11.1.1 11.2.2 11.4.2 11.5.1 12.1.1 12.2.1
  13.3.1 13.4.2 13.4.5 14.1.1 14.2.1 14.2.6 14.2.7 14.3.1 14.3.2 14.3.3
  15.1.2 15.2.2 15.2.3 15.3.3 15.3.4 15.3.5 15.3.6 15.3.7 15.4.2
  16.2.1 16.2.2 16.2.5 16.3.1 16.3.2 16.3.3 16.4.1 16.5.1 16.5.2 16.5.3 16.5.4`
  .trim()
  .split(/\s+/)
  .map(number => `v5.0.0-${number}`);

const STATES = ['tested', 'reviewed', 'decided', 'not applicable', 'open'];

type Entry = Readonly<Record<string, string>>;
const textOf = (path: string): string => readFileSync(join(projectRoot, path), 'utf8');
const register: readonly Entry[] = parse(textOf('test/security/asvs.csv'), { columns: true });

/** The titles of a file's tests, as they are written there. */
const titlesIn = (path: string): string[] =>
  [...textOf(path).matchAll(/\bit\(\s*(['`"])((?:\\.|(?!\1).)*)\1/g)].map(([, , title = '']) =>
    title.replaceAll("\\'", "'"),
  );

/** Files of ours that a text names. */
const filesIn = (text: string): string[] =>
  text.match(/\b(?:server|test|docs|deploy)\/[\w/.-]*\w|tsconfig\.json/g) ?? [];

/** An entry that several tests carry names their files, and their titles in the same order. */
const several = (text: string): string[] => (text === '' ? [] : text.split(' | '));

/** What is wrong with an entry; null: nothing. */
function faultOf({
  status = '',
  requirement = '',
  test = '',
  title = '',
  decision = '',
}: Entry): string | null {
  if (!STATES.includes(status)) return `is neither of ${STATES.join(', ')}`;
  if (requirement.length < 4) return 'does not say what is required';
  if (status === 'tested' && test === '') return 'names no test';
  if (status !== 'tested' && decision.length < 20) return 'does not say what was decided';
  const [files, titles] = [several(test), several(title)];
  if (files.length !== titles.length) return 'does not name a title for each file';
  const gone = files.find(path => !existsSync(join(projectRoot, path)));
  if (gone !== undefined) return `names ${gone}, which does not exist`;
  const at = files.findIndex((path, index) => !titlesIn(path).includes(titles[index] ?? ''));
  if (at >= 0) return `names a test that ${files[at]} does not have: ${titles[at]}`;
  const lost = filesIn(decision).find(path => !existsSync(join(projectRoot, path)));
  return lost === undefined ? null : `names ${lost}, which does not exist`;
}

describe('the register of the OWASP ASVS', () => {
  it('has each requirement that applies, once', () => {
    expect(register.map(({ id }) => id)).to.deep.equal(APPLY);
  });

  it('names a test that exists, or says what was decided', () => {
    const faults = register.flatMap(entry => faultOf(entry) ?? []);
    expect(faults).to.deep.equal([]);
  });

  it('finds each planted fault', () => {
    const [sound] = register;
    const planted: [Entry, RegExp][] = [
      [{ title: 'a test that nobody wrote' }, /does not have/],
      [{ test: 'test/security/nowhere.test.ts' }, /does not exist/],
      [{ test: '', title: '' }, /no test/],
      [
        { test: `${sound?.test} | test/security/nowhere.test.ts`, title: `${sound?.title} | other` },
        /nowhere/,
      ],
      [{ test: `${sound?.test} | ${sound?.test}` }, /title for each/],
      [{ status: 'decided', decision: 'later' }, /what was decided/],
      [{ decision: 'It is in server/nowhere.ts, as everybody knows.' }, /server\/nowhere\.ts/],
      [{ status: 'done' }, /neither/],
    ];
    for (const [fault, words] of planted) expect(faultOf({ ...sound, ...fault })).to.match(words);
  });
});
