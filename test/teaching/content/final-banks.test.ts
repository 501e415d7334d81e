import { expect } from 'chai';
import { checkContent } from '../../../server/workshop/content-check/check.js';
import { minuteBreakdown } from '../../../server/teaching/content/minutes.js';
import { buildCourseVersion, ownQuiz } from '../../../server/teaching/content/snapshot.js';
import { gatedItems } from '../../../server/workshop/content-check/gates/gated-item.js';
import { poolsIn } from '../../../server/workshop/content-check/gates/pools.js';
import { banks } from '../../../server/workshop/content-check/findings.js';
import { courseMinutes } from '../../../server/teaching/courses/cards.js';
import { faultsOf, files, lineOf, sound, type Files } from './fixture.js';
import type { Course } from '../../../server/teaching/content/schema/types.js';
import { steps } from '../../../server/teaching/learning/completion.js';
import { quizOf } from '../../../server/teaching/quizzes/quiz.js';

const courseFile = 'courses/volunteers.yaml';

/** The fixture with a final, whose own bank has three items; two of the module's may be drawn at its depth. */
function tree({ final = '', quiz = '' } = {}): Files {
  const own = files();
  const course = (own[courseFile] ?? '')
    .replace('group: core', 'group: track')
    .replace('minCritical: 1 }', `minCritical: 1${quiz} }`);
  return {
    ...own,
    'final/quiz.yaml': (own['routes/quiz.yaml'] ?? '').replaceAll('M2-00', 'EX-00'),
    [courseFile]: final ? `${course}final: { ${final} }\n` : course,
  };
}

const problems = (of: Files) => faultsOf(of).map(({ problem }) => problem);

const warnings = (of: Files) =>
  checkContent(sound(of), { now: 0 }).warnings.filter(({ file }) => file === courseFile);

const FINAL = 'draw: 3, pass: 3, minCritical: 0';
/** Of its own bank alone. */
const OWN = 'draw: 2, pass: 2, minCritical: 0';

describe('a final that draws from the bank of a module', () => {
  it('may draw all that its module may, and says how many', () => {
    const of = tree({ final: `${FINAL}, from: { routes: 2 }` });
    const { snapshot } = buildCourseVersion(sound(of), 'volunteers');
    expect(snapshot.final?.items.map(({ id }) => id)).to.have.members([
      ...['M2-001', 'M2-002'],
      ...['EX-001', 'EX-002'],
    ]);
    expect(snapshot.final?.from).to.deep.equal([{ module: 'routes', count: 2, items: ['M2-001', 'M2-002'] }]);
  });

  it('is as it was where it draws from its own bank alone', () => {
    const { snapshot } = buildCourseVersion(sound(tree({ final: OWN })), 'volunteers');
    expect(snapshot.final).to.not.have.property('from');
    expect(snapshot.final?.items.map(({ id }) => id)).to.deep.equal(['EX-001', 'EX-002']);
  });

  for (const [what, from, problem] of [
    ['no module of its course', 'places: 1', /"places" is not a track of this course/],
    ['more than it draws', 'routes: 4', /4 of 3 items come from modules/],
    ['more than the module has', 'routes: 3', /contain 3 items of routes, but only 2 can be drawn/],
    ['nothing', 'routes: 0', /0|small|1/],
  ] as const) {
    it(`may not take ${what}`, () => {
      const of = tree({ final: `${FINAL}, from: { ${from} }` });
      const faults = faultsOf(of);
      expect(faults.map(fault => fault.problem)).to.have.lengthOf(1);
      expect(faults[0]?.problem).to.match(problem);
      expect(faults[0]).to.include({ file: courseFile, line: lineOf(of[courseFile] ?? '', 'final:') });
    });
  }

  it('may not need more of its own bank than there is', () => {
    expect(problems(tree({ final: `${FINAL}, from: { routes: 1 }` }))).to.deep.equal([]);
    const [problem] = problems(tree({ final: 'draw: 4, pass: 4, minCritical: 0, from: { routes: 1 }' }));
    expect(problem).to.match(/No form of 4 items keeps all of these: 1 item of routes/);
  });

  it('counts its minutes by what each bank takes, for authors as for learners', () => {
    const content = sound(tree({ final: `${FINAL}, from: { routes: 1 }` }));
    const [course] = content.courses;
    const { snapshot } = buildCourseVersion(content, 'volunteers');
    if (!course || !snapshot.final) throw new Error('The fixture has a course with a final');
    const { final } = minuteBreakdown(content, course);
    expect(final).to.be.greaterThan(0);
    expect(courseMinutes(snapshot)).to.be.at.least(final);
  });

  it('is measured bank by bank', () => {
    const content = sound(tree({ final: `${FINAL}, from: { routes: 1 }` }));
    const items = gatedItems(banks(content));
    expect(
      poolsIn(content, items).map(({ name, draw, items: pool }) => [name, draw, pool.length]),
    ).to.deep.equal([
      ['volunteers / routes', 2, 2],
      ['volunteers / final from routes', 1, 2],
      ['volunteers / final', 2, 2],
    ]);
    const [row] = checkContent(content, { now: 0 }).courses[0]?.quizzes.slice(-1) ?? [];
    expect(row).to.include({ name: 'final', draw: 3, pool: 4, ratio: 1 });
  });

  it('is reported where a certificate rests on few items, or on a low share of them', () => {
    const found = (final: string) =>
      warnings(tree({ final })).filter(({ problem }) => /rests on|pass the final/.test(problem));
    expect(found(OWN)).to.have.lengthOf(1);
    expect(found('draw: 2, pass: 1, minCritical: 0')).to.have.lengthOf(2);
  });
});

describe('a practice quiz', () => {
  it('is part of the published version', () => {
    const of = tree({ final: OWN, quiz: ', practice: true' });
    expect(buildCourseVersion(sound(of), 'volunteers').snapshot.modules[0]?.quiz.practice).to.equal(true);
  });

  it('has three items at most', () => {
    const of = tree({ final: OWN, quiz: ', practice: true' });
    const long = {
      ...of,
      [courseFile]: of[courseFile]?.replace('draw: 2, pass: 1, m', 'draw: 4, pass: 1, m') ?? '',
    };
    expect(problems(long)).to.have.lengthOf(1);
    expect(problems(long)[0]).to.match(/practice with at most 3 items/);
  });

  it('stands only in a course with a final', () => {
    expect(problems(tree({ quiz: ', practice: true' }))).to.have.lengthOf(1);
  });

  it('may be left out, so that the final alone asks about the module', () => {
    const without = (of: Files): Files => ({
      ...of,
      [courseFile]: of[courseFile]?.replace(/ +quiz: .*\n/, '') ?? '',
    });
    const content = sound(without(tree({ final: `${FINAL}, from: { routes: 2 }` })));
    const { snapshot } = buildCourseVersion(content, 'volunteers');
    expect(steps(snapshot).flatMap(step => (step.kind === 'quiz' ? step.quiz : []))).to.eql(['final']);
    expect(snapshot.modules.map(ownQuiz)).to.eql([null]);
    // Follow-ups, previews and exports look its items up there.
    expect(quizOf(snapshot, 'routes')?.items.map(({ id }) => id)).to.include.members(['M2-001', 'M2-002']);
    expect(snapshot.final?.items.map(({ id }) => id)).to.include.members(['M2-001', 'M2-002']);
    expect(minuteBreakdown(content, content.courses[0] as Course).quizzes).to.equal(0);
    expect(problems(without(tree()))).to.have.lengthOf(1);
  });

  it('is what a quiz of three or fewer is called, or a person is told', () => {
    const said = (quiz: string) =>
      warnings(tree({ final: OWN, quiz })).filter(({ problem }) => /must be passed/.test(problem));
    expect(said('')).to.have.lengthOf(1);
    expect(said(', practice: true')).to.deep.equal([]);
  });
});
