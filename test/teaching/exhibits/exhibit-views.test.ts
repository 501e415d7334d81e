import { expect } from 'chai';
import { installedViews } from '../../../server/platform/http/installed-views.js';
import { exhibitParts } from '../../../server/teaching/exhibits/exhibit-parts.js';
import { exhibitShape } from '../../../server/teaching/exhibits/exhibit-shape.js';
import { translator } from '../../../server/platform/i18n/i18n.js';
import { optionIds, type Item } from '../../../server/teaching/questions/item.js';
import { questionTypes } from '../../../server/teaching/questions/question-types.js';
import { drawnPart } from '../../../server/teaching/quizzes/attempts/question-page.js';
import { reportItems } from '../questions/report-samples.js';
import { sampleDecision, sampleItem, samplePrompts } from '../questions/samples.js';
import { sampleSpot } from '../questions/spot-samples.js';
import { sampleExhibits } from './exhibit-samples.js';

const views = installedViews();
const draw = (values: object): string =>
  views.renderFragment('teaching/exhibits/_exhibit', values, {
    locale: 'en',
    dir: 'ltr',
    t: translator('en'),
  });
const count = (html: string, pattern: RegExp): number => [...html.matchAll(pattern)].length;

const shell = { locale: 'en', dir: 'ltr', t: translator('en'), csrf: () => 'token' } as const;
const kept = { response: null, confidence: null, sequence: 0, error: null, open: [], stale: null };

const OWN: Record<string, Item> = {
  matching: sampleItem('matching', { prompts: samplePrompts(3) }),
  decision: sampleItem('decision', sampleDecision('tell')),
  report: reportItems().desk,
};
const itemWith = (type: string): Item =>
  type === 'spot' ? sampleSpot() : { ...(OWN[type] ?? sampleItem(type)), exhibit: sampleExhibits.chat };

const partOf = (item: Item) =>
  drawnPart({ item, type: questionTypes.of(item) }, { order: optionIds(item) }, shell.t);

const onPageOfMany = (item: Item): string => {
  const values = { ...partOf(item), ...kept, slot: 1, prefix: 'q1-', isSaved: false };
  return views.renderFragment('teaching/quizzes/attempts/_part', values, shell);
};

const onOwnPage = (item: Item): string => {
  const place = { position: 1, total: 1, slots: [], back: null, allHref: '/', action: '/', onward: '/' };
  const told = { lack: null, told: false, saved: null, field: '' };
  const values = { ...partOf(item), ...kept, ...place, ...told };
  return views.renderFragment('teaching/quizzes/attempts/question', values, shell);
};

describe('an exhibit on a page', () => {
  for (const [kind, exhibit] of Object.entries(sampleExhibits)) {
    const marked = exhibitParts(exhibit).flatMap(({ id }) => id ?? []);

    it(`of the kind ${kind} is a figure with a caption, without a picture, and shows every text`, () => {
      const html = draw({ exhibit });
      expect(html).to.match(/^<figure [^>]*data-exhibit="[a-z-]+">\s*<figcaption>/);
      expect(html).not.to.match(/<img|<input type="checkbox"|style=/);
      for (const word of JSON.stringify(exhibit).match(/\bword\d+/g) ?? []) expect(html).to.include(word);
    });

    if (marked.length === 0) continue;

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

  for (const type of questionTypes.names.filter(name => questionTypes.named(name).isBanked)) {
    const item = itemWith(type);

    it(`follows the heading of a question (${type}) and stands before its fields, alone on a page or not`, () => {
      for (const html of [onPageOfMany(item), onOwnPage(item)]) {
        const places = [/<h[12]/, /<figure/, /<(input(?! type="hidden")|select|textarea)/].map(of =>
          html.search(of),
        );
        expect(places).to.deep.equal(places.toSorted((a, b) => a - b));
        expect(places[0]).to.be.greaterThan(-1);
        expect(html.match(/<figure/g)).to.have.length(1);
        expect(html).not.to.include('SECRET');
      }
    });
  }

  it('draws each shape that an object may have, and each in its own way', () => {
    const shapes = exhibitShape.def.options.flatMap(({ shape }) =>
      'objects' in shape ? shape.objects.element.shape.shape.def.innerType.options : [],
    );
    expect(shapes).to.include('phone');
    const drawings = shapes.map(shape => {
      const [object] = sampleExhibits.counter.objects;
      const html = draw({ exhibit: { ...sampleExhibits.counter, objects: [{ ...object, shape }] } });
      return html.match(/<g [\s\S]*?<\/g>/)?.[0];
    });
    expect(drawings.every(drawing => drawing?.includes('d="M'))).to.equal(true);
    expect(new Set(drawings).size).to.equal(shapes.length);
  });

  it('shows the stories one at a time, the first one to begin with', () => {
    const html = draw({ exhibit: sampleExhibits.stations });
    expect(count(html, /<input type="radio"/g)).to.equal(sampleExhibits.stations.journeys.length);
    expect(html).to.match(/value="0" checked/);
    expect(count(html, / checked/g)).to.equal(1);
    expect(count(html, /<label class="choice">.*<\/label>\s*<div/g)).to.equal(2);
  });

  it('shows both conversations whole; only the line that decides is different, and says so', () => {
    const html = draw({ exhibit: sampleExhibits.talks });
    const [, first = '', second = ''] = html.split('<ol');
    const lines = (talk: string) => [...talk.matchAll(/<li[\s\S]*?<\/li>/g)].map(([text]) => text);
    const pairs = lines(first).map((text, at) => [text, lines(second)[at]] as const);
    // Each line, and what follows.
    expect(pairs).to.have.length(sampleExhibits.talks.lines.length + 1);
    const marked = pairs.filter(([text]) =>
      text.includes(shell.t('exhibits.decides', { who: 'Girl word8' })),
    );
    expect(marked).to.have.length(1);
    expect(pairs.slice(0, -1).filter(([text, other]) => text !== other)).to.deep.equal(marked);
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
