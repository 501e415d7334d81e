import { expect } from 'chai';
import fc from 'fast-check';
import {
  isComplete,
  isDone,
  isModuleDone,
  mayTake,
  nextStep,
  steps,
  secondsLeft,
  stepSeconds,
  wouldComplete,
  type CourseStep,
} from '../../../server/teaching/learning/completion.js';
import { progress, sampleCourse } from './sample.js';

const name = (step: CourseStep | null) =>
  step && (step.kind === 'lesson' ? `${step.module.slug}/${step.lesson.name}` : step.quiz);

describe('completion of a course', () => {
  const course = sampleCourse({ a: { lessons: ['1', '2?', '3'] }, b: { lessons: ['1'] } });
  const withFinal = sampleCourse({ a: { lessons: ['1'] }, b: { lessons: ['1'] } }, { final: true });

  it('asks for the required lessons, then the quiz, module by module', () => {
    expect(steps(course).map(name)).to.deep.equal(['a/1', 'a/3', 'a', 'b/1', 'b']);
  });

  it('asks for the final last', () => {
    expect(steps(withFinal).map(name)).to.deep.equal(['a/1', 'a', 'b/1', 'b', 'final']);
  });

  it('continues with the first step that is not done, whatever else is done', () => {
    expect(name(nextStep(course, progress()))).to.equal('a/1');
    expect(name(nextStep(course, progress('a/1', 'b/1')))).to.equal('a/3');
    expect(name(nextStep(course, progress('a/1', 'a/3', 'b/1')))).to.equal('a');
    expect(nextStep(course, progress('a/1', 'a/3', 'a', 'b/1', 'b'))).to.equal(null);
  });

  it('never asks for an optional lesson', () => {
    expect(nextStep(course, progress('a/1', 'a/3', 'a', 'b/1', 'b'))).to.equal(null);
    expect(mayTake(course, 'a', progress('a/1', 'a/3'))).to.equal(true);
  });

  it('does not count a lesson of one module for another', () => {
    expect(mayTake(course, 'b', progress('a/1', 'a/3'))).to.equal(false);
    expect(
      steps(course)
        .filter(step => isDone(step, progress('b/1')))
        .map(name),
    ).to.deep.equal(['b/1']);
  });

  it('is complete with the last quiz, not with the last lesson', () => {
    expect(isComplete(course, progress('a/1', 'a/3', 'b/1', 'a'))).to.equal(false);
    expect(isComplete(course, progress('a', 'b'))).to.equal(true);
    expect(isComplete(withFinal, progress('a', 'b'))).to.equal(false);
    expect(isComplete(withFinal, progress('a', 'b', 'final'))).to.equal(true);
  });

  it('is not completed by quizzes of other courses', () => {
    expect(isComplete(course, progress('a', 'c', 'final'))).to.equal(false);
  });

  it('opens a quiz when the lessons of its module are finished', () => {
    expect(mayTake(course, 'a', progress())).to.equal(false);
    expect(mayTake(course, 'a', progress('a/1', 'a/2'))).to.equal(false);
    expect(mayTake(course, 'a', progress('a/1', 'a/3'))).to.equal(true);
  });

  it('opens the final after all lessons and all quizzes', () => {
    expect(mayTake(withFinal, 'final', progress('a', 'b'))).to.equal(false);
    expect(mayTake(withFinal, 'final', progress('a/1', 'b/1', 'a'))).to.equal(false);
    expect(mayTake(withFinal, 'final', progress('a/1', 'b/1', 'a', 'b'))).to.equal(true);
  });

  it('knows when a module is done', () => {
    expect(isModuleDone(course, 'a', progress('a/1', 'a/3'))).to.equal(false);
    expect(isModuleDone(course, 'a', progress('a/1', 'a'))).to.equal(false);
    expect(isModuleDone(course, 'a', progress('a/1', 'a/3', 'a'))).to.equal(true);
  });

  it('counts seconds: of a lesson and of a quiz, with all that their pages show', () => {
    expect(steps(withFinal).map(step => stepSeconds(step, withFinal))).to.deep.equal([
      369, 235, 369, 235, 505,
    ]);
    expect(secondsLeft(withFinal, progress())).to.equal(1713);
    expect(secondsLeft(withFinal, progress('a/1', 'a'))).to.equal(1109);
    expect(secondsLeft(withFinal, progress('a/1', 'a', 'b/1', 'b', 'final'))).to.equal(0);
  });

  it('is not held up by practice that was taken and not passed, and not completed by it either', () => {
    const practised = sampleCourse({ a: { lessons: ['1'], practice: true } }, { final: true });
    const plain = sampleCourse({ a: { lessons: ['1'] } }, { final: true });
    for (const [course, done] of [
      [practised, true],
      [plain, false],
    ] as const) {
      expect(mayTake(course, 'final', progress('a/1', 'a?'))).to.equal(done);
      expect(isModuleDone(course, 'a', progress('a/1', 'a?'))).to.equal(done);
      expect(isComplete(course, progress('a?', 'final'))).to.equal(done);
      expect(isComplete(course, progress('a', 'final'))).to.equal(true);
      expect(isComplete(course, progress('a/1', 'a?'))).to.equal(false);
      expect(wouldComplete(course, 'final', progress('a?'))).to.equal(done);
    }
  });

  it('asks of practice that it is taken, of any other quiz that it is passed, whatever is done', () => {
    const names = ['a', 'b', 'c'];
    const modules = fc.array(fc.boolean(), { minLength: 3, maxLength: 3 });
    fc.assert(
      fc.property(
        modules,
        fc.subarray(names),
        fc.subarray(names),
        fc.boolean(),
        (practice, passed, taken, final) => {
          const course = sampleCourse(
            Object.fromEntries(
              names.map((slug, n) => [
                slug,
                { lessons: ['1'], ...(practice[n] ? { practice: true as const } : {}) },
              ]),
            ),
            { final: true },
          );
          const done = progress(...passed, ...taken.map(slug => `${slug}?`), ...(final ? ['final'] : []));
          const isBehind = (slug: string, n: number) =>
            passed.includes(slug) || (practice[n] === true && taken.includes(slug));
          expect(isComplete(course, done)).to.equal(final && names.every(isBehind));
        },
      ),
    );
  });

  it('is reached by always doing the next step, whose quiz is always open', () => {
    const modules = fc.array(fc.array(fc.boolean(), { minLength: 1, maxLength: 4 }), {
      minLength: 1,
      maxLength: 5,
    });
    fc.assert(
      fc.property(modules, fc.boolean(), (shape, final) => {
        const entries = shape.map((lessons, index) => [
          `m${index}`,
          { lessons: ['0', ...lessons.map((optional, at) => `${at + 1}${optional ? '?' : ''}`)] },
        ]);
        const any = sampleCourse(Object.fromEntries(entries) as Parameters<typeof sampleCourse>[0], {
          final,
        });
        const done: string[] = [];
        let left = secondsLeft(any, progress());
        for (let next = nextStep(any, progress()); next; next = nextStep(any, progress(...done))) {
          expect(isComplete(any, progress(...done))).to.equal(false);
          if (next.kind === 'quiz') expect(mayTake(any, next.quiz, progress(...done))).to.equal(true);
          done.push(name(next) ?? '');
          expect(secondsLeft(any, progress(...done))).to.equal(left - stepSeconds(next, any));
          left = secondsLeft(any, progress(...done));
        }
        expect(done).to.deep.equal(steps(any).map(name));
        expect(isComplete(any, progress(...done))).to.equal(true);
        expect(left).to.equal(0);
      }),
    );
  });
});
