import { expect } from 'chai';
import { minuteBreakdown } from '../../../server/teaching/content/minutes.js';
import type { Course } from '../../../server/teaching/content/schema/types.js';
import { faultsOf, lesson, lineOf, sound, withScenes, type Files } from './fixture.js';

const courseFile = 'courses/volunteers.yaml';

/** The fixture, whose learners may work as drivers, with a second lesson that drivers may read in place of the first. */
function tree({
  optional = '01-roads',
  jobs = 'driver',
  read = '01-roads',
  from = '00-essentials',
} = {}): Files {
  const own = withScenes();
  const course = (own[courseFile] ?? '')
    .replace('budget:', 'jobs: [driver, cabin]\nbudget:')
    .replace(
      'lessons: [00-essentials]',
      `lessons: [00-essentials]\n    optional: [${optional}]\n    instead: { lesson: ${from}, read: ${read}, jobs: [${jobs}] }`,
    );
  const roads = lesson.replaceAll('M2-C01', 'M2-C02').replace('Places', 'Roads');
  return { ...own, 'routes/lessons/01-roads.md': roads, [courseFile]: course };
}

describe('a lesson that people with some jobs read instead', () => {
  it('is fine where both lessons are there and the course asks about the job', () => {
    expect(faultsOf(tree())).to.deep.equal([]);
  });

  it('counts for the time of the course where it is the longer one', () => {
    const minutes = (words: number) => {
      const of = tree();
      const text = `${of['routes/lessons/01-roads.md']}\n${'word '.repeat(words)}\n`;
      const content = sound({ ...of, 'routes/lessons/01-roads.md': text });
      return minuteBreakdown(content, content.courses[0] as Course).lessons;
    };
    expect(minutes(40)).to.be.closeTo(minutes(0) + 0.2, 0.001);
  });

  for (const [what, change, problem] of [
    [
      'takes the place of a lesson that does not count',
      { from: '01-roads' },
      /"01-roads" does not count here/,
    ],
    ['is not offered', { optional: '', read: '01-roads' }, /"01-roads" is not offered/],
    [
      'is for a job that the course asks nobody about',
      { jobs: 'gate' },
      /does not ask anyone about the job "gate"/,
    ],
  ] as const)
    it(`is refused where it ${what}`, () => {
      const of = tree(change);
      const faults = faultsOf(of).filter(fault => problem.test(fault.problem));
      expect(faults).to.have.lengthOf(1);
      expect(faults[0]).to.include({ file: courseFile, line: lineOf(of[courseFile] ?? '', 'instead:') });
    });
});
