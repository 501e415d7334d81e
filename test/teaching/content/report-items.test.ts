import { expect } from 'chai';
import { checkContent } from '../../../server/workshop/content-check/check.js';
import { quizMinutes } from '../../../server/teaching/content/minutes.js';
import { buildCourseVersion } from '../../../server/teaching/content/snapshot.js';
import { keySpread, longestKeyShare } from '../../../server/workshop/content-check/statistics.js';
import { questionTypes } from '../../../server/teaching/questions/question-types.js';
import { sampleItem } from '../questions/samples.js';
import { faultsOf, files, sound } from './fixture.js';

const report = `  - id: M2-004
    objective: M2-O1
    level: apply
    type: report
    depth: essentials
    critical: false
    judgement: concern
    stem: At 14:05 a man tells a boy what to say. You tell the supervisor. Write your record.
    fields:
      - { id: time, feedback: The time lets others look at the right minutes of the day and of the list. }
      - { id: place, label: Where, feedback: The place lets others come to the child at once and without a long search. }
      - { id: words, feedback: The words are the fact that others need most and can forget the soonest of all. }
    avoid: [pimp, runaway]
    model:
      time: 14:05
      place: Gate 14
      words: 'The man said: "Say that you are my son."'
    feedback:
      complete: Each part is there.
      missing: A part is missing.
      appearance: A word describes how somebody is.
      finding: A word judges.
    facts: [F001]
`;

/** The sound folder with the report in its bank, one text of it changed. */
function tree(from = '', to = '') {
  const quiz = `${files()['routes/quiz.yaml'] ?? ''}${report}`;
  expect(quiz).to.contain(from);
  return { ...files(), 'routes/quiz.yaml': quiz.replace(from, () => to) };
}

const told = '      - { id: told, feedback: Who knows of it now. }\n';

describe('report items', () => {
  it('load, are published, and are items of their type', () => {
    const { snapshot } = buildCourseVersion(sound(tree()), 'volunteers');
    const item = snapshot.modules[0]?.quiz.items.find(({ id }) => id === 'M2-004');
    expect(item).to.have.property('type', 'report');
    expect(questionTypes.named('report').itemSchema.parse(item)).to.deep.equal(item);
  });

  const faults: [string, string, string, RegExp, RegExp][] = [
    [
      'a report that decides on safety',
      report,
      report.replace('critical: false', 'critical: never-8'),
      /critical/,
      /one of: false/,
    ],
    ['a report with options', '    avoid:', '    options: []\n    avoid:', /options/, /Remove/],
    ['a field that no record has', '{ id: words,', '{ id: name,', /fields/, /./],
    ['a field twice', '{ id: words,', '{ id: time,', /asks for a field twice/, /once/],
    ['a model without a field', '      time: 14:05\n', '', /differ in: time/, /each field/],
    [
      'a model with a field too many',
      '      place: Gate',
      '      told: Boss\n      place: Gate',
      /differ in: told/,
      /no other/,
    ],
    ['a model longer than a form may send', 'Gate 14\n', `Gate ${'x'.repeat(300)}\n`, /./, /./],
    ['one text too few', '      finding: A word judges.\n', '', /finding/, /./],
    [
      'two fields',
      report,
      report.replace(/ {6}- \{ id: place.*\n/, '').replace(/ {6}place: .*\n/, ''),
      /fields/,
      /./,
    ],
    ['six fields', '    avoid:', `${told.repeat(3)}    avoid:`, /fields/, /./],
    ['an unknown token in a model', 'Gate 14', '"Gate {{gate}}"', /gate/, /hotline.primary/],
  ];
  for (const [name, from, to, problem, fix] of faults) {
    it(`refuse ${name}`, () => {
      const found = faultsOf(tree(from, to));
      expect(found, JSON.stringify(found)).to.not.be.empty;
      expect(found[0]?.problem).to.match(problem);
      expect(found[0]?.fix).to.match(fix);
    });
  }

  it('are checked for forbidden words, except those that they name to be left out', () => {
    const wordsIn = (from = '', to = '') =>
      checkContent(sound(tree(from, to)), { now: 0, lineOf: () => 0 })
        .faults.map(({ problem }) => problem)
        .filter(problem => problem.startsWith('Wording'));
    expect(wordsIn()).to.deep.equal([]);
    expect(wordsIn('label: Where', 'label: Where the runaway was')).to.deep.equal(['Wording: "runaway".']);
    expect(wordsIn('A word judges.', 'A real victim.')).to.deep.equal(['Wording: "real victim".']);
  });

  it('are reported when the feedback on a field says too little', () => {
    const content = tree(
      'The time lets others look at the right minutes of the day and of the list.',
      'Good.',
    );
    const { warnings } = checkContent(sound(content), { now: 0, lineOf: () => 0 });
    const found = warnings.filter(({ problem }) => problem.startsWith('Feedback is not 15 to 40'));
    expect(found.map(({ problem }) => problem).join()).to.include('M2-004');
  });

  it('are left out where the position or the length of right options is checked', () => {
    const items = sound(tree()).modules[0]?.items ?? [];
    const choices = items.filter(({ type }) => type === 'single');
    expect(choices).to.have.length(items.length - 1);
    expect(keySpread(items)).to.deep.equal(keySpread(choices));
    expect(longestKeyShare(items)).to.equal(longestKeyShare(choices));
  });

  it('take 120 seconds where a choice takes 45: each question counts as the mean of the bank', () => {
    expect(quizMinutes({ draw: 4, items: [sampleItem('report')] })).to.equal(8);
    expect(quizMinutes({ draw: 4, items: [sampleItem('report'), sampleItem('single')] })).to.equal(5.5);
  });
});
