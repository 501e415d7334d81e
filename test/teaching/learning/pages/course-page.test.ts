import { expect } from 'chai';
import { coursePage, groupsOf } from '../../../../server/teaching/learning/pages/course-page.js';
import { addresses } from '../../../../server/teaching/learning/cycle-addresses.js';
import { sampleCase } from '../../questions/case-samples.js';
import {
  ALL_BUT_FINAL,
  byKey as t,
  progress,
  published,
  sampleCourse,
  states,
  wholeSample as snapshot,
} from '../sample.js';

const course = published(snapshot);
const minutes = (count: number) => t('components.minutes', { count });

describe('the page of a course', () => {
  it('lists modules by group, the final at the end', () => {
    const groups = groupsOf('r', course, progress('a/1', 'a/3', 'a'), t);
    expect(groups.map(({ title }) => title)).to.deep.equal([t('course.group.core'), t('course.group.track')]);
    expect(groups.map(({ rows }) => states(rows))).to.deep.equal([
      ['done', 'now'],
      ['open', 'not-yet'],
    ]);
    expect(groups[1]?.rows[1]).to.include({ title: t('course.final'), href: null });
  });

  it('opens the final when everything else is done', () => {
    const rows = groupsOf('r', course, progress(...ALL_BUT_FINAL), t).flatMap(group => group.rows);
    expect(states(rows)).to.deep.equal(['done', 'done', 'done', 'now']);
    expect(rows.at(-1)?.href).to.equal('/learning/r/quizzes/final');
    const passed = groupsOf('r', course, progress(...ALL_BUT_FINAL, 'final'), t).flatMap(group => group.rows);
    expect(states(passed)).to.deep.equal(['done', 'done', 'done', 'done']);
  });

  it('leaves out a group with nothing in it', () => {
    const plain = published(sampleCourse({ a: { lessons: ['1'] } }));
    expect(groupsOf('r', plain, progress(), t).map(({ title }) => title)).to.deep.equal([
      t('course.group.core'),
    ]);
  });

  it('says that the final has a case, and counts its time', () => {
    const final = snapshot.final && { ...snapshot.final, scenarios: [sampleCase] };
    const rows = groupsOf('r', published({ ...snapshot, final }), progress(), t).flatMap(group => group.rows);
    expect(rows.at(-1)?.detail).to.equal(`${t('course.questionsAndCase', { count: 10 })} · ${minutes(14)}`);
    const without = groupsOf('r', course, progress(), t).flatMap(group => group.rows);
    expect(without.at(-1)?.detail).to.equal(`${t('course.questions', { count: 10 })} · ${minutes(9)}`);
  });

  it('says that a module is in progress once something of it is done, not before', () => {
    const statuses = (...done: string[]) =>
      groupsOf('r', course, progress(...done), t)[0]?.rows.map(({ statusText }) => statusText);
    expect(statuses()).to.deep.equal([t('course.status.open'), t('course.status.open')]);
    expect(statuses('a/1')).to.deep.equal([t('course.status.now'), t('course.status.open')]);
  });

  it('offers no next step in a copy that is kept on a device', () => {
    const next = (isCopy: boolean) =>
      coursePage({ cycleId: 'r', course, progress: progress(), isCopy }, t).next;
    expect(next(false)?.href).to.equal('/learning/r/modules/a/lessons/1');
    expect(next(true)).to.equal(null);
  });

  it('has the addresses of its modules, lessons and quizzes below its own', () => {
    const to = addresses('r');
    expect([to.course, to.module('m'), to.lesson('m', 'l'), to.quiz('q')]).to.deep.equal([
      '/learning/r',
      '/learning/r/modules/m',
      '/learning/r/modules/m/lessons/l',
      '/learning/r/quizzes/q',
    ]);
  });
});
