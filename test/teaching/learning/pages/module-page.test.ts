import { expect } from 'chai';
import {
  contentsOf,
  moduleRows,
  modulePage,
  objectivesOf,
  placeOf,
} from '../../../../server/teaching/learning/pages/module-page.js';
import { overview } from '../../../../server/teaching/learning/next-up.js';
import { byKey as t, moduleAt, progress, published, states, wholeSample as snapshot } from '../sample.js';

const course = published(snapshot);
const moduleA = moduleAt(snapshot, 0);
const minutes = (count: number) => t('components.minutes', { count });

describe('the page of a module', () => {
  it('lists the lessons of a module, and no way to its quiz before they are read', () => {
    const { lessons, quiz } = moduleRows('r', course, moduleA, progress('a/1'), t);
    expect(states(lessons)).to.deep.equal(['done', 'now', 'open']);
    expect(lessons.map(({ title }) => title)).to.deep.equal(['Lesson 1', 'Lesson 3', 'Lesson 2']);
    expect(lessons[2]?.detail).to.equal(`${minutes(7)} · ${t('module.optional')}`);
    expect(quiz).to.include({ state: 'not-yet', href: null, statusText: t('course.afterLessons') });
  });

  it('offers the case of a module at any time, as practice that is never done', () => {
    const row = {
      title: t('case.practise'),
      href: '/learning/r/modules/a/case',
      detail: `${minutes(0)} · ${t('module.optional')}`,
      state: 'open',
      statusText: '',
    };
    for (const done of [progress(), progress('a/1', 'a/3', 'a')])
      expect(moduleRows('r', course, moduleA, done, t).practice).to.deep.equal(row);
    expect(overview(course, progress()).total).to.equal(8);
  });

  it('opens the quiz of a module, and shows it passed', () => {
    const ready = moduleRows('r', course, moduleA, progress('a/1', 'a/3'), t).quiz;
    expect(ready).to.include({
      state: 'now',
      href: '/learning/r/quizzes/a',
      detail: t('course.questions', { count: 4 }),
    });
    expect(moduleRows('r', course, moduleA, progress('a/1', 'a/3', 'a'), t).quiz?.state).to.equal('done');
  });

  it('marks what is next in the module, wherever the course stands', () => {
    const module = moduleAt(snapshot, 1);
    expect(states(moduleRows('r', course, module, progress(), t).lessons)).to.deep.equal(['now']);
    expect(moduleRows('r', course, module, progress('b/1'), t).quiz?.state).to.equal('now');
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

  it('offers neither the case nor the quiz nor a next step in a copy that is kept on a device', () => {
    const page = (isCopy: boolean) =>
      modulePage({ cycleId: 'r', course, module: moduleA, progress: progress('a/1', 'a/3'), isCopy }, t);
    for (const row of [page(true).practice, page(true).quiz])
      expect(row).to.include({ href: null, detail: t('keep.needsLine') });
    expect(page(true).next).to.equal(null);
    for (const row of [page(false).practice, page(false).quiz]) expect(row?.href).not.to.equal(null);
    expect(page(false).next).not.to.equal(null);
  });

  it('names what its learner will be able to do in words, without our ids', () => {
    const objectives = [
      { id: 'M1-O1', text: 'Tell one from the other.' },
      { id: 'M1-O2', text: 'Pass it on.' },
    ];
    const module = { ...moduleA, objectives };
    const page = modulePage({ cycleId: 'r', course, module, progress: progress(), isCopy: false }, t);
    expect(page.objectives).to.deep.equal(['Tell one from the other.', 'Pass it on.']);
    expect(objectivesOf(module, ['M1-O2'])).to.deep.equal(['Pass it on.']);
  });

  it('says all of the care again where it is the first with a hard part, and has a way to it everywhere', () => {
    const hard = { ...moduleAt(snapshot, 1), notice: 'Hard.' };
    const all = published({ ...snapshot, modules: [moduleA, hard, { ...hard, slug: 'd' }] });
    const pages = all.snapshot.modules.map(module =>
      modulePage({ cycleId: 'r', course: all, module, progress: progress(), isCopy: false }, t),
    );
    expect(pages.map(({ isFirstHard }) => isFirstHard)).to.deep.equal([false, true, false]);
    expect(new Set(pages.map(({ careHref }) => careHref))).to.deep.equal(new Set(['/learning/r#care']));
  });
});
