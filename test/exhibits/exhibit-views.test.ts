import { expect } from 'chai';
import { installedViews } from '../../server/app.js';
import { exhibitParts } from '../../server/exhibits/exhibit-parts.js';
import { translator } from '../../server/i18n/i18n.js';
import { optionIds, type Item } from '../../server/questions/item.js';
import { questionTypes } from '../../server/questions/question-types.js';
import { drawnPart } from '../../server/quizzes/attempts/question-page.js';
import { sampleItem } from '../questions/samples.js';
import { sampleSpot } from '../questions/spot-samples.js';
import { sampleExhibits } from './exhibit-samples.js';

const views = installedViews();
const draw = (values: object): string =>
  views.renderFragment('exhibits/_exhibit', values, { locale: 'en', dir: 'ltr', t: translator('en') });
const count = (html: string, pattern: RegExp): number => [...html.matchAll(pattern)].length;

describe('an exhibit on a page', () => {
  for (const [kind, exhibit] of Object.entries(sampleExhibits)) {
    const marked = exhibitParts(exhibit).flatMap(({ id }) => id ?? []);

    it(`of the kind ${kind} is a figure with a caption, without a picture, and shows every text`, () => {
      const html = draw({ exhibit });
      expect(html).to.match(/^<figure [^>]*data-exhibit="[a-z-]+">\s*<figcaption>/);
      expect(html).not.to.match(/<img|<input|style=/);
      for (const word of JSON.stringify(exhibit).match(/\bword\d+/g) ?? []) expect(html).to.include(word);
    });

    it(`of the kind ${kind} has a box for each part that can be marked, and no id twice`, () => {
      const html = draw({ exhibit, mark: { name: 'q1-mark', first: 'p1', chosen: ['p1'] } });
      expect(count(html, /<input type="checkbox"/g)).to.equal(marked.length);
      expect(count(html, / checked/g)).to.equal(1);
      const ids = [...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id ?? '');
      expect(ids).to.include('q1-mark');
      expect(new Set(ids).size).to.equal(ids.length);
      const named = [...html.matchAll(/aria-(?:labelledby|describedby)="([^"]+)"/g)];
      expect(
        named.flatMap(([, list]) => list?.split(' ') ?? []).filter(id => !ids.includes(id)),
      ).to.deep.equal([]);
    });
  }

  it('stands above a question, and within one that marks it', () => {
    const t = translator('en');
    const partOf = (item: Item) => {
      const type = questionTypes.of(item);
      const part = drawnPart({ item, type }, { order: optionIds(item) }, t);
      const kept = { response: null, confidence: null, sequence: 0, error: null, open: [], stale: null };
      const values = { ...part, ...kept, slot: 1, prefix: 'q1-', isSaved: false };
      return views.renderFragment('quizzes/attempts/_part', values, { locale: 'en', dir: 'ltr', t });
    };
    const above = partOf({ ...sampleItem('single'), exhibit: sampleExhibits.chat });
    expect(above.indexOf('<figure')).to.be.greaterThan(-1).and.lessThan(above.indexOf('<fieldset'));
    const within = partOf(sampleSpot());
    expect(within.match(/<figure/g)).to.have.length(1);
    expect(within.indexOf('<figure')).to.be.greaterThan(within.indexOf('<fieldset'));
    expect(above + within).not.to.include('SECRET');
  });

  it('gives each row of a table a cell with its box', () => {
    const html = draw({ exhibit: sampleExhibits.rota, mark: { name: 'mark', first: 'p1', chosen: [] } });
    expect(
      count(
        html,
        /<td[^>]*><label[^>]*><input type="checkbox"[^>]* aria-labelledby="mark-head mark--p\d-row">/g,
      ),
    ).to.equal(2);
  });
});
