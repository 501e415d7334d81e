import { expect } from 'chai';
import { checkContent } from '../../../../server/workshop/content-check/check.js';
import { usualPolicy } from '../../../../server/teaching/content/schema/policy-schema.js';
import { buildCourseVersion } from '../../../../server/teaching/content/snapshot.js';
import { quizOf } from '../../../../server/teaching/quizzes/quiz.js';
import { faultsAfter, files, sound } from '../fixture.js';

const COURSE = 'courses/volunteers.yaml';
const ruled = (policy: string) => (text: string) => `${text}policy:\n${policy}`;
const problems = (policy: string) => faultsAfter(COURSE, ruled(policy)).map(({ problem }) => problem);
const content = (policy: string) => sound({ ...files(), [COURSE]: ruled(policy)(files()[COURSE] ?? '') });

describe('the policy of a course', () => {
  it('may be left out, whole or in part: the rest takes defaults', () => {
    const { snapshot } = buildCourseVersion(sound(files()), 'volunteers');
    expect(snapshot).to.not.have.property('policy');
    expect(quizOf(snapshot, 'routes')?.policy).to.deep.equal(usualPolicy);
    const some = buildCourseVersion(content('  quizzes: { timeLimit: 60 }\n'), 'volunteers').snapshot;
    expect(quizOf(some, 'routes')?.policy).to.deep.equal({ ...usualPolicy, timeLimit: 60 });
  });

  it('sets no limit by default, with remediation on', () => {
    expect(usualPolicy).to.deep.equal({
      attempts: null,
      coolDown: null,
      timeLimit: null,
      grace: 30,
      feedback: 'after-pass',
      remediation: true,
    });
  });

  it('must say whom to ask when it limits attempts', () => {
    expect(problems('  quizzes: { attempts: 3, ask: Ask the head of training. }\n')).to.deep.equal([]);
    expect(problems('  quizzes: { attempts: 3 }\n').join()).to.include('does not say who to ask');
    expect(problems('  quizzes: { ask: Ask the head. }\n').join()).to.include('no limit on attempts');
  });

  it('may hold a window of tries, with whom to ask, in place of attempts and a cool-down', () => {
    const window = 'window: { tries: 3, days: 7, waits: [10, 1440] }';
    const inQuizzes = (more: string) => problems(`  quizzes: { ${window}${more} }\n`);
    expect(inQuizzes(', ask: Ask the head. ')).to.deep.equal([]);
    expect(inQuizzes('').join()).to.include('does not say who to ask');
    for (const other of ['attempts: 3', 'coolDown: { minutes: 10, grows: false }'])
      expect(inQuizzes(`, ask: Ask the head., ${other}`), other).to.have.length(1);
    const { snapshot } = buildCourseVersion(
      content(`  quizzes: { ${window}, ask: Ask the head. }\n`),
      'volunteers',
    );
    expect(quizOf(snapshot, 'routes')?.policy.window).to.deep.equal({ tries: 3, days: 7, waits: [10, 1440] });
  });

  it('refuses a window whose waits do not fit', () => {
    for (const window of [
      '{ tries: 3, days: 7, waits: [10] }',
      '{ tries: 3, days: 7, waits: [10, 20, 30] }',
      '{ tries: 1, days: 7, waits: [] }',
      '{ tries: 2, days: 1, waits: [1441] }',
      '{ tries: 2, days: 0, waits: [10] }',
    ])
      expect(
        problems(`  quizzes: { window: ${window}, ask: Ask the head. }\n`),
        window,
      ).to.have.length.at.least(1);
  });

  it('cannot name what the course does not have', () => {
    expect(problems('  final: { timeLimit: 60 }\n').join()).to.include('The course has no final.');
  });

  it('refuses contradictions', () => {
    for (const policy of [
      'attempts: 0',
      'coolDown: 10',
      'coolDown: { minutes: 0, grows: true }',
      'timeLimit: 1',
      'feedback: always',
      'remediation: later',
      'grace: -1',
      'lives: 3',
    ]) {
      expect(problems(`  quizzes: { ${policy} }\n`), policy).to.have.length.at.least(1);
    }
  });

  it('reports a time limit below the counted minutes as a fault, below twice as many as a warning', () => {
    const check = (timeLimit: number, draw: number) => {
      const text = `  quizzes: { timeLimit: ${timeLimit} }\n`;
      const sample = content(text);
      const items = sample.modules[0]?.items ?? [];
      const [course] = sample.courses;
      const many = Array.from({ length: draw }, (_, n) => ({ ...items[0], id: `M2-${100 + n}` }));
      Object.assign(sample.modules[0] ?? {}, { items: many });
      Object.assign(course?.modules[0]?.quiz ?? {}, { draw });
      const { faults, warnings } = checkContent(sample, { now: 0 });
      const about = (found: { problem: string }[]) =>
        found.filter(({ problem }) => problem.startsWith('The time limit')).length;
      return [about(faults), about(warnings)];
    };
    // Twenty choices at 45 seconds are 15 minutes.
    expect(check(14, 20)).to.deep.equal([1, 0]);
    expect(check(15, 20)).to.deep.equal([0, 1]);
    expect(check(30, 20)).to.deep.equal([0, 0]);
  });
});
