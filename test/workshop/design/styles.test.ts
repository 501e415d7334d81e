import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { projectRoot } from '../../../server/config.js';

const sheets = [
  'assets/app.css',
  'assets/office.css',
  'assets/learning.css',
  'workshop/design/design.css',
].map(path => ({
  path,
  css: readFileSync(join(projectRoot, 'views', path), 'utf8').replace(/\/\*[\s\S]*?\*\//g, comment =>
    comment.replace(/[^\n]/g, ' '),
  ),
}));

/** A side of the screen instead of a side of the text: wrong as soon as a page is read from right to left. */
const PHYSICAL =
  /(?:^|[\s;{])((?:margin|padding|border|inset|scroll-margin|scroll-padding)-(?:left|right)|left|right|border-(?:top|bottom)-(?:left|right)-radius)\s*:|(?:text-align|float|clear|justify-content|justify-self)\s*:\s*(left|right)\b/gm;

/** Four sides in a row, of which the second and the fourth differ, name the sides of the screen, too. */
const FOUR = /(?:margin|padding|border-width|inset): ([^;\s]+) ([^;\s]+) ([^;\s]+) ([^;\s]+);/g;

const faultsOf = (css: string): string[] => [
  ...[...css.matchAll(PHYSICAL)].map(([text]) => text.trim()),
  ...[...css.matchAll(FOUR)].filter(([, , end, , start]) => end !== start).map(([text]) => text),
];

describe('style sheets', () => {
  for (const { path, css } of sheets) {
    it(`name the sides of the text, never of the screen: ${path}`, () => {
      expect(faultsOf(css)).to.deep.equal([]);
    });
  }

  it('are found when they do', () => {
    const planted = [
      'a { margin-left: 1px }',
      'a { left: 0; }',
      'a { text-align: right }',
      'a { padding: 0 1px 0 0; }',
    ];
    for (const css of planted) expect(faultsOf(css), css).to.have.length(1);
    expect(
      faultsOf('a { padding-inline-start: 1px; text-align: start; margin: 0 1px 0 1px; }'),
    ).to.deep.equal([]);
  });

  it('move only for readers who did not ask for less motion, and for 400 ms at most', () => {
    for (const { path, css } of sheets) {
      const lengths = [...css.matchAll(/animation:[^;]*?(\d+)ms/g)].map(([, ms]) => Number(ms));
      expect(
        lengths.filter(ms => ms > 400),
        path,
      ).to.deep.equal([]);
      expect(lengths.length, path).to.equal([...css.matchAll(/[\s;{]animation/g)].length);
      const calm = css.replace(/@media \(prefers-reduced-motion: no-preference\) \{[\s\S]*?\n\}/g, '');
      expect(calm, path).to.not.match(/[\s;{](?:transition|animation)/);
    }
  });
});
