import { expect } from 'chai';
import fc from 'fast-check';
import { strToU8, unzipSync, zipSync } from 'fflate';
import { exportItems } from '../../../server/workshop/exchange/export.js';
import { qtiFiles } from '../../../server/workshop/exchange/qti/qti-package.js';
import { writeQtiItem } from '../../../server/workshop/exchange/qti/qti-write.js';
import {
  descendants,
  elements,
  parseXml,
  textOf,
  type XmlElement,
} from '../../../server/platform/lib/xml/xml.js';
import { shapeFaults } from './qti-shape.js';
import { read, said, short } from './report.js';
import { arbitraryBank, arbitraryItems, leaving } from './samples.js';

const NS = 'http://www.imsglobal.org/xsd/imsqtiasi_v3p0';
const MATCH = 'template="https://purl.imsglobal.org/spec/qti/v3p0/rptemplates/match_correct.xml"';
const MAP = 'template="https://purl.imsglobal.org/spec/qti/v3p0/rptemplates/map_response.xml"';

function rootOf(xml: string): XmlElement {
  const parsed = parseXml(xml);
  if (!parsed.ok) throw new Error(`${parsed.code} at line ${parsed.line}`);
  return parsed.root;
}

describe('QTI 3 that we write', () => {
  for (const [type, items] of Object.entries(arbitraryItems)) {
    it(`has the elements, attributes and order of the standard, whatever the texts: ${type}`, () => {
      fc.assert(
        fc.property(
          items,
          item => void expect(shapeFaults(rootOf(writeQtiItem(leaving(item))))).to.deep.equal([]),
        ),
      );
    });

    it(`names only responses, outcomes and choices that it declares: ${type}`, () => {
      fc.assert(
        fc.property(items, item => {
          const all = descendants(rootOf(writeQtiItem(leaving(item))));
          const ids = (name: RegExp, attribute = 'identifier') =>
            all.filter(each => name.test(each.name)).map(({ attributes }) => attributes[attribute] ?? '');
          const responses = ids(/^qti-response-declaration$/);
          const outcomes = ids(/^qti-outcome-declaration$/);
          const choices = ids(/^qti-simple-(associable-)?choice$/);
          expect(new Set(choices).size).to.equal(choices.length);
          expect(ids(/-interaction$/, 'response-identifier')).to.have.members(responses);
          expect(responses).to.include.members(ids(/^qti-(variable|correct|map-response)$/));
          expect(outcomes).to.include.members(ids(/^qti-set-outcome-value$/));
          expect(outcomes).to.include.members(ids(/^qti-modal-feedback$/, 'outcome-identifier'));
          expect(choices).to.include.members(ids(/^qti-modal-feedback$/));
          const values = all
            .filter(({ name }) => name === 'qti-value')
            .flatMap(value => textOf(value).split(' '));
          expect(choices).to.include.members(values);
        }),
      );
    });
  }

  it('is a package whose manifest names each of its files once', () => {
    fc.assert(
      fc.property(arbitraryBank, bank => {
        const files = qtiFiles('foundations', bank.map(leaving));
        const resources = descendants(rootOf(files.get('imsmanifest.xml') ?? '')).filter(
          ({ name }) => name === 'resource',
        );
        expect(resources.map(({ attributes }) => attributes.href)).to.deep.equal([...files.keys()].slice(1));
        for (const resource of resources) {
          expect(resource.attributes.type).to.equal('imsqti_item_xmlv3p0');
          const [file] = elements(resource, 'file');
          expect(file?.attributes.href).to.equal(resource.attributes.href);
        }
      }),
      { numRuns: 20 },
    );
  });
});

const item = (inside: string, attributes = '') =>
  `<?xml version="1.0"?>\n<qti-assessment-item xmlns="${NS}" identifier="Q1" title="Podium" adaptive="false" time-dependent="false" ${attributes}>\n${inside}\n</qti-assessment-item>`;
const declare = (values: string[], cardinality = 'single', more = '', id = 'RESPONSE') =>
  `<qti-response-declaration identifier="${id}" cardinality="${cardinality}" base-type="identifier"><qti-correct-response>${values.map(value => `<qti-value>${value}</qti-value>`).join('')}</qti-correct-response>${more}</qti-response-declaration>`;
const choices = (...ids: string[]) =>
  ids
    .map(id => `<qti-simple-choice identifier="${id}">\n  Driver <b>${id}</b>\n</qti-simple-choice>`)
    .join('\n');
const choose = (inside: string, kind = 'choice') =>
  `<qti-item-body>\n<p>Who\n  won?</p>\n<qti-${kind}-interaction response-identifier="RESPONSE" max-choices="1"><qti-prompt>Choose.</qti-prompt>${inside}</qti-${kind}-interaction></qti-item-body>`;
const processing = (attribute = MATCH) => `<qti-response-processing ${attribute}/>`;

describe('QTI 3 from elsewhere', () => {
  it('becomes a draft, with the words of its body and the feedback of its choices', async () => {
    const feedback = (id: string) =>
      `<qti-modal-feedback outcome-identifier="FEEDBACK" identifier="${id}" show-hide="show"><qti-content-body><p>About ${id}.</p></qti-content-body></qti-modal-feedback>`;
    const inner =
      '<qti-simple-choice identifier="D">D<qti-feedback-inline outcome-identifier="F" identifier="D">Inside.</qti-feedback-inline></qti-simple-choice>';
    const source = item(
      declare(['B']) + choose(choices('A', 'B') + inner) + processing() + feedback('A') + feedback('other'),
    );
    const result = await read('qti', source);
    expect(result.drafts[0]).to.deep.equal({
      type: 'single',
      stem: 'Who won?\nChoose.',
      options: [
        { id: 'a', text: 'Driver A', feedback: 'About A.' },
        { id: 'b', text: 'Driver B' },
        { id: 'c', text: 'D', feedback: 'Inside.' },
      ],
      key: ['b'],
    });
    expect(short(result)).to.deep.equal(['2 changed formatting left-out foreign-id incomplete']);
    expect(said(result)).to.include('About other.').and.include('Podium').and.include('Q1');
  });

  it('with several right answers, an order and pairs makes the item of that kind', async () => {
    const several = await read(
      'qti',
      item(declare(['A', 'C'], 'multiple') + choose(choices('A', 'B', 'C', 'D')) + processing(MAP)),
    );
    expect(several.drafts[0]).to.deep.include({ type: 'multiple', key: ['a', 'c'] });
    expect(short(several)[0]).to.include('scoring');
    const order = await read(
      'qti',
      item(declare(['C', 'A', 'B'], 'ordered') + choose(choices('A', 'B', 'C'), 'order') + processing()),
    );
    expect(order.drafts[0]).to.deep.include({ type: 'ordering', key: ['c', 'a', 'b'] });
    expect(short(order)[0]).to.not.include('scoring');
    const set = (...ids: string[]) =>
      `<qti-simple-match-set>${ids.map(id => `<qti-simple-associable-choice identifier="${id}" match-max="1">${id}</qti-simple-associable-choice>`).join('')}</qti-simple-match-set>`;
    const match = await read(
      'qti',
      item(
        declare(['C R', 'D M'], 'multiple') +
          choose(set('C', 'D') + set('M', 'R', 'T'), 'match') +
          processing(),
      ),
    );
    expect(match.drafts[0]).to.deep.include({ type: 'matching', key: ['b', 'a'] });
    expect(match.drafts[0]?.prompts?.map(({ text }) => text)).to.deep.equal(['C', 'D']);
  });

  it('with points that are ours says nothing of them, and otherwise does', async () => {
    const mapped = (wrong: number) =>
      `<qti-mapping default-value="0">${['A', 'C'].map(id => `<qti-map-entry map-key="${id}" mapped-value="0.5"/>`).join('')}${['B', 'D'].map(id => `<qti-map-entry map-key="${id}" mapped-value="${wrong}"/>`).join('')}</qti-mapping>`;
    const notes = async (wrong: number) =>
      short(
        await read(
          'qti',
          item(
            declare(['A', 'C'], 'multiple', mapped(wrong)) +
              choose(choices('A', 'B', 'C', 'D')) +
              processing(MAP),
          ),
        ),
      )[0];
    expect(await notes(-0.5)).to.not.include('scoring');
    expect(await notes(0)).to.include('scoring');
  });

  for (const [what, source, code] of [
    [
      'a text to write',
      item(
        declare(['x']) +
          '<qti-item-body><p>A?</p><qti-extended-text-interaction response-identifier="R"/></qti-item-body>',
      ),
      'type',
    ],
    [
      'two questions',
      item(
        declare(['A']) +
          choose(choices('A', 'B')).replace(
            '</qti-item-body>',
            choose(choices('C')).slice('<qti-item-body>'.length),
          ),
      ),
      'type',
    ],
    ['no interaction', item('<qti-item-body><p>Read.</p></qti-item-body>'), 'not-a-question'],
    ['no body', item(''), 'no-stem'],
    [
      'a picture',
      item(
        declare(['A']) +
          choose('<p><img src="x.png" alt="x"/></p>' + choices('A', 'B')).replace(
            'Who',
            '<img src="a"/>Who',
          ) +
          processing(),
      ),
      'media',
    ],
    ['nothing right', item(declare([]) + choose(choices('A', 'B')) + processing()), 'no-right-answer'],
    [
      'a template',
      item(`${declare(['A'])}<qti-template-declaration identifier="T"/>${choose(choices('A', 'B'))}`),
      'adaptive',
    ],
    [
      'steps that change',
      item(declare(['A']) + choose(choices('A', 'B'))).replace('adaptive="false"', 'adaptive="true"'),
      'adaptive',
    ],
    [
      'a text elsewhere',
      item(
        `${declare(['A'])}<qti-assessment-stimulus-ref identifier="S" href="s.xml"/>${choose(choices('A', 'B'))}`,
      ),
      'shared-text',
    ],
    ['QTI 2', '<assessmentItem xmlns="http://www.imsglobal.org/xsd/imsqti_v2p1" identifier="a"/>', 'qti2'],
    ['another format', '<quiz/>', 'not-this-format'],
    ['another namespace', item(choose('')).replace(NS, 'http://example.org/'), 'not-this-format'],
  ] as const) {
    it(`is not taken with ${what}`, async () => {
      expect(short(await read('qti', source)).map(line => line.replace(/^\d+ /, ''))).to.deep.equal([
        `refused ${code}`,
      ]);
    });
  }

  it('reports style sheets, rubrics and catalogues, which have no place', async () => {
    const body = choose(choices('A', 'B', 'C')).replace(
      '<p>',
      '<qti-rubric-block view="scorer"><p>For scorers.</p></qti-rubric-block><p>',
    );
    const result = await read(
      'qti',
      item(
        `${declare(['A'])}<qti-stylesheet href="a.css" type="text/css"/>${body}<qti-catalog-info/>${processing()}`,
      ),
    );
    const about = result.entries[0]?.notes.filter(({ code }) => code === 'left-out').map(note => note.about);
    expect(about).to.include.members(['qti-stylesheet', 'qti-catalog-info', 'qti-rubric-block']);
    expect(result.drafts[0]?.stem).to.not.include('scorers');
  });
});

describe('a QTI 3 package from elsewhere', () => {
  const manifest = (...resources: string[]) =>
    `<manifest xmlns="http://www.imsglobal.org/xsd/qti/qtiv3p0/imscp_v1p1" identifier="m">\n<resources>\n${resources.join('\n')}\n</resources></manifest>`;
  const resource = (type: string, href: string) =>
    `<resource identifier="r" type="${type}" href="${href}"><file href="${href}"/></resource>`;
  const pack = (files: Record<string, string>) =>
    zipSync(Object.fromEntries(Object.entries(files).map(([name, text]) => [name, strToU8(text)])));

  it('is reported file by file: items, other files, missing files and unnamed ones', async () => {
    const whole = item(declare(['A']) + choose(choices('A', 'B', 'C')) + processing());
    const result = await read(
      'qti',
      pack({
        'imsmanifest.xml': manifest(
          resource('imsqti_test_xmlv3p0', 'test.xml'),
          resource('imsqti_item_xmlv3p0', 'items/a.xml'),
          resource('imsqti_item_xmlv3p0', 'items/gone.xml'),
          resource('imsqti_item_xmlv2p2', 'items/old.xml'),
          resource('imsqti_item_xmlv3p0', 'items/broken.xml'),
        ),
        'items/a.xml': whole,
        'items/broken.xml': '<a>\n<b></a>',
        'test.xml': '<x/>',
        'readme.txt': 'Hello',
      }),
    );
    expect(
      result.entries.map(({ file, line, outcome, notes: [note] }) => [file, line, outcome, note?.code]),
    ).to.deep.equal([
      ['imsmanifest.xml', 3, 'refused', 'not-a-question'],
      ['items/a.xml', 2, 'changed', 'formatting'],
      ['imsmanifest.xml', 5, 'refused', 'missing-file'],
      ['imsmanifest.xml', 6, 'refused', 'qti2'],
      ['items/broken.xml', 2, 'refused', 'not-well-formed'],
      ['readme.txt', 1, 'refused', 'not-a-question'],
    ]);
    expect(result.drafts).to.have.length(1);
    expect(result.yaml).to.include('items/a.xml, line 2');
  });

  it('without its manifest, or with a broken one, is refused', async () => {
    expect(short(await read('qti', pack({ 'items/a.xml': 'x' })))).to.deep.equal(['1 refused missing-file']);
    expect(short(await read('qti', pack({ 'imsmanifest.xml': '<a>' })))).to.deep.equal([
      '1 refused not-well-formed',
    ]);
    expect(short(await read('qti', pack({ 'imsmanifest.xml': manifest() })))).to.deep.equal([
      '1 refused no-questions',
    ]);
  });
});

describe('an export', () => {
  it('reports for each item what other programs cannot use', () => {
    fc.assert(
      fc.property(arbitraryBank, bank => {
        const codes = (format: 'gift' | 'moodle' | 'qti') =>
          exportItems(format, 'b', bank).entries.map(({ notes }) => notes.map(({ code }) => code));
        const [gift, moodle, qti] = [codes('gift'), codes('moodle'), codes('qti')];
        for (const [at, { type, critical }] of bank.entries()) {
          if (type === 'single') expect([gift[at], moodle[at], qti[at]]).to.deep.equal([[], [], []]);
          if (type === 'true-false') expect(gift[at]).to.deep.equal(['two-questions']);
          if (type === 'ordering') expect(gift[at]).to.include('only-moodle').and.include('lost-feedback');
          if (type === 'matching') expect(moodle[at]).to.include('lost-feedback');
          if (type === 'multiple') expect(moodle[at]).to.deep.equal(critical === false ? [] : ['lost-whole']);
        }
      }),
      { numRuns: 30 },
    );
  });

  it('leaves out what no such file can hold, and reports it', () => {
    const [sample] = fc.sample(arbitraryItems.single ?? fc.constant(undefined), { numRuns: 1, seed: 1 });
    if (!sample) throw new Error('No sample');
    const odd = { ...sample, stem: 'A\u0000B\r\nC\u0007\ufffe\ud800D' };
    for (const format of ['gift', 'moodle', 'qti'] as const) {
      const { entries, bytes } = exportItems(format, 'b', [odd]);
      expect(entries[0]?.notes.map(({ code }) => code)).to.deep.equal(['line-ends', 'characters']);
      const files = format === 'qti' ? Object.values(unzipSync(bytes)) : [bytes];
      const text = files.map(file => Buffer.from(file).toString()).join('');
      expect(text).to.not.match(/[\u0000\u0007\ufffe\ufffd]/);
    }
  });

  it('reports an item of a type that no foreign format knows, and writes the others', async () => {
    const [one] = fc.sample(arbitraryItems.single ?? fc.constant(undefined), 1);
    if (!one) throw new Error('No sample');
    const record = { ...one, id: 'M1-998', type: 'report' };
    const { bytes, entries } = exportItems('qti', 'b', [record, { ...one, id: 'M1-999' }]);
    expect(entries.map(({ name, outcome }) => [name, outcome])).to.deep.equal([
      ['M1-998', 'refused'],
      ['M1-999', 'taken'],
    ]);
    expect((await read('qti', bytes)).drafts.map(({ id }) => id)).to.deep.equal(['M1-999']);
  });
});

describe('a bank', () => {
  it('holds 200 items; further ones are reported and not taken', async () => {
    const source = Array.from({ length: 202 }, (_, n) => `A${n}?{=x ~y ~z}`).join('\n\n');
    const result = await read('gift', source);
    expect(result.drafts).to.have.length(200);
    expect(result.entries.slice(200).map(({ notes: [note] }) => note?.code)).to.deep.equal([
      'too-many',
      'too-many',
    ]);
  });
});
