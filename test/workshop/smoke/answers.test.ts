import { expect } from 'chai';
import type { Answer } from '../../../server/teaching/questions/answer.js';
import type { Content } from '../../../server/teaching/content/schema/types.js';
import type { Item } from '../../../server/teaching/questions/item.js';
import { questionTypes } from '../../../server/teaching/questions/question-types.js';
import { answerFor } from '../../../server/workshop/smoke/answers.js';
import type { Page } from '../../../server/workshop/smoke/client.js';
import { sampleCase } from '../../teaching/questions/case-samples.js';
import { reportItems } from '../../teaching/questions/report-samples.js';

const options = (...ids: string[]) =>
  ids.map(id => ({ id, text: `Option ${id}`, feedback: `Feedback ${id}` }));
const common = { objective: 'O', level: 'apply', depth: 'full', critical: false, facts: [] } as const;
const items = [
  {
    ...common,
    id: '1',
    type: 'single',
    stem: 'What do you do?',
    options: options('a', 'b', 'c'),
    key: ['b'],
  },
  {
    ...common,
    id: '2',
    type: 'multiple',
    stem: 'Choose "two" & be kind',
    options: options('a', 'b', 'c', 'd'),
    key: ['a', 'c'],
  },
  {
    ...common,
    id: '3',
    type: 'true-false',
    stem: "It's so",
    truth: false,
    options: options('a', 'b'),
    key: ['a'],
  },
  {
    ...common,
    id: '4',
    type: 'single',
    stem: 'What do you do? And then?',
    options: options('a', 'b'),
    key: ['a'],
  },
  {
    ...common,
    id: '5',
    type: 'ordering',
    stem: 'In which order?',
    options: options('a', 'b', 'c', 'd'),
    key: ['c', 'a', 'd', 'b'],
  },
  {
    ...common,
    id: '6',
    type: 'matching',
    stem: 'What belongs together?',
    prompts: ['p', 'q', 'r', 's'].map(id => ({ id, text: `Line ${id}` })),
    options: options('a', 'b', 'c', 'd', 'e'),
    key: ['b', 'a', 'e', 'c'],
  },
  reportItems().gate,
] as unknown as Item[];
const content = {
  modules: [{ items: items.slice(0, 2) }, { items: items.slice(2) }],
  final: null,
} as unknown as Content;

const page = (stem: string, order: string[], type = 'radio', name = 'choice'): Page => ({
  status: 200,
  headers: new Headers(),
  path: '/attempts/x/questions/1',
  text: `<main><h1 class="question">${stem}</h1>${order
    .map(
      id =>
        `<label><input type="${type}" id="i-${id}" name="${name}" value="${id}"><span>Option ${id}</span></label>`,
    )
    .join('')}</main>`,
});

/** A statement, with the radios of both its halves. */
const statement = (stem: string, reasons: string[]): Page => {
  const truths = page('', ['true', 'false'], 'radio', 'truth').text;
  const own = page(stem, reasons, 'radio', 'reason');
  return { ...own, text: own.text + truths };
};

const boxes = (stem: string, names: string[]): Page => ({
  ...page(stem, []),
  text: `<h1>${stem}</h1>${names.map(name => `<textarea id="${name}" name="${name}"></textarea>`).join('')}`,
});

const selects = (stem: string, names: string[], values: string[]): Page => ({
  ...page(stem, []),
  text: `<h1>${stem}</h1>${names
    .map(
      name =>
        `<select id="${name}" name="${name}">${['', ...values].map(value => `<option value="${value}">x</option>`).join('')}</select>`,
    )
    .join('')}`,
});

function gradeOf(id: string, response: Answer): number {
  const item = items.find(each => each.id === id) as Item;
  return questionTypes.named(item.type).grade(item, response);
}

describe('answers of the smoke run', () => {
  it('are the right answers, in any order of the options', () => {
    expect(answerFor(page('What do you do?', ['c', 'b', 'a']), content, false)).to.deep.equal({
      choice: 'b',
    });
    expect(
      answerFor(page('Choose &#34;two&#34; &amp; be kind', ['d', 'c', 'b', 'a'], 'checkbox'), content, false),
    ).to.deep.equal({ choice: ['a', 'c'] });
    expect(answerFor(statement('It&#39;s so', ['b', 'a']), content, false)).to.deep.equal({
      truth: 'false',
      reason: 'a',
    });
  });

  it('contain nothing right when they should be wrong, and as many choices', () => {
    expect(answerFor(page('What do you do?', ['a', 'b', 'c']), content, true)).to.deep.equal({ choice: 'a' });
    expect(
      answerFor(page('Choose &#34;two&#34; &amp; be kind', ['a', 'b', 'c', 'd'], 'checkbox'), content, true),
    ).to.deep.equal({ choice: ['b', 'd'] });
    expect(answerFor(statement('It&#39;s so', ['a', 'b']), content, true)).to.deep.equal({
      truth: 'true',
      reason: 'b',
    });
  });

  it('fill every box of a report: with the model, or with text that earns nothing', () => {
    const { gate } = reportItems();
    const asked = boxes(
      gate.stem.replaceAll('"', '&#34;'),
      gate.fields.map(({ id }) => id),
    );
    expect(answerFor(asked, content, false)).to.deep.equal(gate.model);
    const wrong = answerFor(asked, content, true);
    expect(gradeOf(gate.id, wrong)).to.equal(0);
    // A box left blank is asked for again, and the quiz would not go on.
    expect(questionTypes.named('report').isComplete(gate, wrong)).to.equal(true);
  });

  it('fill every select: right, or with no place and no pair that earns anything', () => {
    const steps = selects(
      'In which order?',
      ['place-d', 'place-c', 'place-b', 'place-a'],
      ['1', '2', '3', '4'],
    );
    const right = { 'place-a': '2', 'place-b': '4', 'place-c': '1', 'place-d': '3' };
    expect(answerFor(steps, content, false)).to.deep.equal(right);
    expect(gradeOf('5', answerFor(steps, content, false))).to.equal(100);
    expect(gradeOf('5', answerFor(steps, content, true))).to.equal(0);
    const lines = selects(
      'What belongs together?',
      ['p', 'q', 'r', 's'].map(id => `match-${id}`),
      ['e', 'd', 'c', 'b', 'a'],
    );
    expect(gradeOf('6', answerFor(lines, content, false))).to.equal(100);
    expect(gradeOf('6', answerFor(lines, content, true))).to.equal(0);
    expect(Object.keys(answerFor(lines, content, true))).to.have.length(4);
  });

  it('are refused when a row or a value is missing on the page', () => {
    const short = selects('In which order?', ['place-a', 'place-b', 'place-c'], ['1', '2', '3', '4']);
    const poor = selects('In which order?', ['place-a', 'place-b', 'place-c', 'place-d'], ['1', '2', '3']);
    for (const page of [short, poor])
      expect(() => answerFor(page, content, false)).to.throw(' of 5 is not on ');
  });

  it('belong to the longer of two questions when one begins like the other', () => {
    expect(answerFor(page('What do you do? And then?', ['a', 'b']), content, false)).to.deep.equal({
      choice: 'a',
    });
  });

  it('are found for the bank of the final', () => {
    const withFinal = { ...content, modules: [], final: { items, scenarios: [] } } as unknown as Content;
    expect(answerFor(page('What do you do?', ['a', 'b', 'c']), withFinal, false)).to.deep.equal({
      choice: 'b',
    });
  });

  it('follow the words of the page in a case, whatever an item says', () => {
    const withCase = { ...content, final: { items, scenarios: [sampleCase] } } as unknown as Content;
    const [node] = sampleCase.nodes;
    const text = `${node?.text} What do you do? ${node?.question} ${node?.choices.map(each => each.text).join(' ')}`;
    expect(answerFor(page(text, ['d', 'c', 'b', 'a']), withCase, false)).to.deep.equal({ choice: 'a' });
    expect(answerFor(page(text, ['a', 'b', 'c', 'd']), withCase, true)).to.deep.equal({ choice: 'd' });
  });

  it('are refused for a page with no question of the content', () => {
    expect(() => answerFor(page('Something else', ['a']), content, false)).to.throw(
      '/attempts/x/questions/1',
    );
  });
});
