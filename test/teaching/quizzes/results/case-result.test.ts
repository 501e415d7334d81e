import type { Quiz } from '../../../../server/teaching/quizzes/quiz-model.js';
import { expect } from 'chai';
import {
  buildCourseVersion,
  type CourseSnapshot,
  type SnapshotRemediation,
} from '../../../../server/teaching/content/snapshot.js';
import {
  caseFeedback,
  caseOutcome,
  joinedRestudy,
} from '../../../../server/teaching/quizzes/results/case-result.js';
import { itemIn, quizOf } from '../../../../server/teaching/quizzes/quiz.js';
import {
  scoreCase,
  type CaseScore,
} from '../../../../server/teaching/questions/types/scenario/case-score.js';
import { walkOf } from '../../../../server/teaching/questions/types/scenario/scenario.js';
import type { Scenario } from '../../../../server/teaching/questions/types/scenario/scenario-shape.js';
import {
  bestPath,
  walk,
  type CaseNode,
} from '../../../../server/teaching/questions/types/scenario/scenario-walk.js';
import { sampleCourse } from '../../learning/sample.js';
import { branchingCase, sampleCase } from '../../questions/case-samples.js';
import { ownContent } from '../../../support/content/own-content.js';

/** The module that teaches what the case asks for. */
const MODULE = 'responding';

/** A course whose module on responding teaches an objective a lesson, all of them in an optional lesson, too. */
function courseWith(rules: Record<string, string>): CourseSnapshot {
  const course = sampleCourse(
    { a: { lessons: ['1'] }, [MODULE]: { lessons: ['0?', '1', '2', '3'] } },
    { final: true },
  );
  const modules = course.modules.map(module => ({
    ...module,
    objectives:
      module.slug === MODULE ? ['1', '2', '3'].map(id => ({ id: `O${id}`, text: `Objective ${id}.` })) : [],
    lessons: module.lessons.map(lesson => ({
      ...lesson,
      objectives: lesson.name === '0' ? ['O1', 'O2', 'O3'] : [`O${lesson.name}`],
    })),
    quiz: {
      ...module.quiz,
      items: Object.entries(rules).map(([critical, objective]) => ({
        critical,
        objective,
      })) as unknown as Quiz['items'],
    },
  }));
  return { ...course, modules };
}

const course = courseWith({ 'never-2': 'O2', 'never-8': 'O3' });
const score = (path: string): CaseScore => scoreCase(walkOf(sampleCase, { path: [...path] }));
const address = (lesson: string) => `/learning/r/modules/${MODULE}/lessons/${lesson}`;
const row = (lesson: string, critical = false) => ({
  lessonTitle: `Lesson ${lesson}`,
  lessonHref: address(lesson),
  objectives: [`Objective ${lesson}.`],
  minutes: 5,
  critical,
});
const restudy = (path: string, items: ReturnType<typeof row>[] = [], of = course, objective = 'O2') =>
  joinedRestudy(items, of, 'r', { scenario: { objective }, score: score(path) }).map(each => [
    each.lessonHref,
    each.objectives,
    each.critical,
    each.unsafe,
  ]);

describe('what to read again for a case', () => {
  it('is nothing when it was passed, or when there was none', () => {
    expect(restudy('aaaa')).to.deep.equal([]);
    expect(joinedRestudy([], course, 'r', null)).to.deep.equal([]);
  });

  it('is the lesson on what was unsafe when enough was right, with its objective', () => {
    expect(restudy('aaad')).to.deep.equal([[address('2'), ['Objective 2.'], false, true]]);
  });

  it('is every lesson that counts when too little was right, what was unsafe first', () => {
    expect(restudy('aacc')).to.deep.equal(['1', '2', '3'].map(lesson => [address(lesson), [], false, false]));
    expect(restudy('aacd')).to.deep.equal([
      [address('2'), ['Objective 2.'], false, true],
      [address('1'), [], false, false],
      [address('3'), [], false, false],
    ]);
  });

  it('is every lesson when the case was not ended, or its rule is tested nowhere', () => {
    expect(restudy('aaa').length).to.equal(3);
    expect(restudy('aaad', [], courseWith({ 'never-8': 'O3' })).length).to.equal(3);
  });

  it('is the lesson that the worked example of a rule names where no question tests the rule', () => {
    const untested = courseWith({ 'never-8': 'O3' });
    const remediation = [{ rule: 'never-2', objectives: ['O2'] }] as unknown as SnapshotRemediation[];
    expect(restudy('aaad', [], { ...untested, remediation })).to.deep.equal([
      [address('2'), ['Objective 2.'], false, true],
    ]);
  });

  it('joins what the questions ask for, each lesson once', () => {
    const rows = restudy('aacd', [row('1'), row('2', true)]);
    expect(rows).to.deep.equal([
      [address('2'), ['Objective 2.'], true, true],
      [address('1'), ['Objective 1.'], false, false],
      [address('3'), [], false, false],
    ]);
  });

  it('keeps the order of what the questions ask for, safety first', () => {
    const rows = restudy('aaad', [row('3', true), row('1')]).map(([href]) => href);
    expect(rows).to.deep.equal([address('3'), address('2'), address('1')]);
  });

  it('puts what was unsafe before the objective for which a lesson was to be read already, each once', () => {
    const both = courseWith({ 'never-2': 'O2' });
    const other = { ...row('2'), objectives: ['Another objective.', 'Objective 2.', 'A third.'] };
    expect(restudy('aaad', [other], both)).to.deep.equal([
      [address('2'), ['Objective 2.', 'Another objective.', 'A third.'], false, true],
    ]);
  });

  it('is nothing where the case names no objective, or none that the course teaches', () => {
    expect(restudy('aaad', [], sampleCourse({ a: { lessons: ['1'] } }))).to.deep.equal([]);
    expect(restudy('aaad', [], course, 'M7-O3')).to.deep.equal([]);
  });
});

/** The ids of the choices of each way through a case. */
function everyPath(scenario: Scenario, from = scenario.start): string[][] {
  const node = scenario.nodes.find(({ id }) => id === from);
  if (!node) return [[]];
  return node.choices.flatMap(({ id, next }) => everyPath(scenario, next).map(rest => [id, ...rest]));
}

type Rule = (choices: CaseNode['choices']) => string | undefined;

/** The ids of the choices of somebody who goes by a rule. */
function pathBy(scenario: Scenario, rule: Rule): string[] {
  const path: string[] = [];
  for (let at = walk(scenario, path); at?.node; at = walk(scenario, path))
    path.push(rule(at.node.choices) ?? '');
  return path;
}

const byLength = (choices: CaseNode['choices']) =>
  [...choices].sort((one, other) => one.text.length - other.text.length).map(({ id }) => id);

/** What somebody may go by who has not taken the course. */
const RULES_OF_THUMB: Record<string, Rule> = {
  shortest: choices => byLength(choices)[0],
  longest: choices => byLength(choices).at(-1),
  first: choices => choices[0]?.id,
  last: choices => choices.at(-1)?.id,
};

describe('the case of every final', () => {
  const loaded = ownContent();
  const { content } = loaded;
  const finals = content.courses.flatMap(({ slug }) => {
    const { snapshot } = buildCourseVersion(content, slug);
    return (snapshot.final?.scenarios ?? []).map(scenario => ({ snapshot, scenario }));
  });

  it('is one of the bank, and every case of the bank is in a final', () => {
    expect(new Set(finals.map(({ snapshot }) => snapshot.slug)).size).to.equal(content.courses.length);
    const bank = content.final?.scenarios.map(({ id }) => id);
    expect(finals.map(({ scenario }) => scenario.id)).to.have.members(bank ?? []);
  });

  for (const { snapshot, scenario } of finals) {
    it(`${scenario.id} ends on every path, is passed by the best one, and by none with an unsafe choice`, () => {
      const scores = everyPath(scenario).map(path => scoreCase(walkOf(scenario, { path })));
      expect(scores.filter(({ ending }) => ending === null)).to.deep.equal([]);
      expect(scores.filter(({ passed, unsafe }) => passed && unsafe.length > 0)).to.deep.equal([]);
      const best = scoreCase(walkOf(scenario, { path: bestPath(scenario) }));
      expect(best).to.deep.include({ passed: true, right: best.steps });
    });

    it(`${scenario.id} is passed by no rule of thumb`, () => {
      const passing = Object.entries(RULES_OF_THUMB).filter(
        ([, rule]) => scoreCase(walkOf(scenario, { path: pathBy(scenario, rule) })).passed,
      );
      expect(passing.map(([name]) => name)).to.deep.equal([]);
    });

    it(`${scenario.id} has an objective of ${snapshot.slug}, and a lesson for each rule that it can break`, () => {
      const known = snapshot.modules.flatMap(({ objectives }) => objectives.map(({ id }) => id));
      const quiz = quizOf(snapshot, 'final');
      const item = quiz && itemIn(quiz, { itemId: scenario.id, optionOrder: [] }).item;
      expect(item?.objective).to.be.oneOf(known);
      expect(item?.objective).to.equal(scenario.objective);
      const rules = scenario.nodes.flatMap(({ choices }) =>
        choices.flatMap(choice => (choice.quality === 'unsafe' ? [choice.never] : [])),
      );
      for (const rule of rules) {
        const missed = { steps: 4, right: 3, unsafe: [rule], ending: 'passed-on' as const, passed: false };
        const rows = joinedRestudy([], snapshot, 'r', { scenario, score: missed });
        expect(rows.length, rule).to.be.at.least(1);
        expect(
          rows.every(({ unsafe, objectives }) => unsafe && objectives.length > 0),
          rule,
        ).to.equal(true);
      }
    });
  }
});

describe('what is said of a case', () => {
  it('in one sentence: how many were right, and how many were needed', () => {
    const outcome = (path: string) => caseOutcome({ scenarios: [sampleCase] }, score(path));
    expect(outcome('aacd')).to.deep.equal({
      passed: false,
      isEnded: true,
      right: 2,
      count: 4,
      needed: 3,
      changes: false,
    });
    expect(outcome('aa')).to.include({ passed: false, isEnded: false });
  });

  it('that the next try brings a different one, only where two suit the learner’s job', () => {
    const forSchool = { ...sampleCase, id: 'school', roles: ['school' as const] };
    const changes = (quiz: Parameters<typeof caseOutcome>[0]) => caseOutcome(quiz, score('aacd')).changes;
    expect(changes({ scenarios: [sampleCase, { ...sampleCase, id: 'other' }] })).to.equal(true);
    expect(changes({ scenarios: [sampleCase, forSchool], job: 'cabin' })).to.equal(false);
    expect(changes({ scenarios: [sampleCase, forSchool], job: 'school' })).to.equal(true);
  });

  it('after a pass: each decision with its reason, and the better choice where there is one', () => {
    const quiz = { scenarios: [sampleCase], items: [] } as unknown as Quiz;
    const form = [{ itemId: sampleCase.id, optionOrder: [] }];
    const kept = [{ slot: 1, sequence: 4, response: { path: ['a', 'b', 'c', 'a'] } }];
    const told = caseFeedback(quiz, form, kept);
    expect(told).to.deep.include({ title: 'The night boat', ending: ['SECRET ending one'] });
    expect(told?.steps.map(({ quality, better }) => [quality, better])).to.deep.equal([
      ['best', null],
      ['acceptable', null],
      ['weak', 'SECRET better than c'],
      ['best', null],
    ]);
    expect(caseFeedback(quiz, [], kept)).to.equal(null);
  });

  it('after a pass: what the ending adds for what was chosen', () => {
    const quiz = { scenarios: [branchingCase], items: [] } as unknown as Quiz;
    const form = [{ itemId: branchingCase.id, optionOrder: [] }];
    const kept = [{ slot: 1, sequence: 2, response: { path: ['a', 'a'] } }];
    expect(caseFeedback(quiz, form, kept)?.ending).to.deep.equal([
      'SECRET known',
      'SECRET for a at the start',
    ]);
  });
});
