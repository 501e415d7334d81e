import { expect } from 'chai';
import { checkContent } from '../../../server/workshop/content-check/check.js';
import { minuteBreakdown, quizMinutes } from '../../../server/teaching/content/minutes.js';
import type { Path } from '../../../server/teaching/content/load/yaml-source.js';
import { keySpread, longestKeyShare } from '../../../server/workshop/content-check/statistics.js';
import { countedMinutes, quizSeconds } from '../../../server/teaching/courses/cards.js';
import { buildCourseVersion } from '../../../server/teaching/content/snapshot.js';
import { questionTypes } from '../../../server/teaching/questions/question-types.js';
import { sampleItem } from '../questions/samples.js';
import { faultsOf, files, sound } from './fixture.js';

const head = (id: string, type: string) => `  - id: ${id}
    objective: M2-O1
    level: apply
    type: ${type}
    depth: essentials
    critical: false
`;
const option = (id: string) => `      - { id: ${id}, text: Text of ${id}, feedback: The reason of ${id}. }\n`;
const ordering = `${head('M2-004', 'ordering')}    stem: In which order do you act?
    options:
${['a', 'b', 'c', 'd'].map(option).join('')}    key: [c, a, d, b]
    facts: []
`;
const matching = `${head('M2-005', 'matching')}    stem: What belongs to which place?
    prompts:
${['p', 'q', 'r', 's'].map(id => `      - { id: ${id}, text: Line ${id} }\n`).join('')}    options:
${['a', 'b', 'c', 'd', 'e'].map(option).join('')}    key: [b, a, e, c]
    facts: []
`;

/** The sound folder with both items in its bank, one text of them changed. */
function tree(from = '', to = '') {
  const quiz = `${files()['routes/quiz.yaml'] ?? ''}${ordering}${matching}`;
  expect(quiz).to.contain(from);
  return { ...files(), 'routes/quiz.yaml': quiz.replace(from, () => to) };
}

describe('ordering and matching items', () => {
  it('load, are published, and are items of their types', () => {
    const { snapshot } = buildCourseVersion(sound(tree()), 'volunteers');
    const items = snapshot.modules[0]?.quiz.items.filter(({ id }) => ['M2-004', 'M2-005'].includes(id)) ?? [];
    expect(items.map(({ type }) => type)).to.deep.equal(['ordering', 'matching']);
    for (const item of items)
      expect(questionTypes.named(item.type).itemSchema.parse(item)).to.deep.equal(item);
  });

  const faults: [string, string, string, RegExp, RegExp][] = [
    ['a key without every step', 'key: [c, a, d, b]', 'key: [c, a, d, d]', /names a key twice/, /once/],
    [
      'a key shorter than its steps',
      option('d') + '    key: [c',
      `${option('d')}${option('e')}    key: [c`,
      /does not name every step/,
      /all steps/,
    ],
    [
      'a key that is no step',
      'key: [c, a, d, b]',
      'key: [c, a, d, f]',
      /not one of its options/,
      /a, b, c, d/,
    ],
    ['three steps', `${option('d')}    key: [c, a, d, b]`, '    key: [c, a, b]', /./, /./],
    ['no option to spare', `${option('e')}    key: [b, a, e, c]`, '    key: [b, a, d, c]', /./, /./],
    [
      'two options to spare',
      `${option('e')}    key`,
      `${option('e')}${option('f')}    key`,
      /6 options for 4 prompts/,
      /one option more/,
    ],
    [
      'a prompt without its option',
      'key: [b, a, e, c]',
      'key: [b, a, e, c, d]',
      /5 options for 4 prompts/,
      /in the order of the prompts/,
    ],
    ['an option that answers twice', 'key: [b, a, e, c]', 'key: [b, a, e, e]', /names a key twice/, /once/],
    [
      'two prompts with one id',
      '{ id: q, text: Line q }',
      '{ id: p, text: Line q }',
      /two prompts with one id/,
      /own letter/,
    ],
    [
      'a prompt with feedback',
      '{ id: q, text: Line q }',
      '{ id: q, text: Line q, feedback: No. }',
      /is unknown/,
      /Remove/,
    ],
    ['an unknown token in a prompt', 'text: Line q', 'text: "Line {{phone}}"', /phone/, /hotline.primary/],
  ];
  for (const [name, from, to, problem, fix] of faults) {
    it(`refuse ${name}`, () => {
      const found = faultsOf(tree(from, to));
      expect(found, JSON.stringify(found)).to.not.be.empty;
      expect(found[0]?.problem).to.match(problem);
      expect(found[0]?.fix).to.match(fix);
    });
  }

  it('are checked for forbidden words, including their prompts', () => {
    const found = checkContent(sound(tree('text: Line q', 'text: A real victim')), { now: 0 });
    expect(found.faults.map(({ problem }) => problem)).to.include('Wording: "real victim".');
  });

  it('may not be lettered in the order of the key: the page shows the letters', () => {
    const lettered: [string, string, number][] = [
      ['key: [c, a, d, b]', 'key: [a, b, c, d]', 3],
      ['key: [b, a, e, c]', 'key: [a, b, d, e]', 4],
    ];
    for (const [from, to, index] of lettered) {
      const where = (_: string, path: Path) => Number(path[1] ?? -1);
      const { faults } = checkContent(sound(tree(from, to)), { now: 0, lineOf: where });
      const found = faults.filter(({ problem }) => problem.includes('stand in the order of the key'));
      expect(found.map(({ file, line }) => [file, line])).to.deep.equal([['routes/quiz.yaml', index]]);
    }
    const problems = checkContent(sound(tree()), { now: 0 }).faults.map(({ problem }) => problem);
    expect(problems.join()).to.not.include('order of the key');
  });

  it('are left out where the position or the length of right options is checked', () => {
    const items = sound(tree()).modules[0]?.items ?? [];
    const choices = items.filter(({ type }) => type === 'single');
    expect(keySpread(items)).to.deep.equal(keySpread(choices));
    expect(longestKeyShare(items)).to.equal(longestKeyShare(choices));
  });

  it('take 75 seconds where a choice takes 45: each question counts as the mean of the bank', () => {
    const bank = (...types: ('single' | 'ordering' | 'matching')[]) => types.map(type => sampleItem(type));
    expect(quizMinutes({ draw: 4, items: bank('single') })).to.equal(3);
    expect(quizMinutes({ draw: 4, items: bank('ordering', 'matching') })).to.equal(5);
    expect(quizMinutes({ draw: 4, items: bank('single', 'single', 'ordering', 'single') })).to.equal(3.5);
    expect(quizMinutes({ draw: 4, items: [] })).to.equal(3);
    expect(quizSeconds({ draw: 4, items: bank('single', 'matching') })).to.equal(240);
    expect(quizSeconds(null)).to.equal(0);
  });

  it('take the same time in the check as on a certificate', () => {
    const content = sound(tree());
    const { quizzes, total } = minuteBreakdown(content, content.courses[0] as (typeof content.courses)[0]);
    // Of the four items that may be drawn at this depth, two are long.
    expect(quizzes).to.equal(2);
    expect(countedMinutes(buildCourseVersion(content, 'volunteers').snapshot)).to.equal(Math.ceil(total));
  });
});
