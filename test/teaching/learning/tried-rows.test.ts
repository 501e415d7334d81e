import { expect } from 'chai';
import type { Translate } from '../../../server/platform/i18n/i18n.js';
import { waitUntil } from '../../../server/platform/i18n/waits.js';
import { FINAL, type Progress, type Tried } from '../../../server/teaching/learning/completion.js';
import { groupsOf } from '../../../server/teaching/learning/pages/course-page.js';
import { moduleRows } from '../../../server/teaching/learning/pages/module-page.js';
import { nextUp, nextUpIn, onward } from '../../../server/teaching/learning/next-up.js';
import { byKey, moduleAt, progress, published, sampleCourse } from './sample.js';

/** Texts by their key. */
const t: Translate = key => key;
const course = published(sampleCourse({ a: { lessons: ['1'] }, b: { lessons: ['1'] } }, { final: true }));
const moduleA = moduleAt(course.snapshot, 0);
const QUIZ = '/learning/r/quizzes';

/** Each way to stand at a quiz, where its button leads, and what its row says. */
const STATES: readonly {
  readonly kind: Tried['kind'] | null;
  readonly href: string | null;
  readonly action: string | null;
  readonly status: string;
}[] = [
  { kind: null, href: null, action: null, status: 'open' },
  { kind: 'open', href: null, action: null, status: 'now' },
  { kind: 'again', href: null, action: null, status: 'failed' },
  { kind: 'rules', href: '/attempts/x/remediation', action: 'remediation.begin', status: 'failed' },
  { kind: 'wait', href: '/attempts/x', action: 'course.reread', status: 'failed' },
  { kind: 'spent', href: '/attempts/x', action: 'course.reread', status: 'spent' },
];

const wait = waitUntil(600_000, 0, { locale: 'en', timeZone: 'UTC' }, t);

function at(quiz: string, done: Progress, { kind, href }: (typeof STATES)[number]): Progress {
  if (!kind) return done;
  const tried: Tried = {
    kind,
    href: href ?? `${QUIZ}/${quiz}`,
    rules: kind === 'rules' ? 1 : 0,
    wait: kind === 'wait' ? wait : null,
    practice: null,
  };
  return { ...done, tried: new Map([[quiz, tried]]) };
}

describe('a quiz on the pages of a course', () => {
  for (const state of STATES) {
    const name = state.kind ?? 'never tried';

    it(`which is next and stands at "${name}" leads to where something can be done`, () => {
      const inModule = at('a', progress('a/1'), state);
      const final = at(FINAL, progress('a/1', 'a', 'b/1', 'b'), state);
      for (const [quiz, next] of [
        ['a', nextUp('r', course, inModule, t)],
        ['a', nextUpIn('r', course, moduleA, inModule, t)],
        [FINAL, nextUp('r', course, final, t)],
      ] as const) {
        expect(next?.href).to.equal(state.href ?? `${QUIZ}/${quiz}`);
        expect(next?.action).to.equal(state.action);
        expect(next?.note === null, 'says nothing of it').to.equal(state.kind === null);
        expect(next?.wait).to.equal(state.kind === 'wait' ? wait : null);
      }
      expect(onward('r', course, final, t).href).to.equal(state.href ?? `${QUIZ}/${FINAL}`);
    });

    it(`says so in its row when it stands at "${name}"`, () => {
      const final = groupsOf('r', course, at(FINAL, progress('a/1', 'a', 'b/1', 'b'), state), t)
        .flatMap(({ rows }) => rows)
        .at(-1);
      const { quiz } = moduleRows('r', course, moduleA, at('a', progress('a/1'), state), t);
      expect(final?.statusText).to.equal(`course.status.${state.status}`);
      expect(quiz?.statusText).to.equal(state.kind ? `course.status.${state.status}` : '');
      for (const row of [final, quiz]) {
        expect(row?.href, 'the page of the quiz stays open').to.match(/\/quizzes\//);
        expect(row?.wait ?? null).to.equal(state.kind === 'wait' ? wait : null);
      }
    });
  }

  it('says nothing of a try once it is passed, nor while it is locked', () => {
    const failed = STATES.at(-1);
    if (!failed) throw new Error('There is no state');
    const rowOf = (done: Progress) => moduleRows('r', course, moduleA, at('a', done, failed), t).quiz;
    expect(rowOf(progress('a/1', 'a'))?.statusText).to.equal('course.status.done');
    expect(rowOf(progress())).to.include({ statusText: 'course.afterLessons', href: null });
  });

  it('is named in the row of its module: never tried, failed, passed', () => {
    const detail = (done: Progress) => groupsOf('r', course, done, t)[0]?.rows[0]?.detail;
    const failed = STATES.find(({ kind }) => kind === 'again');
    if (!failed) throw new Error('There is no such state');
    expect(detail(progress('a/1'))).to.include('course.questions');
    expect(detail(at('a', progress('a/1'), failed))).to.include('course.quizFailed');
    expect(detail(at('a', progress('a/1', 'a'), failed))).to.include('course.quizPassed');
  });
});

describe('practice on the pages of a course', () => {
  const course = published(sampleCourse({ a: { lessons: ['1'], practice: true } }, { final: true }));
  const tried = (kind: Tried['kind']): Tried => {
    return { kind, href: '/there', rules: 2, wait: null, practice: { right: 1, count: 4 } };
  };

  it('says what came of it, that it is done, and leads on', () => {
    const done = { ...progress('a/1', 'a?'), tried: new Map([['a', tried('practised')]]) };
    const text = byKey('course.practised', { right: 1, count: 4 });
    const { quiz } = moduleRows('cycle', course, moduleAt(course.snapshot, 0), done, byKey);
    expect(quiz).to.include({ state: 'done', detail: text, statusText: byKey('course.status.done') });
    const [group] = groupsOf('cycle', course, done, byKey);
    expect(group?.rows[0]).to.include({ state: 'done' });
    expect(group?.rows[0]?.detail).to.include(text);
    expect(nextUp('cycle', course, done, byKey)?.state).to.equal('quiz');
  });

  it('names the rules that it missed before the final, which was not tried', () => {
    const done = { ...progress('a/1', 'a?'), tried: new Map([['final', tried('practised-rules')]]) };
    expect(nextUp('cycle', course, done, byKey)).to.include({ state: 'practised-rules', href: '/there' });
    const row = groupsOf('cycle', course, done, byKey).at(-1)?.rows.at(-1);
    expect(row).to.include({ state: 'now', statusText: byKey('course.status.open') });
    expect(row).to.not.have.property('begun');
  });
});
