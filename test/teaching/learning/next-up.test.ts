import { expect } from 'chai';
import { nextUp, nextUpIn, overview } from '../../../server/teaching/learning/next-up.js';
import {
  ALL_BUT_FINAL,
  byKey as t,
  moduleAt,
  progress,
  published,
  wholeSample as snapshot,
} from './sample.js';

const course = published(snapshot);
const moduleA = moduleAt(snapshot, 0);
const minutes = (count: number) => t('components.minutes', { count });

describe('what is next in a course', () => {
  it('counts the steps that are done, all steps, and the minutes that are left', () => {
    expect(overview(course, progress('a/1'))).to.deep.equal({ done: 1, total: 8, minutesLeft: 39 });
    expect(overview(course, progress(...ALL_BUT_FINAL, 'final'))).to.deep.equal({
      done: 8,
      total: 8,
      minutesLeft: 0,
    });
  });

  it('does not count an optional lesson as a step', () => {
    expect(overview(course, progress('a/2')).done).to.equal(0);
  });

  it('is the first step that is not done, with its address', () => {
    expect(nextUp('r', course, progress(), t)).to.deep.include({
      title: 'Module a',
      detail: `Lesson 1 · ${minutes(7)}`,
      href: '/learning/r/modules/a/lessons/1',
    });
    expect(nextUp('r', course, progress('a/1', 'a/3'), t)).to.deep.include({
      title: 'Module a',
      detail: `${t('course.quiz')} · ${minutes(4)}`,
      href: '/learning/r/quizzes/a',
    });
    expect(nextUp('r', course, progress(...ALL_BUT_FINAL), t)?.href).to.equal('/learning/r/quizzes/final');
    expect(nextUp('r', course, progress(...ALL_BUT_FINAL, 'final'), t)).to.equal(null);
  });

  it('is in the module until that is done, and then in the next one', () => {
    const next = (...done: string[]) => nextUpIn('r', course, moduleA, progress(...done), t);
    const toLesson = { title: 'Lesson 1', detail: minutes(7), href: '/learning/r/modules/a/lessons/1' };
    expect(next()).to.deep.include({ ...toLesson, isFirst: true, isElsewhere: false });
    expect(next('a/1')).to.include({ title: 'Lesson 3', isFirst: false });
    expect(next('a/1', 'a/3')).to.include({ title: t('course.quiz'), href: '/learning/r/quizzes/a' });
    expect(next('a/1', 'a/3', 'a')).to.include({ title: 'Module b', isFirst: false, isElsewhere: true });
    expect(next(...ALL_BUT_FINAL, 'final')).to.equal(null);
  });
});
