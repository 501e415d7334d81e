import { expect } from 'chai';
import { moduleItems, itemAt } from '../../../server/teaching/follow-up/module-items.js';
import {
  comparedScores,
  feedbackPage,
  nextSlot,
  questionPage,
  readAnswer,
} from '../../../server/teaching/follow-up/form-page.js';
import { translator } from '../../../server/platform/i18n/i18n.js';
import { said } from '../questions/samples.js';
import { toSlot } from '../../../server/teaching/quizzes/drawing/draw-form.js';
import { rightAnswer } from '../../support/answers.js';
import { snapshotOf } from './courses.js';

const t = translator('en');
const course = snapshotOf('law-enforcement');
const kinds = ['single', 'multiple', 'true-false', 'ordering', 'matching'];
const form = kinds.flatMap(kind => {
  const found = moduleItems(course).find(({ type }) => type === kind);
  return found ? toSlot(found, 'seed') : [];
});
const of = { course, form };

describe('the items of baselines and refreshers', () => {
  it('are those for every job that count', () => {
    const [first, ...others] = course.modules;
    if (!first) throw new Error('There is no module');
    const [a, b, ...rest] = first.quiz.items.filter(({ type }) => type === 'single');
    if (!a || !b) throw new Error('The bank is too small');
    const changed = [{ ...a, roles: ['patrol' as const] }, { ...b, status: 'trial' as const }, ...rest];
    const modules = [{ ...first, quiz: { ...first.quiz, items: changed } }, ...others];
    const ids = moduleItems({ ...course, modules }).map(({ id }) => id);
    expect(ids).to.include(rest[0]?.id);
    expect(ids.filter(id => id === a.id || id === b.id)).to.deep.equal([]);
  });
});

describe('the page of one question', () => {
  it('does not contain the key, whatever the type', () => {
    expect(form).to.have.length(kinds.length);
    for (const [at, drawn] of form.entries()) {
      const text = JSON.stringify(questionPage(of, at + 1, {}, t));
      expect(text).not.to.match(/"(key|feedback|truth|correct|critical)":/);
      expect(text).to.include(itemAt(course, drawn).item.stem.slice(0, 20).replaceAll('"', '\\"'));
    }
  });

  it('reads a complete answer, refuses an incomplete or missing one, and accepts "I do not know yet" whatever else is sent', () => {
    for (const [at, drawn] of form.entries()) {
      const right = rightAnswer(itemAt(course, drawn).item);
      expect(readAnswer(of, at + 1, right)).to.deep.include({ ok: true });
      expect(readAnswer(of, at + 1, {})).to.include({ ok: false });
      expect(readAnswer(of, at + 1, { ...right, unknown: 'yes' })).to.deep.equal({ ok: true, response: {} });
      for (const strange of [null, undefined, 'x', 1, []])
        expect(readAnswer(of, at + 1, strange)).to.include({ ok: false });
    }
    expect(readAnswer(of, 3, { truth: 'true' })).to.deep.equal({
      ok: false,
      problem: 'half',
      typed: { truth: 'true' },
    });
  });

  it('shows an incomplete answer again', () => {
    expect(questionPage(of, 3, { truth: 'true' }, t).response).to.deep.equal({ truth: 'true' });
  });

  it('is that of the first question without an answer', () => {
    expect(nextSlot(form, [])).to.equal(1);
    expect(nextSlot(form, [{ slot: 1 }, { slot: 3 }])).to.equal(2);
    expect(
      nextSlot(
        form,
        form.map((_, at) => ({ slot: at + 1 })),
      ),
    ).to.equal(null);
  });
});

describe('the feedback on an answer', () => {
  const verdict = (points: number, response: object) =>
    feedbackPage(of, { slot: 1, points, response: { ...response } }, said).verdict;

  it('calls an answer right only for full points, and tells not knowing from not right', () => {
    expect(verdict(100, { choice: 'a' })).to.equal('right');
    expect(verdict(50, { choice: 'a' })).to.equal('not-right');
    expect(verdict(0, {})).to.equal('unknown');
  });

  it('says whether a statement is true, and has no remark for other types', () => {
    const remarks = form.map(
      (_, at) => feedbackPage(of, { slot: at + 1, points: 0, response: {} }, said).remark,
    );
    expect(remarks.map(remark => remark === null)).to.deep.equal([true, true, false, true, true]);
  });
});

describe('before and after', () => {
  it('counts answers with full points, module by module', () => {
    const [a, b] = course.modules.map(({ slug }) => slug);
    const scored = (module = '', points = 0) => ({ module, points });
    const found = comparedScores(course, [scored(a, 100), scored(b, 50)], [scored(a, 99), scored(b, 100)]);
    expect(found).to.include({ asked: 2, before: 1, after: 1, change: 'same' });
    expect(found.rows.map(({ before, after }) => [before, after])).to.deep.equal([
      [1, 0],
      [0, 1],
    ]);
  });
});
