import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { projectRoot } from '../../../server/config.js';
import { contrast } from '../../../server/platform/lib/contrast.js';
import { coloursOf, schemeStyles } from '../../../server/workshop/design/colour-tokens.js';

const css = readFileSync(join(projectRoot, 'views/assets/app.css'), 'utf8');
const colours = new Map(coloursOf(css).map(({ name, ...rest }) => [name, rest]));

describe('the colours of the style sheet', () => {
  it('are read for both schemes; the dark one inherits what it does not change', () => {
    expect(colours.get('ink')).to.deep.equal({ light: '#14272d', dark: '#e6eeed' });
    expect(colours.get('dawn')).to.deep.equal({ light: '#f3b75b', dark: '#f3b75b' });
    expect(colours.size).to.be.greaterThan(20);
  });

  it('make a style sheet of one scheme', () => {
    expect(schemeStyles(':root { --ink: #111; }', 'light')).to.equal(
      ':root { color-scheme: light; --ink: #111; }\n',
    );
    expect(schemeStyles(css, 'dark')).to.include('--ink: #e6eeed;');
  });

  it('are compared as WCAG says', () => {
    expect(contrast('#000', '#ffffff')).to.equal(21);
    expect(contrast('#777777', '#fff')).to.be.closeTo(4.48, 0.005);
  });

  // Text in each, on each ground it may stand on (WCAG 1.4.3), and what has to be seen of a control (1.4.11).
  const texts: [string, string, number][] = [
    ...['ink', 'soft', 'link', 'brand', 'moss', 'clay'].flatMap(name => [
      [name, 'paper', 4.5] as [string, string, number],
      [name, 'mist', 4.5] as [string, string, number],
    ]),
    ['on-brand', 'brand', 4.5],
    ['on-brand', 'brand-hover', 4.5],
    ['dawn-ink', 'dawn-soft', 4.5],
    ['moss', 'moss-soft', 4.5],
    ['clay', 'clay-soft', 4.5],
    ['edge', 'paper', 3],
    ['edge', 'mist', 3],
  ];
  for (const [front, ground, least] of texts) {
    it(`${front} stands out on ${ground}, by ${least}`, () => {
      for (const scheme of ['light', 'dark'] as const) {
        const pair = [front, ground].map(name => colours.get(name)?.[scheme] ?? '') as [string, string];
        expect(contrast(...pair), scheme).to.be.at.least(least);
      }
    });
  }
});
