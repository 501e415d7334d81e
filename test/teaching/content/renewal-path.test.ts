import { expect } from 'chai';
import { checkContent } from '../../../server/workshop/content-check/check.js';
import { renewalMinutes } from '../../../server/teaching/content/minutes.js';
import { buildCourseVersion } from '../../../server/teaching/content/snapshot.js';
import { faultsOf, files, lesson, lineOf, sound, type Files } from './fixture.js';

const courseFile = 'courses/volunteers.yaml';

const QUIZ = 'draw: 2, pass: 2, minCritical: 1, from: { routes: 2 }';

/** The fixture with a final, a lesson that only those read who renew, and what a course may say of its renewal. */
function tree(renewal: string, final = true): Files {
  const own = files();
  const course = own[courseFile] ?? '';
  const last = final ? 'final: { draw: 2, pass: 2, minCritical: 0 }\n' : '';
  return {
    ...own,
    'routes/lessons/01-what-changed.md': lesson.replaceAll('M2-C01', 'M2-C02').replace('Places', 'Changes'),
    'final/quiz.yaml': (own['routes/quiz.yaml'] ?? '').replaceAll('M2-00', 'EX-00'),
    [courseFile]: `${course}${last}renewal: { ${renewal} }\n`,
  };
}

const path = ({
  lessons = '01-what-changed',
  quiz = QUIZ,
  budget = 'min: 1, max: 20',
  module = 'routes',
} = {}) =>
  `within: 3, criteria: The holder renewed., budget: { ${budget} }, modules: [{ module: ${module}, lessons: [${lessons}] }], quiz: { ${quiz} }`;

describe('the shorter path of those who renew', () => {
  it('holds its lessons in their order and one quiz of so many items of each module', () => {
    const of = tree(path({ lessons: '01-what-changed, 00-essentials' }));
    const { renewal, modules } = buildCourseVersion(sound(of), 'volunteers').snapshot;
    expect(renewal?.within).to.equal(3);
    expect(renewal?.modules.map(({ lessons }) => lessons.map(({ name }) => name))).to.deep.equal([
      ['01-what-changed', '00-essentials'],
    ]);
    expect(renewal?.quiz.from).to.deep.equal([{ module: 'routes', count: 2, items: ['M2-001', 'M2-002'] }]);
    expect(renewal?.quiz.items.map(({ id }) => id)).to.deep.equal(['M2-001', 'M2-002']);
    // Whoever takes the whole course is not told what changed.
    expect(modules[0]?.lessons.map(({ name }) => name)).to.deep.equal(['00-essentials']);
  });

  it('is absent from the version of a course that has none', () => {
    expect(buildCourseVersion(sound(), 'volunteers').snapshot).to.not.have.property('renewal');
  });

  for (const [what, renewal, problem] of [
    ['a module of another course', path({ module: 'places' }), /"places" is not a module of this course/],
    [
      'a lesson that does not exist',
      path({ lessons: '09-nothing' }),
      /"09-nothing" does not exist in routes/,
    ],
    ['a lesson twice', path({ lessons: '00-essentials, 00-essentials' }), /listed twice/],
    [
      'fewer items of modules than it draws',
      path({ quiz: QUIZ.replace('routes: 2', 'routes: 1') }),
      /1 items come from modules/,
    ],
    [
      'items of a stranger',
      path({ quiz: QUIZ.replace('routes: 2', 'places: 2') }),
      /"places" is not a module/,
    ],
    [
      'more items than there are',
      path({ quiz: 'draw: 3, pass: 2, minCritical: 1, from: { routes: 3 }' }),
      /draws 3 items, but only 2/,
    ],
    ['a budget that ends before it begins', path({ budget: 'min: 9, max: 2' }), /ends before it begins/],
  ] as const) {
    it(`may not promise ${what}`, () => {
      const of = tree(renewal);
      const faults = faultsOf(of);
      expect(faults.map(fault => fault.problem)).to.have.lengthOf(1);
      expect(faults[0]?.problem).to.match(problem);
      expect(faults[0]).to.include({ file: courseFile, line: lineOf(of[courseFile] ?? '', 'renewal:') });
    });
  }

  it('ends with the final of the course', () => {
    expect(faultsOf(tree(path(), false)).map(({ problem }) => problem)).to.deep.equal([
      'A renewal ends with the final, and the course has none.',
    ]);
  });

  it('is counted, held to its budget and shown by the check', () => {
    const content = sound(tree(path({ budget: 'min: 0, max: 1' })));
    const [course] = content.courses;
    const minutes = course && renewalMinutes(content, course);
    expect(minutes?.total).to.be.greaterThan(1);
    const { faults, courses } = checkContent(content, { now: 0 });
    expect(
      faults.map(({ problem }) => problem).filter(each => each.startsWith('The renewal takes')),
    ).to.have.lengthOf(1);
    expect(courses[0]?.renewal?.minutes).to.deep.equal(minutes);
    expect(courses[0]?.quizzes.map(({ name, draw, pool }) => [name, draw, pool])).to.deep.include([
      'renewal',
      2,
      2,
    ]);
  });
});
