import type { Kept, Quiz } from '../../../../../server/teaching/quizzes/quiz-model.js';
import { expect } from 'chai';
import fc from 'fast-check';
import { gradeForm, newForm, quizOf } from '../../../../../server/teaching/quizzes/quiz.js';
import { dryRun } from '../../../../../server/teaching/quizzes/regrading/preview/dry-run.js';
import {
  certificateEffect,
  changeOf,
  type AttemptResult,
} from '../../../../../server/teaching/quizzes/regrading/preview/impact.js';
import {
  KINDS,
  rulingsInForce,
  underRulings,
  type Ruling,
  type RulingTerms,
} from '../../../../../server/teaching/quizzes/regrading/ruling/rulings.js';
import type { Item } from '../../../../../server/teaching/questions/item.js';
import type { JobName } from '../../../../../server/teaching/questions/jobs.js';
import { sampleDecision, sampleItem } from '../../../questions/samples.js';
import { course, MODULE } from '../../../../support/walk.js';
import { rightAnswer, wrongAnswer } from '../../../../support/answers.js';
import { ownWorld } from '../../../../support/world.js';

const ruling = (number: number, over: Partial<Ruling> = {}): Ruling => ({
  number,
  itemId: 'M1-001',
  kind: 'void',
  fromVersion: 1,
  toVersion: 3,
  keyVersion: null,
  answers: [],
  createdAt: number,
  ...over,
});

const termsFor = (item: Item, over: Partial<RulingTerms> = {}): ReadonlyMap<string, RulingTerms> =>
  new Map([[item.id, ruling(1, { itemId: item.id, ...over })]]);

const nothingElse = (): never => {
  throw new Error('No other wording was asked for');
};

/** An item whose key names other options, as a later version might. */
const rekeyed = (item: Item): Item => {
  const { options, key } = item as Item & { options: { id: string }[]; key: string[] };
  return {
    ...item,
    key: options
      .map(({ id }) => id)
      .filter(id => !key.includes(id))
      .slice(0, key.length),
  } as Item;
};

describe('rulings', () => {
  ownWorld();
  let quiz: Quiz;

  before(async () => {
    const { snapshot } = await course();
    const found = quizOf(snapshot, MODULE);
    if (!found) throw new Error('No quiz');
    quiz = found;
  });

  /** A form with answers, each right or wrong or missing. */
  const taken = (seed: string, knows: readonly (boolean | null)[]) => {
    const form = newForm(quiz, [], seed);
    const kept = form.flatMap(({ itemId }, index): Kept[] => {
      const item = quiz.items.find(({ id }) => id === itemId);
      const knew = knows[index % knows.length];
      if (!item || knew == null) return [];
      return [{ slot: index + 1, sequence: 1, response: knew ? rightAnswer(item) : wrongAnswer(item) }];
    });
    const { points, maxPoints, right, passed } = gradeForm(quiz, form, kept).total;
    return { form, job: null, kept, before: { points, maxPoints, right, passed } };
  };
  const anybody = fc.tuple(fc.uuid(), fc.array(fc.option(fc.boolean()), { minLength: 1, maxLength: 12 }));

  it('are in force when they are the newest on a question, for their versions', () => {
    const rulings = [
      ruling(3, { kind: 'lift', toVersion: 1 }),
      ruling(1),
      ruling(2, { kind: 'key', keyVersion: 4, fromVersion: 2 }),
    ];
    const kindAt = (version: number) => rulingsInForce(rulings, version).get('M1-001')?.kind ?? null;
    expect([1, 2, 3, 4].map(kindAt)).to.deep.equal([null, 'key', 'key', null]);
    expect(rulingsInForce([...rulings, ruling(4, { itemId: 'M1-002' })], 1).size).to.equal(1);
  });

  it('leave a quiz without rulings as it is', () => {
    expect(underRulings(quiz, new Map(), nothingElse)).to.equal(quiz);
  });

  it('that void a question give everybody its full points, answered or not, and fail nobody for safety', () => {
    const critical = quiz.items.find(item => item.critical !== false);
    if (!critical) throw new Error('The bank has no safety question');
    const form = [{ itemId: critical.id, optionOrder: [] }];
    const strict = { ...quiz, pass: 1 };
    const wrong = [{ slot: 1, sequence: 1, response: wrongAnswer(critical) }];
    for (const kept of [wrong, []]) {
      expect(gradeForm(strict, form, kept).total).to.include({ points: 0, passed: false });
      const ruled = gradeForm(underRulings(strict, termsFor(critical), nothingElse), form, kept);
      expect(ruled.total).to.include({ points: 100, right: 1, passed: true });
      expect(ruled.total.criticalMissed).to.deep.equal([]);
      expect(ruled.slots[0]).to.include({ points: 100, void: true });
    }
  });

  it('that void any question lower nobody’s result', () => {
    fc.assert(
      fc.property(anybody, fc.nat(), ([seed, knows], at) => {
        const attempt = taken(seed, knows);
        const item = quiz.items[at % quiz.items.length] as Item;
        const run = dryRun(attempt, underRulings(quiz, termsFor(item), nothingElse), { withdraw: true });
        expect(run.found.points).to.be.at.least(run.before.points);
        expect(run.found.right).to.be.at.least(run.before.right);
        expect(run.change).to.be.oneOf(['same', 'points', 'passed']);
      }),
    );
  });

  it('that accept one more answer lower nobody’s result, and give that answer its full points', () => {
    fc.assert(
      fc.property(anybody, fc.nat(), ([seed, knows], at) => {
        const attempt = taken(seed, knows);
        const item = quiz.items.filter(({ type }) => type !== 'report')[at % 5] as Item;
        const answers = [wrongAnswer(item)];
        const ruled = underRulings(quiz, termsFor(item, { kind: 'accept', answers }), nothingElse);
        const run = dryRun(attempt, ruled, { withdraw: true });
        expect(run.found.points).to.be.at.least(run.before.points);
        const slot = attempt.form.findIndex(({ itemId }) => itemId === item.id);
        if (attempt.kept.some(answer => answer.slot === slot + 1))
          expect(run.slots[slot]?.points).to.equal(100);
      }),
    );
  });

  it('that correct a key swap right and wrong answers, and touch no other question', () => {
    const item = quiz.items.find(({ type, critical }) => type === 'single' && critical === false) as Item;
    const terms = termsFor(item, { kind: 'key', keyVersion: 2 });
    const ruled = underRulings(quiz, terms, () => rekeyed(item));
    const form = quiz.items.slice(0, 8).map(({ id }) => ({ itemId: id, optionOrder: [] }));
    if (!form.some(({ itemId }) => itemId === item.id)) form.push({ itemId: item.id, optionOrder: [] });
    const kept = form.map(({ itemId }, index) => ({
      slot: index + 1,
      sequence: 1,
      response: rightAnswer(quiz.items.find(({ id }) => id === itemId) as Item),
    }));
    const [before, after] = [gradeForm(quiz, form, kept), gradeForm(ruled, form, kept)];
    const at = form.findIndex(({ itemId }) => itemId === item.id);
    expect([before.slots[at]?.points, after.slots[at]?.points]).to.deep.equal([100, 0]);
    expect(before.total.points - after.total.points).to.equal(100);
  });

  it('grade an attempt as it was: for the job with which it began', () => {
    const item = {
      ...sampleItem('decision', sampleDecision('tell')),
      objective: quiz.items[0]?.objective ?? '',
    };
    const noted = { slot: 1, sequence: 1, response: { disposition: 'note', fact: 'b' } };
    const before = { points: 40, maxPoints: 100, right: 0, passed: false };
    const signal = (job: JobName | null) =>
      dryRun(
        { form: [{ itemId: item.id, optionOrder: [] }], job, kept: [noted], before },
        { ...quiz, items: [item], draw: 1, pass: 1 },
        { withdraw: false },
      ).slots[0]?.signal;
    expect([signal('school')?.outcome, signal('cabin')?.outcome, signal(null)?.outcome]).to.deep.equal([
      'hit',
      'miss',
      'miss',
    ]);
  });

  it('grade an attempt the same in any order and any number of times', () => {
    fc.assert(
      fc.property(anybody, fc.subarray([...KINDS].filter(kind => kind !== 'key')), ([seed, knows], kinds) => {
        const attempt = taken(seed, knows);
        const ids = attempt.form.map(({ itemId }) => itemId);
        const rulings = kinds.map((kind, n) =>
          ruling(n + 1, {
            kind,
            itemId: ids[n] ?? '',
            answers: kind === 'accept' ? [{ choice: 'a' }] : [],
          }),
        );
        const run = (list: readonly Ruling[]) =>
          dryRun(attempt, underRulings(quiz, rulingsInForce(list, 1), nothingElse), { withdraw: false });
        const once = run(rulings);
        expect(run(rulings.toReversed())).to.deep.equal(once);
        const again = dryRun(
          { ...attempt, before: once.found },
          underRulings(quiz, rulingsInForce(rulings, 1), nothingElse),
          { withdraw: true },
        );
        expect(again.change).to.equal('same');
      }),
    );
  });
});

describe('what a regrade does to a result', () => {
  ownWorld();
  const result = (points: number, passed: boolean): AttemptResult => ({
    points,
    maxPoints: 1000,
    right: Math.floor(points / 100),
    passed,
  });
  const keep = { withdraw: false };

  it('keeps a pass that was earned under the published key, unless passes are withdrawn', () => {
    expect(changeOf(result(800, true), result(700, false), keep)).to.equal('kept');
    expect(changeOf(result(800, true), result(700, false), { withdraw: true })).to.equal('withdrawn');
  });

  it('corrects everything else, up and down', () => {
    expect(changeOf(result(700, false), result(800, true), keep)).to.equal('passed');
    expect(changeOf(result(900, true), result(800, true), keep)).to.equal('points');
    expect(changeOf(result(700, false), result(600, false), keep)).to.equal('points');
    expect(changeOf(result(800, true), result(800, true), keep)).to.equal('same');
  });

  const cycle = {
    holdsPass: true,
    isQuizPassed: true,
    hasOtherPass: false,
    isCompleted: true,
    completesWithQuiz: true,
  };
  const fresh = { ...cycle, holdsPass: false, isQuizPassed: false, isCompleted: false };
  const up = { before: result(700, false), found: result(800, true) };

  it('issues a certificate only for a cycle that the pass completes', () => {
    expect(certificateEffect('passed', up, fresh)).to.equal('issue');
    expect(certificateEffect('passed', up, { ...fresh, completesWithQuiz: false })).to.equal('none');
    expect(certificateEffect('passed', up, { ...fresh, isQuizPassed: true })).to.equal('none');
  });

  it('replaces one only where it would print another result of the attempt that it prints', () => {
    const other = { before: result(800, true), found: result(900, true) };
    expect(certificateEffect('points', other, cycle)).to.equal('replace');
    expect(certificateEffect('points', other, { ...cycle, holdsPass: false })).to.equal('none');
    expect(certificateEffect('points', other, { ...cycle, isCompleted: false })).to.equal('none');
    const alike = { before: result(805, true), found: result(808, true) };
    expect(certificateEffect('points', alike, cycle)).to.equal('none');
    expect(certificateEffect('kept', other, cycle)).to.equal('none');
  });

  it('suspends one whose pass is withdrawn, unless another attempt passed', () => {
    const down = { before: result(800, true), found: result(700, false) };
    expect(certificateEffect('withdrawn', down, cycle)).to.equal('suspend');
    expect(certificateEffect('withdrawn', down, { ...cycle, hasOtherPass: true })).to.equal('replace');
    expect(certificateEffect('withdrawn', down, { ...cycle, holdsPass: false })).to.equal('none');
  });
});
