import { expect } from 'chai';
import { passages, lessonText } from '../../../server/teaching/content/load/lesson-body.js';
import { countWords } from '../../../server/platform/lib/text/words.js';
import { minuteBreakdown, lessonMinutes, readingMinutes } from '../../../server/teaching/content/minutes.js';
import type { Item } from '../../../server/teaching/questions/item.js';
import { mainPath } from '../../../server/teaching/questions/types/scenario/scenario-graph.js';
import { files, scenario, sound } from './fixture.js';

const check = { id: 'M2-C01', stem: 'Why?', key: 'a', options: [] };
const words = (count: number): string => Array.from({ length: count }, (_, i) => `word${i}`).join(' ');

describe('minutes', () => {
  it('count 200 words a minute and 45 seconds a check', () => {
    expect(lessonMinutes({ body: words(400), checks: [] })).to.equal(2);
    expect(lessonMinutes({ body: words(100), checks: [check, check] })).to.equal(2);
    expect(lessonMinutes({ body: '', checks: [] })).to.equal(0);
  });

  it('count all that a lesson says and its page adds for the learner, at 175 words a minute', () => {
    const lesson = { lead: words(25), summary: [words(50), words(50)], tomorrow: words(25), checks: [check] };
    expect(readingMinutes({ ...lesson, body: words(200) })).to.equal(2 + 200 / 175 + 0.75);
  });

  it('count what a reader reads, not the markers', () => {
    const body =
      '## One two\n\nThree **four** [five](lesson:a/01-b) [F001, F002].\n\n{{check M2-C01}}\n\n::: do\n- six\n:::\n\n::: example Seven eight\nnine\n:::\n\n| ten | — |\n|---|---|';
    expect(countWords(lessonText(body))).to.equal(10);
  });

  it('of a course include required lessons, quizzes and the final with its case', () => {
    const tree = files();
    const course = tree['courses/volunteers.yaml'] ?? '';
    const lesson = tree['routes/lessons/00-essentials.md'] ?? '';
    const content = sound({
      ...tree,
      'routes/lessons/01-more.md': lesson.replaceAll('M2-C01', 'M2-C02'),
      'courses/volunteers.yaml':
        course.replace('[00-essentials]', '[00-essentials]\n    optional: [01-more]') +
        'final: { draw: 2, pass: 2, minCritical: 0, scenarios: [EX-S1] }\n',
      'final/quiz.yaml': (tree['routes/quiz.yaml'] ?? '').replaceAll('M2-00', 'EX-00'),
      'final/scenarios/EX-S1.yaml': scenario.replace('M2-S\n', 'EX-S1\nobjective: M2-O1\n'),
    });
    const first = content.modules[0]?.lessons[0];
    if (!first || !content.courses[0]) throw new Error('the fixture has a lesson and a course');
    const minutes = minuteBreakdown(content, content.courses[0]);
    expect(minutes.lessons).to.equal(lessonMinutes(first));
    expect(minutes.quizzes).to.equal(1.5);
    expect(minutes.final).to.equal(2 * 0.75 + 2 * 1.25);
    expect(minutes.total).to.equal(minutes.lessons + minutes.quizzes + minutes.final);
  });

  it('leave out what a quiz for the learner’s job alone never draws', () => {
    const content = sound();
    const [course] = content.courses;
    const [module] = content.modules;
    if (!course || !module) throw new Error('the fixture has a course and a module');
    const [first, ...rest] = module.items.map(item => ({ ...item, scene: 'anywhere' as const }));
    const whole = { draw: 1, pass: 1, minCritical: 0 };
    const ofCrew = { ...first, type: 'ordering', roles: ['cabin'] } as Item;
    const minutes = (quiz: object): number =>
      minuteBreakdown(
        { ...content, modules: [{ ...module, items: [ofCrew, ...rest] }] },
        {
          ...course,
          jobs: ['cabin'],
          modules: course.modules.map(each => ({ ...each, quiz: { ...whole, ...quiz } })),
        },
      ).quizzes;
    expect(minutes({ draw: 1 })).to.equal(1);
    expect(minutes({ draw: 1, own: 1 })).to.equal(1.25);
  });

  it('follow the best choices through a case', () => {
    const [module] = sound().modules;
    expect(module && mainPath(module.scenario)).to.eql(['n1', 'n2']);
  });
});

describe('the passages of a lesson', () => {
  it('join wrapped lines, separate points and cells, and know their line', () => {
    expect(passages('One\ntwo [F001].\n\n- three\n- four\n  five\n\n| six | seven |\n|---|---|')).to.eql([
      { line: 1, text: 'One two.' },
      { line: 4, text: 'three' },
      { line: 5, text: 'four five' },
      { line: 8, text: 'six' },
      { line: 8, text: 'seven' },
    ]);
  });
});
