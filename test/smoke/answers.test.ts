import { expect } from 'chai';
import type { Content, Item } from '../../server/courses/content/types.js';
import { answerFor } from '../../server/smoke/answers.js';
import type { Page } from '../../server/smoke/client.js';

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

describe('answers of the smoke run', () => {
  it('are the key, in whatever order the options come', () => {
    expect(answerFor(page('What do you do?', ['c', 'b', 'a']), content, false)).to.deep.equal({
      choice: ['b'],
    });
    expect(
      answerFor(page('Choose &#34;two&#34; &amp; be kind', ['d', 'c', 'b', 'a'], 'checkbox'), content, false),
    ).to.deep.equal({
      choice: ['c', 'a'],
    });
    expect(answerFor(page('It&#39;s so', ['b', 'a'], 'radio', 'reason'), content, false)).to.deep.equal({
      truth: 'false',
      reason: 'a',
    });
  });

  it('have nothing of the key when they are to be wrong, and as many choices', () => {
    expect(answerFor(page('What do you do?', ['a', 'b', 'c']), content, true)).to.deep.equal({
      choice: ['a'],
    });
    expect(
      answerFor(page('Choose &#34;two&#34; &amp; be kind', ['a', 'b', 'c', 'd'], 'checkbox'), content, true),
    ).to.deep.equal({ choice: ['b', 'd'] });
    expect(answerFor(page('It&#39;s so', ['a', 'b'], 'radio', 'reason'), content, true)).to.deep.equal({
      truth: 'true',
      reason: 'b',
    });
  });

  it('take the longer of two questions of which one begins like the other', () => {
    expect(answerFor(page('What do you do? And then?', ['a', 'b']), content, false)).to.deep.equal({
      choice: ['a'],
    });
  });

  it('know the bank of the final', () => {
    const withFinal = { ...content, modules: [], final: { items, scenarios: [] } } as unknown as Content;
    expect(answerFor(page('What do you do?', ['a', 'b', 'c']), withFinal, false)).to.deep.equal({
      choice: ['b'],
    });
  });

  it('refuse a page with no question of the content', () => {
    expect(() => answerFor(page('Something else', ['a']), content, false)).to.throw(
      '/attempts/x/questions/1',
    );
  });
});
