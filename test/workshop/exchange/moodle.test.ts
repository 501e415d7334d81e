import { expect } from 'chai';
import fc from 'fast-check';
import { writeMoodle } from '../../../server/workshop/exchange/moodle/moodle-write.js';
import { descendants, elements, parseXml, textOf } from '../../../server/platform/lib/xml/xml.js';
import { read, said, short } from './report.js';
import { arbitraryItem, arbitraryItems, leaving } from './samples.js';

const quiz = (...questions: string[]) =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<quiz>\n${questions.join('\n')}\n</quiz>`;
const answer = (weight: number | string, words: string, feedback = '') =>
  `<answer fraction="${weight}" format="html"><text>${words}</text><feedback format="html"><text>${feedback}</text></feedback></answer>`;
const question = (type: string, inside: string, stem = 'A?') =>
  `<question type="${type}"><name><text>t</text></name><questiontext format="html"><text><![CDATA[<p>${stem}</p>]]></text></questiontext>${inside}</question>`;
const three = [answer(100, 'x'), answer(0, 'y'), answer(0, 'z')].join('');

describe('Moodle XML from elsewhere', () => {
  it('becomes a draft with all that it says', async () => {
    const source = question(
      'multichoice',
      `<generalfeedback format="html"><text></text></generalfeedback><defaultgrade>1.0000000</defaultgrade><penalty>0.3333333</penalty><hidden>0</hidden><idnumber></idnumber><single>true</single><shuffleanswers>true</shuffleanswers><answernumbering>abc</answernumbering><showstandardinstruction>0</showstandardinstruction><correctfeedback format="html"><text>Your answer is correct.</text></correctfeedback><shownumcorrect/>${answer(100, 'x &amp;lt; 1', 'Right.')}${answer(0, 'y')}${answer(0, 'z')}`,
      'Is <i>this</i> &lt;right&gt;?',
    );
    const result = await read('moodle', quiz(source));
    expect(short(result)).to.deep.equal(['3 changed formatting foreign-id incomplete']);
    expect(result.drafts[0]).to.deep.equal({
      type: 'single',
      stem: 'Is this <right>?',
      options: [
        { id: 'a', text: 'x < 1', feedback: 'Right.' },
        { id: 'b', text: 'y' },
        { id: 'c', text: 'z' },
      ],
      key: ['a'],
    });
  });

  it('reports unusual settings, and everything that has no place', async () => {
    const inside = `<generalfeedback><text>In general.</text></generalfeedback><defaultgrade>3</defaultgrade><hint format="html"><text>Think.</text></hint><coursetags><tag>x</tag></coursetags>${three}`;
    const result = await read('moodle', quiz(question('multichoice', inside)));
    const about = result.entries[0]?.notes
      .filter(({ code }) => code === 'left-out')
      .map(({ about }) => about);
    expect(about).to.deep.equal(['generalfeedback', 'defaultgrade', 'hint', 'coursetags']);
    expect(said(result)).to.include('In general.').and.include('Think.');
  });

  for (const [what, type, inside, code] of [
    ['an essay', 'essay', '', 'type'],
    ['a number', 'numerical', answer(100, '3'), 'type'],
    ['a short answer', 'shortanswer', answer(100, 'x'), 'type'],
    ['a drag and drop', 'ddwtos', '', 'type'],
    ['a text alone', 'description', '', 'not-a-question'],
    ['gaps to write in', 'cloze', '', 'type'],
    ['one answer', 'multichoice', answer(100, 'x'), 'no-answers'],
    ['nothing right', 'multichoice', answer(0, 'x') + answer(0, 'y'), 'no-right-answer'],
    ['a file', 'multichoice', `${three}<file name="a.png" encoding="base64">AAAA</file>`, 'media'],
    ['a picture', 'multichoice', `${answer(100, '&lt;img src="x"&gt;')}${answer(0, 'y')}`, 'media'],
    ['pairs without pairs', 'matching', '', 'no-answers'],
    ['true or false without an answer', 'truefalse', answer(0, 'true'), 'no-right-answer'],
  ] as const) {
    it(`is not taken with ${what}`, async () => {
      const result = await read('moodle', quiz(question(type, inside)));
      expect(short(result)).to.deep.equal([`3 refused ${code}`]);
    });
  }

  it('with several right answers says when the points were other', async () => {
    const several = (weights: (number | string)[]) =>
      read(
        'moodle',
        quiz(
          question(
            'multichoice',
            `<single>false</single>${weights.map((weight, at) => answer(weight, `x${at}`)).join('')}`,
          ),
        ),
      );
    expect(short(await several([50, 50, -100, -100]))[0]).to.not.include('scoring');
    expect(short(await several([50, 50, 0, 0]))[0]).to.include('scoring');
    expect(short(await several([100, 0, 0, 0]))[0]).to.include('one-right');
  });

  it('with true or false keeps the truth, and the feedback in the report', async () => {
    const result = await read(
      'moodle',
      quiz(question('truefalse', answer(100, 'false', 'Yes.') + answer(0, 'true', 'No.'))),
    );
    expect(result.drafts[0]).to.deep.include({ type: 'true-false', truth: false, options: [] });
    expect(said(result)).to.include('Yes.').and.include('No.');
  });

  it('with pairs and an order makes both', async () => {
    const pair = (prompt: string, option: string) =>
      `<subquestion format="html"><text>${prompt}</text><answer><text>${option}</text></answer></subquestion>`;
    const pairs = await read(
      'moodle',
      quiz(question('matching', pair('p', 'x') + pair('q', 'y') + pair('', 'z'))),
    );
    expect(pairs.drafts[0]).to.deep.include({ type: 'matching', key: ['a', 'b'] });
    expect(pairs.drafts[0]?.options.map(({ text }) => text)).to.deep.equal(['x', 'y', 'z']);
    const steps = [answer(2, 'two'), answer(1, 'one')].join('');
    const order = await read(
      'moodle',
      quiz(question('ordering', `<gradingtype>ABSOLUTE_POSITION</gradingtype>${steps}`)),
    );
    expect(order.drafts[0]?.options.map(({ text }) => text)).to.deep.equal(['one', 'two']);
    expect(short(order)[0]).to.include('scoring');
  });

  it('reports the line of each question, and what is no question', async () => {
    const result = await read(
      'moodle',
      quiz('<!-- question: 12 -->', '<!-- a remark -->', question('multichoice', three), '<other/>'),
    );
    expect(short(result).map(line => line.replace(/ foreign-id incomplete/, ''))).to.deep.equal([
      '4 refused comment',
      '5 changed',
      '6 refused not-a-question',
    ]);
  });

  it('is not taken when it is another format', async () => {
    expect(short(await read('moodle', '<html/>'))).to.deep.equal(['1 refused not-this-format']);
    expect(short(await read('moodle', 'A?{=x ~y}'))).to.deep.equal(['1 refused not-well-formed']);
    expect(short(await read('gift', quiz()))).to.deep.equal(['1 refused not-this-format']);
    expect(short(await read('moodle', quiz()))).to.deep.equal(['1 refused no-questions']);
    expect(short(await read('moodle', ' '))).to.deep.equal(['1 refused no-questions']);
  });
});

/** Moodle's own expressions (question/type/multianswer/questiontype.php), by which it takes a gap apart. */
const FRACTION = '=|%-?[0-9]+(?:[.,][0-9]*)?%';
const ANSWER = String.raw`.+?(?<!\\|&|&amp;)(?=[~#}]|$)`;
const FEEDBACK = String.raw`.*?(?<!\\)(?=[~}]|$)`;
const ALTERNATIVE = `(?:${FRACTION})?(?:${ANSWER})(?:#(?:${FEEDBACK}))?`;
const GAP = new RegExp(String.raw`\{[0-9]*:MULTICHOICE_V:(${ALTERNATIVE}(?:~${ALTERNATIVE})*)\}`, 'gs');

/** As a browser shows what Moodle makes of an alternative: entities decoded by Moodle, escapes taken away, HTML shown. */
function shown(text: string): string {
  const decode = (words: string) =>
    words.replace(/&(?:#(\d+)|(amp|lt|gt|quot));/g, (_, code?: string, name?: string) =>
      code
        ? String.fromCodePoint(Number(code))
        : ({ amp: '&', lt: '<', gt: '>', quot: '"' }[name ?? ''] ?? ''),
    );
  return decode(decode(text).replaceAll('\\}', '}').replaceAll('\\#', '#').replaceAll('<br/>', '\n'));
}

describe('Moodle XML that we write', () => {
  const whole = (xml: string) => {
    const parsed = parseXml(xml);
    if (!parsed.ok) throw new Error(parsed.code);
    return parsed.root;
  };

  it('has gaps that Moodle takes apart into our reasons, whatever their texts', () => {
    fc.assert(
      fc.property(arbitraryItems['true-false'] ?? fc.constant(null), item => {
        if (!item) throw new Error('No items');
        const stem = descendants(whole(writeMoodle('b', [leaving(item)]))).find(
          ({ name }) => name === 'questiontext',
        );
        const [truths, reasons, ...more] = [...textOf(stem).trim().matchAll(GAP)].map(
          ([, inside]) => inside ?? '',
        );
        expect(more).to.deep.equal([]);
        expect(truths).to.equal(item.truth ? '=True~False' : 'True~=False');
        const alternatives = [
          ...(reasons ?? '').matchAll(
            new RegExp(`(${FRACTION})?(${ANSWER})(?:#(${FEEDBACK}))?(?:~|$)`, 'gs'),
          ),
        ].map(([, right, words = '', feedback = '']) => [right === '=', shown(words), shown(feedback)]);
        const wanted = item.options.map(({ id, text, feedback }) => [item.key.includes(id), text, feedback]);
        expect(alternatives).to.deep.equal(wanted);
      }),
      { numRuns: 300 },
    );
  });

  it('has what Moodle needs: tags that it keeps, an id, two hints in an order', () => {
    fc.assert(
      fc.property(arbitraryItem, item => {
        const [, question] = elements(whole(writeMoodle('b', [leaving(item)])), 'question');
        if (!question) throw new Error('No question');
        const inside = (name: string) => descendants(question).filter(each => each.name === name);
        expect(textOf(inside('idnumber')[0])).to.equal(item.id);
        for (const tag of inside('tag')) expect(textOf(tag).trim()).to.match(/^[\w:. -]{1,50}$/);
        expect(inside('hint').length).to.equal(item.type === 'ordering' ? 2 : 0);
        const weights = elements(question, 'answer').map(({ attributes }) => Number(attributes.fraction));
        const positive = weights.filter(weight => weight > 0).reduce((sum, weight) => sum + weight, 0);
        if (item.type === 'single' || item.type === 'multiple') expect(positive).to.be.closeTo(100, 0.001);
      }),
    );
  });
});
