import type { Kept, Quiz } from '../../../server/teaching/quizzes/quiz-model.js';
import { expect } from 'chai';
import { usualPolicy } from '../../../server/teaching/content/schema/policy-schema.js';
import {
  countedIn,
  gradeForm,
  itemIn,
  judgeSave,
  newForm,
  openSlots,
  questionsIn,
  quizOf,
  rulesFor,
  stateOf,
} from '../../../server/teaching/quizzes/quiz.js';
import type { DrawnSlot } from '../../../server/teaching/quizzes/drawing/draw-form.js';
import type { OptionItem } from '../../../server/teaching/questions/item.js';
import { explanations, gradedValues } from '../../../server/teaching/quizzes/results/result-page.js';
import { sampleCourse } from '../learning/sample.js';
import { sampleCase } from '../questions/case-samples.js';
import { sampleDecision, sampleItem } from '../questions/samples.js';

const options = ['a', 'b', 'c'].map(id => ({ id, text: `Text ${id}`, feedback: `Feedback ${id}` }));
const item = (id: string, critical: false | 'never-1' = false): OptionItem => ({
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
  learnerTitle: 'Quiz',
  draw: 3,
  pass: 2,
  minCritical: 1,
  items: [item('1', 'never-1'), item('2'), item('3'), item('4')],
  scenarios: [],
  policy: usualPolicy,
  remediated: new Map(),
};
/** Open, and without a time limit. */
const open = { submittedAt: null, deadlineAt: null, graceMs: 0 };
const form: DrawnSlot[] = ['3', '1', '2'].map(itemId => ({ itemId, optionOrder: ['a', 'b', 'c'] }));
const kept = (slot: number, choice: string, sequence = 1): Kept => ({ slot, sequence, response: { choice } });

describe('a quiz put to a learner’s job', () => {
  const decision = sampleItem('decision', { ...sampleDecision('tell'), id: 'D', roles: ['cabin'] });
  const bank = [decision, item('1', 'never-1'), item('2')];
  const drawn: DrawnSlot[] = [{ itemId: 'D', optionOrder: ['a', 'b', 'c'] }];
  const noted = [{ slot: 1, sequence: 1, response: { disposition: 'note', fact: 'b' } }];
  const putTo = (job: Quiz['job']): Quiz => ({ ...quiz, pass: 1, items: bank, job: job ?? null });

  it('asks each question as if it were written for it, and as it is written where there is no job', () => {
    const roles = (job: Quiz['job']) => itemIn(putTo(job), drawn[0] as DrawnSlot).item.roles;
    expect([roles('school'), roles('cabin'), roles(null)]).to.deep.equal([['school'], ['cabin'], ['cabin']]);
    expect(bank[0]).to.equal(decision);
    expect(decision.roles).to.deep.equal(['cabin']);
  });

  it('judges an answer as the job does: a note of a school is read the same day', () => {
    const judged = (job: Quiz['job']) => {
      const { signal, points } = gradeForm(putTo(job), drawn, noted).slots[0] ?? {};
      return [points, signal?.outcome, signal?.shade, signal?.decided];
    };
    expect(judged('school')).to.deep.equal([100, 'hit', undefined, 'exact']);
    expect(judged('cabin')).to.deep.equal([40, 'miss', 'late', 'other']);
    expect(judged(null)).to.deep.equal(judged('cabin'));
  });

  it('leaves out what was met elsewhere, as far as its bank allows', () => {
    const ids = (met: string[]) => newForm({ ...quiz, draw: 2 }, [], 'seed', met).map(({ itemId }) => itemId);
    expect(ids(['2', '3']).toSorted()).to.deep.equal(['1', '4']);
    expect(ids(['2', '3', '4']))
      .to.include('1')
      .and.to.have.lengthOf(2);
  });
});

describe('a question on trial', () => {
  const bank = [...quiz.items, { ...item('5', 'never-1'), status: 'trial' as const }];
  const final: Quiz = { ...quiz, name: 'final', items: bank };
  const withTrial: DrawnSlot[] = [...form, { itemId: '5', optionOrder: ['a', 'b', 'c'], trial: true }];
  const right = [1, 2, 3].map(slot => kept(slot, 'a'));

  it('is drawn beside those that count, in a final alone', () => {
    const trials = newForm(final, [], 'seed').filter(({ trial }) => trial);
    expect(trials.map(({ itemId }) => itemId)).to.deep.equal(['5']);
    expect(newForm(final, [], 'seed')).to.have.lengthOf(4);
    expect(newForm({ ...final, name: 'a-module' }, [], 'seed').map(({ itemId }) => itemId)).to.not.include(
      '5',
    );
    expect([questionsIn(final, withTrial), countedIn(final, withTrial)]).to.deep.equal([4, 3]);
  });

  for (const choice of ['a', 'b', null])
    it(`does not count, answered with ${choice}`, () => {
      const answers = choice ? [...right, kept(4, choice)] : right;
      const graded = gradeForm(final, withTrial, answers);
      const without = gradeForm(final, form, right);
      expect({ ...graded, slots: graded.slots.slice(0, 3) }).to.deep.equal(without);
      expect(graded.slots[3]).to.deep.equal({
        itemId: '5',
        critical: false,
        points: choice === 'a' ? 100 : 0,
        trial: true,
      });
    });

  it('is one that was drawn so: a form drawn before still counts it, and asks what was made of it', () => {
    const wasLive: DrawnSlot[] = [...form, { itemId: '5', optionOrder: ['a', 'b', 'c'] }];
    const decision = { ...sampleItem('decision', sampleDecision('tell')), id: '5', status: 'trial' as const };
    const quizWith: Quiz = { ...final, items: [...quiz.items, decision] };
    const told = { slot: 4, sequence: 1, response: { disposition: 'tell', fact: 'b' } };
    const [asLive, asTrial] = [wasLive, withTrial].map(
      drawn => gradeForm(quizWith, drawn, [...right, told]).slots[3],
    );
    expect(asLive?.signal).to.include({ outcome: 'hit', decided: 'exact' });
    expect(asTrial).to.deep.equal({ itemId: '5', critical: false, points: 100, trial: true });
  });

  it('is kept out of the figures, and its key out of sight, once a ruling has voided it', () => {
    const marked: Quiz = { ...final, marks: new Map([['5', { kind: 'void' }]]) };
    const graded = gradeForm(marked, withTrial, [...right, kept(4, 'b')]);
    expect(graded.slots[3]).to.deep.include({ trial: true, void: true, points: 100 });
    const { feedback } = explanations(marked, { form: withTrial, kept: right, graded }, marked, key => key);
    expect(feedback[3]).to.deep.include({ mark: 'void', review: null });
  });

  it('shows that an answer was unsafe, and counts it nowhere', () => {
    const risky = bank.map(each => (each.id === '5' ? { ...each, unsafe: ['b'] } : each));
    const quizWithRisk: Quiz = { ...final, items: risky };
    const answers = [...right, kept(4, 'b')];
    const graded = gradeForm(quizWithRisk, withTrial, answers);
    const given = { form: withTrial, kept: answers, graded };
    const { feedback } = explanations(quizWithRisk, given, quizWithRisk, key => key);
    expect(feedback.find(({ mark }) => mark === 'trial')?.verdict).to.equal('unsafe');
    expect(graded.items).to.deep.include({ passed: true, criticalMissed: [] });
  });

  it('is marked as such once it may be explained, and leaves sureness alone', () => {
    const sure = [1, 2, 3, 4].map(slot => ({
      ...kept(slot, slot === 4 ? 'b' : 'a'),
      confidence: 'sure' as const,
    }));
    const answers = { form: withTrial, kept: sure, graded: gradeForm(final, withTrial, sure) };
    const { feedback } = explanations(final, answers, final, key => key);
    expect(feedback.map(({ mark, sure: isSure }) => [mark, isSure])).to.deep.equal([
      ...[1, 2, 3].map(() => [null, false]),
      ['trial', false],
    ]);
    expect(gradedValues(final, answers, key => key)).to.deep.include({
      right: 3,
      total: 3,
      calibration: { sure: 3, right: 3 },
    });
  });
});

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

    it('is put to each job, and the same to all who have it', () => {
      expect(quizOf(course, 'a', 'cabin')?.job).to.equal('cabin');
      expect(quizOf(course, 'a')?.job).to.equal(null);
      expect(quizOf(course, 'a', 'cabin')).to.equal(quizOf(course, 'a', 'cabin'));
    });
  });

  it('knows the item of a slot, and refuses a form of another bank', () => {
    expect(itemIn(quiz, { itemId: '2', optionOrder: [] }).item.id).to.equal('2');
    expect(itemIn(quiz, { itemId: '2', optionOrder: [] }).type.name).to.equal('single');
    expect(() => itemIn(quiz, { itemId: 'x', optionOrder: [] })).to.throw(RangeError);
  });

  it('gives its rules every slot of the form, answered or not', () => {
    expect(stateOf(form, [kept(2, 'b', 4)], open)).to.deep.equal({
      submittedAt: null,
      deadline: null,
      grace: 0,
      slots: [
        { slot: 1, sequence: 0, response: null, confidence: null },
        { slot: 2, sequence: 4, response: { choice: 'b' }, confidence: null },
        { slot: 3, sequence: 0, response: null, confidence: null },
      ],
    });
  });

  it('judges an answer by the state', () => {
    const state = stateOf(form, [kept(2, 'b', 4)], open);
    const rules = rulesFor(itemIn(quiz, { itemId: '1', optionOrder: [] }));
    const judge = (slot: number, sequence: number, choice: string) =>
      judgeSave(state, { slot, sequence, response: { choice }, ...rules }, 0).kind;
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

  describe('that ends with a case', () => {
    const final: Quiz = { ...quiz, name: 'final', scenarios: [sampleCase] };
    const long: DrawnSlot[] = [...form, { itemId: sampleCase.id, optionOrder: ['a', 'b', 'c', 'd'] }];
    const right = [kept(1, 'a'), kept(2, 'a'), kept(3, 'a')];
    const wrong = [kept(1, 'b'), kept(2, 'b'), kept(3, 'b')];
    const decided = (path: string): Kept => ({
      slot: 4,
      sequence: path.length,
      response: { path: [...path] },
    });
    const grade = (answers: readonly Kept[], of = long) => gradeForm(final, of, answers);

    it('is the final of a course that names one; a module never has one', () => {
      const course = sampleCourse({ a: { lessons: ['1'] } }, { final: true });
      const withOne = { ...course, final: course.final && { ...course.final, scenarios: [sampleCase] } };
      expect(quizOf(withOne, 'final')?.scenarios).to.deep.equal([sampleCase]);
      expect(quizOf(withOne, 'a')?.scenarios).to.deep.equal([]);
    });

    it('has it as the last slot of every new form, with its letters in an order of their own', () => {
      const forms = Array.from({ length: 30 }, (_, n) => newForm(final, [form], `seed ${n}`));
      for (const drawn of forms) {
        expect(drawn.length).to.equal(4);
        expect(drawn.at(-1)?.itemId).to.equal(sampleCase.id);
        expect([...(drawn.at(-1)?.optionOrder ?? [])].sort()).to.deep.equal(['a', 'b', 'c', 'd']);
        expect(questionsIn(final, drawn)).to.equal(3);
      }
      const orders = new Set(forms.map(drawn => drawn.at(-1)?.optionOrder.join('')));
      expect(orders.size).to.be.greaterThan(5);
      expect(newForm(quiz, [], 'seed 1').length).to.equal(3);
    });

    it('waits for it until it has ended', () => {
      expect(openSlots(final, long, right)).to.deep.equal([4]);
      expect(openSlots(final, long, [...right, decided('abc')])).to.deep.equal([4]);
      expect(openSlots(final, long, [...right, decided('abcd')])).to.deep.equal([]);
      expect(openSlots(final, long, [decided('abcd'), kept(2, 'a')])).to.deep.equal([1, 3]);
    });

    it('keeps each decision once and in its order', () => {
      const state = stateOf(long, [decided('ab')], open);
      const rules = rulesFor(itemIn(final, long[3] as DrawnSlot));
      const judge = (sequence: number, path: string) =>
        judgeSave(state, { slot: 4, sequence, response: { path: [...path] }, ...rules }, 0).kind;
      expect(judge(2, 'abc')).to.equal('keep');
      expect([judge(2, 'ab'), judge(1, 'ab'), judge(0, 'ab')]).to.deep.equal(['same', 'same', 'same']);
      expect([judge(1, 'ac'), judge(0, 'a'), judge(3, 'abc')]).to.deep.equal(['stale', 'stale', 'stale']);
      for (const path of ['a', 'ac', 'aba ', 'abcd', 'acb', 'b', ''])
        expect(judge(2, path), path).to.equal('refused');
    });

    it('is passed when the questions and the case are', () => {
      const both = grade([...right, decided('abca')]);
      expect(both.total).to.deep.equal({
        points: 300,
        maxPoints: 300,
        right: 3,
        passed: true,
        criticalMissed: [],
      });
      expect(both.case).to.include({ steps: 4, right: 3, passed: true, ending: 'passed-on' });
    });

    for (const [what, answers] of [
      ['too few right decisions', [...right, decided('abcc')]],
      ['an unsafe one', [...right, decided('aaad')]],
      ['an end that was not reached', [...right, decided('aaa')]],
      ['no decision at all', right],
      ['a case that is passed but wrong questions', [...wrong, decided('aaaa')]],
    ] as const) {
      it(`is not passed with ${what}`, () => {
        expect(grade(answers).total.passed).to.equal(false);
      });
    }

    it('tells the questions and the case apart', () => {
      const missed = grade([...right, decided('aaad')]);
      expect([missed.items.passed, missed.case?.passed]).to.deep.equal([true, false]);
      expect(missed.total).to.include({ points: 300, maxPoints: 300, right: 3 });
      expect(missed.total.criticalMissed).to.deep.equal([sampleCase.id]);
      expect(missed.restudy).to.deep.equal([]);
    });

    it('keeps with each slot what the right judgement was, and how the case went', () => {
      const judged: Quiz = {
        ...final,
        items: final.items.map(each => (each.id === '3' ? { ...each, judgement: 'no-concern' } : each)),
      };
      expect(gradeForm(judged, long, [...right, decided('abad')]).slots).to.deep.equal([
        { itemId: '3', critical: false, points: 100, judgement: 'no-concern' },
        { itemId: '1', critical: 'never-1', points: 100 },
        { itemId: '2', critical: false, points: 100 },
        {
          itemId: sampleCase.id,
          critical: false,
          points: 75,
          judgement: 'concern',
          case: { steps: 4, right: 3, unsafe: ['never-2'], ending: 'passed-on', passed: false },
          signal: { outcome: 'hit', offersBoth: false },
        },
      ]);
    });

    it('grades a form that was drawn without a case as it always was', () => {
      const old = grade(right, form);
      expect([old.case, old.total.passed]).to.deep.equal([null, true]);
      expect(old.total).to.deep.equal(gradeForm(quiz, form, right).total);
      expect(old.slots.some(slot => 'case' in slot)).to.equal(false);
    });
  });
});
