import { expect } from 'chai';
import { translator } from '../../server/i18n/i18n.js';
import {
  addresses,
  contentsOf,
  groupsOf,
  moduleRows,
  nextUp,
  nextUpIn,
  overview,
  placeOf,
} from '../../server/learning/course-page.js';
import { sampleCase } from '../questions/case-samples.js';
import { progress, published, sampleCourse } from './sample.js';

const t = translator('en');
const snapshot = sampleCourse(
  { a: { lessons: ['1', '2?', '3'] }, b: { lessons: ['1'] }, c: { group: 'track', lessons: ['1'] } },
  { final: true },
);
const course = published(snapshot);
const moduleA = snapshot.modules[0];
if (!moduleA) throw new Error('The sample has no module');
const states = (rows: readonly { state: string }[]) => rows.map(({ state }) => state);
const ALL = ['a/1', 'a/3', 'a', 'b/1', 'b', 'c/1', 'c'];

describe('the page of a course', () => {
  it('says how far the learner is', () => {
    expect(overview(course, progress('a/1'))).to.deep.equal({ done: 1, total: 8, minutesLeft: 32 });
    expect(overview(course, progress(...ALL, 'final'))).to.deep.equal({ done: 8, total: 8, minutesLeft: 0 });
  });

  it('does not count an optional lesson as a step', () => {
    expect(overview(course, progress('a/2')).done).to.equal(0);
  });

  it('names the next thing, with its address', () => {
    expect(nextUp('r', course, progress(), t)).to.deep.include({
      title: 'Module a',
      detail: 'Lesson 1 · 5 minutes',
      href: '/learning/r/modules/a/lessons/1',
    });
    expect(nextUp('r', course, progress('a/1', 'a/3'), t)).to.deep.include({
      title: 'Module a',
      detail: 'Quiz · 3 minutes',
      href: '/learning/r/quizzes/a',
    });
    expect(nextUp('r', course, progress(...ALL), t)?.href).to.equal('/learning/r/quizzes/final');
    expect(nextUp('r', course, progress(...ALL, 'final'), t)).to.equal(null);
  });

  it('lists modules by group, the final at the end', () => {
    const groups = groupsOf('r', course, progress('a/1', 'a/3', 'a'), t);
    expect(groups.map(({ title }) => title)).to.deep.equal(['Core modules', 'Your work']);
    expect(groups.map(({ rows }) => states(rows))).to.deep.equal([
      ['done', 'now'],
      ['open', 'not-yet'],
    ]);
    expect(groups[1]?.rows[1]).to.include({ title: 'Final assessment', href: null });
  });

  it('opens the final when everything else is done', () => {
    const rows = groupsOf('r', course, progress(...ALL), t).flatMap(group => group.rows);
    expect(states(rows)).to.deep.equal(['done', 'done', 'done', 'now']);
    expect(rows.at(-1)?.href).to.equal('/learning/r/quizzes/final');
    const passed = groupsOf('r', course, progress(...ALL, 'final'), t).flatMap(group => group.rows);
    expect(states(passed)).to.deep.equal(['done', 'done', 'done', 'done']);
  });

  it('leaves out a group with nothing in it', () => {
    const plain = published(sampleCourse({ a: { lessons: ['1'] } }));
    expect(groupsOf('r', plain, progress(), t).map(({ title }) => title)).to.deep.equal(['Core modules']);
  });

  it('lists the lessons of a module, and no way to its quiz before they are read', () => {
    const { lessons, quiz } = moduleRows('r', course, moduleA, progress('a/1'), t);
    expect(states(lessons)).to.deep.equal(['done', 'now', 'open']);
    expect(lessons.map(({ title }) => title)).to.deep.equal(['Lesson 1', 'Lesson 3', 'Lesson 2']);
    expect(lessons[2]?.detail).to.equal('5 minutes · optional');
    expect(quiz).to.include({ state: 'not-yet', href: null, statusText: 'After the lessons' });
  });

  it('offers the case of a module at any time, as practice that is never done', () => {
    const row = {
      title: 'Practise with a case',
      href: '/learning/r/modules/a/case',
      detail: '0 minutes · optional',
      state: 'open',
      statusText: '',
    };
    for (const done of [progress(), progress('a/1', 'a/3', 'a')])
      expect(moduleRows('r', course, moduleA, done, t).practice).to.deep.equal(row);
    expect(overview(course, progress()).total).to.equal(8);
  });

  it('says that the final has a case, and counts its time', () => {
    const final = snapshot.final && { ...snapshot.final, scenario: sampleCase };
    const rows = groupsOf('r', published({ ...snapshot, final }), progress(), t).flatMap(group => group.rows);
    expect(rows.at(-1)?.detail).to.equal('10 questions and a case · 13 minutes');
    const without = groupsOf('r', course, progress(), t).flatMap(group => group.rows);
    expect(without.at(-1)?.detail).to.equal('10 questions · 8 minutes');
  });

  it('opens the quiz of a module, and shows it passed', () => {
    const ready = moduleRows('r', course, moduleA, progress('a/1', 'a/3'), t).quiz;
    expect(ready).to.include({ state: 'now', href: '/learning/r/quizzes/a', detail: '4 questions' });
    expect(moduleRows('r', course, moduleA, progress('a/1', 'a/3', 'a'), t).quiz.state).to.equal('done');
  });

  it('marks what is next in the module, wherever the course stands', () => {
    const module = snapshot.modules[1];
    if (!module) throw new Error('The sample has no second module');
    expect(states(moduleRows('r', course, module, progress(), t).lessons)).to.deep.equal(['now']);
    expect(moduleRows('r', course, module, progress('b/1'), t).quiz.state).to.equal('now');
  });

  it('leads on in the module, and from a module that is done to the next one', () => {
    const next = (...done: string[]) => nextUpIn('r', course, moduleA, progress(...done), t);
    const toLesson = { title: 'Lesson 1', detail: '5 minutes', href: '/learning/r/modules/a/lessons/1' };
    expect(next()).to.deep.include({ ...toLesson, isFirst: true, isElsewhere: false });
    expect(next('a/1')).to.include({ title: 'Lesson 3', isFirst: false });
    expect(next('a/1', 'a/3')).to.include({ title: 'Quiz', href: '/learning/r/quizzes/a' });
    expect(next('a/1', 'a/3', 'a')).to.include({ title: 'Module b', isFirst: false, isElsewhere: true });
    expect(next(...ALL, 'final')).to.equal(null);
  });

  it('says that a module is in progress once something of it is done, not before', () => {
    const said = (...done: string[]) =>
      groupsOf('r', course, progress(...done), t)[0]?.rows.map(({ statusText }) => statusText);
    expect(said()).to.deep.equal(['Not started', 'Not started']);
    expect(said('a/1')).to.deep.equal(['In progress', 'Not started']);
  });

  it('shows where a reader stands, the quiz as the goal', () => {
    expect(states(contentsOf('r', course, moduleA, progress('a/1'), '3', t))).to.deep.equal([
      'done',
      'now',
      'open',
      'goal',
    ]);
    const passed = contentsOf('r', course, moduleA, progress('a/1', 'a/3', 'a'), '1', t);
    expect(states(passed)).to.deep.equal(['now', 'done', 'open', 'reached']);
  });

  it('counts a lesson that counts among those, an optional one among all', () => {
    expect(placeOf(moduleA, '3')).to.deep.equal({ position: 2, total: 2 });
    expect(placeOf(moduleA, '2')).to.deep.equal({ position: 3, total: 3 });
  });

  it('knows the addresses below a round', () => {
    const to = addresses('r');
    expect([to.course, to.module('m'), to.lesson('m', 'l'), to.quiz('q')]).to.deep.equal([
      '/learning/r',
      '/learning/r/modules/m',
      '/learning/r/modules/m/lessons/l',
      '/learning/r/quizzes/q',
    ]);
  });
});
