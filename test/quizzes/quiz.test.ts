import { expect } from 'chai';
import type { SnapshotQuiz } from '../../server/courses/content/snapshot.js';
import {
  gradeForm,
  itemIn,
  judgeSave,
  quizOf,
  stateOf,
  type Kept,
  type Quiz,
} from '../../server/quizzes/quiz.js';
import type { DrawnSlot } from '../../server/quizzes/drawing.js';
import { sampleCourse } from '../learning/sample.js';

const options = ['a', 'b', 'c'].map(id => ({ id, text: `Text ${id}`, feedback: `Feedback ${id}` }));
const item = (id: string, critical: false | 'never-1' = false): SnapshotQuiz['items'][number] => ({
  id,
  objective: `O-${id}`,
  level: 'apply',
  type: 'single',
  depth: 'full',
  critical,
  stem: `Stem ${id}`,
  facts: [],
  options,
  key: ['a'],
});
const quiz: Quiz = {
  name: 'q',
  title: 'Quiz',
  draw: 3,
  pass: 2,
  minCritical: 1,
  items: [item('1', 'never-1'), item('2'), item('3'), item('4')],
};
const form: DrawnSlot[] = ['3', '1', '2'].map(itemId => ({ itemId, optionOrder: ['a', 'b', 'c'] }));
const kept = (slot: number, choice: string, sequence = 1): Kept => ({ slot, sequence, response: { choice } });

describe('a quiz of a course', () => {
  describe('is found by its name', () => {
    const course = sampleCourse({ a: { lessons: ['1'] } }, { final: true });

    it('the slug of its module', () => {
      expect(quizOf(course, 'a')).to.include({ name: 'a', title: 'Module a', draw: 4, pass: 3 });
    });

    it('final, where the course has one', () => {
      expect(quizOf(course, 'final')).to.include({ name: 'final', title: 'Sample course', draw: 10 });
      expect(quizOf(sampleCourse({ a: { lessons: ['1'] } }), 'final')).to.equal(null);
    });

    it('or not at all', () => {
      for (const name of ['b', '', '__proto__', 'constructor']) expect(quizOf(course, name)).to.equal(null);
    });
  });

  it('knows the item of a slot, and refuses a form of another bank', () => {
    expect(itemIn(quiz, { itemId: '2', optionOrder: [] }).item.id).to.equal('2');
    expect(itemIn(quiz, { itemId: '2', optionOrder: [] }).type.name).to.equal('single');
    expect(() => itemIn(quiz, { itemId: 'x', optionOrder: [] })).to.throw(RangeError);
  });

  it('gives its rules every slot of the form, answered or not', () => {
    expect(stateOf(form, [kept(2, 'b', 4)], null)).to.deep.equal({
      submittedAt: null,
      deadline: null,
      grace: 0,
      slots: [
        { slot: 1, sequence: 0, response: null },
        { slot: 2, sequence: 4, response: { choice: 'b' } },
        { slot: 3, sequence: 0, response: null },
      ],
    });
  });

  it('judges an answer by the state', () => {
    const state = stateOf(form, [kept(2, 'b', 4)], null);
    const { type } = itemIn(quiz, { itemId: '1', optionOrder: [] });
    const judge = (slot: number, sequence: number, choice: string) =>
      judgeSave(state, { slot, sequence, response: { choice }, same: type.same.bind(type) }, 0).kind;
    expect(judge(1, 0, 'a')).to.equal('keep');
    expect(judge(2, 4, 'c')).to.equal('keep');
    expect(judge(2, 3, 'c')).to.equal('stale');
    expect(judge(2, 0, 'b')).to.equal('same');
    expect(judge(4, 0, 'a')).to.equal('invalid-slot');
  });

  describe('is graded', () => {
    it('slot by slot in the order of the form, whatever the order of the answers', () => {
      const { slots, total } = gradeForm(quiz, form, [kept(3, 'a'), kept(1, 'b'), kept(2, 'a')]);
      expect(slots.map(({ itemId, points }) => [itemId, points])).to.deep.equal([
        ['3', 0],
        ['1', 100],
        ['2', 100],
      ]);
      expect(total).to.deep.equal({
        points: 200,
        maxPoints: 300,
        right: 2,
        passed: true,
        criticalMissed: [],
      });
    });

    it('with nothing for what was not answered', () => {
      expect(gradeForm(quiz, form, []).total).to.deep.equal({
        points: 0,
        maxPoints: 300,
        right: 0,
        passed: false,
        criticalMissed: ['1'],
      });
    });

    it('as not passed with the safety question wrong', () => {
      const { total, restudy } = gradeForm(quiz, form, [kept(1, 'a'), kept(2, 'c'), kept(3, 'a')]);
      expect(total).to.include({ points: 200, passed: false });
      expect(restudy).to.deep.equal([{ objective: 'O-1', critical: true }]);
    });

    it('with nothing for an answer that is none', () => {
      const odd: Kept[] = [{ slot: 1, sequence: 1, response: { choice: ['a', 'b'] } }, kept(2, 'zz')];
      expect(gradeForm(quiz, form, odd).total.points).to.equal(0);
    });
  });
});
