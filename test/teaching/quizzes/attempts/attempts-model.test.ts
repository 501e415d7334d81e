import type { Quiz } from '../../../../server/teaching/quizzes/quiz-model.js';
import { expect } from 'chai';
import fc from 'fast-check';
import { rows, count } from '../../../support/rows.js';
import type { CycleFacts } from '../../../../server/teaching/learning/enrolments.js';
import { findAttempt, type AttemptFacts } from '../../../../server/teaching/quizzes/attempts/attempts.js';
import { saveAnswer } from '../../../../server/teaching/quizzes/attempts/save-answer.js';
import { submitAttempt } from '../../../../server/teaching/quizzes/attempts/submit.js';
import { startAttempt } from '../../../../server/teaching/quizzes/attempts/start/start.js';
import { itemIn } from '../../../../server/teaching/quizzes/quiz.js';
import type { Answer } from '../../../../server/teaching/questions/answer.js';
import { person } from '../../../support/people.js';
import { enrolled, MODULE, quizIn, readLessons } from '../../../support/walk.js';
import { rightAnswer, wrongAnswer } from '../../../support/answers.js';
import { ownWorld } from '../../../support/world.js';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const TIME = 5 * MINUTE;
const GRACE = 30 * SECOND;

/** What was told to the learner, and must hold from then on. */
interface Told {
  readonly deadline: number | null;
  readonly answers: { slot: number; sequence: number; response: Answer; at: number }[];
  /** The row as it was when this attempt was first seen to be submitted. */
  result: unknown;
}

interface Model {
  now: number;
  readonly attempts: Map<string, Told>;
  /** What each tab has on its screen: an attempt that may be over by now, and how many answers it saw. */
  readonly tabs: {
    attemptId: string | null;
    seen: Map<number, number>;
    last: (() => Promise<void>) | null;
  }[];
}

interface Real {
  readonly cycle: CycleFacts;
  readonly quiz: Quiz;
}

type Command = fc.AsyncCommand<Model, Real>;

/** A step of the walk; after each one all that was ever told is compared with what is stored. */
const step = (
  name: string,
  check: (model: Readonly<Model>) => boolean,
  happen: (model: Model, real: Real) => Promise<void>,
): Command => ({
  check,
  async run(model, real) {
    await happen(model, real);
    await agree(model, real);
  },
  toString: () => name,
});

const always = () => true;

const start = (n: number) =>
  step(`tab ${n} starts or goes on`, always, async (model, real) => {
    const open = await openOf(real.cycle);
    const { id } = await startAttempt(real.cycle, real.quiz, model.now);
    const [current] = open;
    if (current && !isOver(model, current)) expect(id, 'an open attempt is gone on with').to.equal(current);
    if (!model.attempts.has(id)) {
      const deadline = real.quiz.policy.timeLimit === null ? null : model.now + TIME;
      model.attempts.set(id, { deadline, answers: [], result: null });
    }
    model.tabs[n] = { attemptId: id, seen: new Map(), last: null };
  });

const isOver = ({ attempts, now }: Model, id: string): boolean => {
  const deadline = attempts.get(id)?.deadline ?? null;
  return deadline !== null && now > deadline + GRACE;
};

const save = (n: number, slot: number, isRight: boolean) =>
  step(`tab ${n} answers ${slot} ${isRight ? 'right' : 'wrong'}`, hasAttempt(n), async (model, real) => {
    const tab = model.tabs[n]!;
    const sequence = tab.seen.get(slot) ?? 0;
    tab.last = () => send(model, real, { n, slot, sequence, isRight });
    await tab.last();
  });

const again = (n: number) =>
  step(
    `tab ${n} sends its last answer again`,
    ({ tabs }) => tabs[n]?.last != null,
    async ({ tabs }) => tabs[n]?.last?.(),
  );

const hasAttempt =
  (n: number) =>
  ({ tabs }: Readonly<Model>) =>
    tabs[n]?.attemptId != null;

async function send(
  model: Model,
  { quiz }: Real,
  { n, slot, sequence, isRight }: { n: number; slot: number; sequence: number; isRight: boolean },
): Promise<void> {
  const tab = model.tabs[n]!;
  const attempt = await found(tab.attemptId);
  const told = model.attempts.get(attempt.id)!;
  const drawn = attempt.form[slot - 1];
  const { item } = itemIn(quiz, drawn ?? attempt.form[0]!);
  const response = isRight ? rightAnswer(item) : wrongAnswer(item);
  const saved = await saveAnswer(attempt, quiz, { slot, sequence, response }, model.now);
  const kept = told.answers.filter(each => each.slot === slot);
  if (saved.kind === 'kept') {
    expect(told.result, 'nothing is kept after the submission').to.equal(null);
    expect(isOver(model, attempt.id), 'nothing is kept after the time').to.equal(false);
    expect(sequence).to.equal(kept.length);
    told.answers.push({ slot, sequence: sequence + 1, response, at: model.now });
    tab.seen.set(slot, sequence + 1);
  }
  if (saved.kind === 'same') expect(response).to.deep.equal(kept.at(-1)?.response);
  if (saved.kind === 'stale') {
    expect(saved.sequence).to.equal(kept.length).and.not.equal(sequence);
    tab.seen.set(slot, saved.sequence);
  }
  if (saved.kind === 'closed') expect((await found(attempt.id)).submittedAt).to.not.equal(null);
  if (saved.kind === 'out-of-time') expect(isOver(model, attempt.id)).to.equal(true);
  expect(saved.kind === 'invalid-slot').to.equal(drawn === undefined);
  expect(saved.kind).to.not.equal('refused');
}

const submit = (n: number, times: number) =>
  step(`tab ${n} submits, ${times} times at once`, hasAttempt(n), async (model, { quiz }) => {
    const attempt = await found(model.tabs[n]!.attemptId);
    const done = await Promise.all(
      Array.from({ length: times }, () => submitAttempt(attempt, quiz, model.now)),
    );
    expect(done.filter(Boolean)).to.have.length(attempt.submittedAt === null ? 1 : 0);
    if (attempt.submittedAt !== null) return;
    const end = (model.attempts.get(attempt.id)?.deadline ?? 0) + GRACE;
    const { submittedAt } = await found(attempt.id);
    expect(submittedAt, 'ends by the clock when the time was over').to.equal(
      isOver(model, attempt.id) ? end : model.now,
    );
  });

/** An answer and a submission at the same moment: whichever comes first, they do not contradict each other. */
const race = (slot: number) =>
  step(
    `tab 0 answers ${slot} while tab 1 submits`,
    model => hasAttempt(0)(model) && hasAttempt(1)(model),
    async (model, real) => {
      const other = await found(model.tabs[1]!.attemptId);
      await Promise.all([
        submitAttempt(other, real.quiz, model.now),
        send(model, real, { n: 0, slot, sequence: model.tabs[0]!.seen.get(slot) ?? 0, isRight: true }),
      ]);
    },
  );

const wait = (ms: number) =>
  step(`${ms} ms pass`, always, model => {
    model.now += ms;
    return Promise.resolve();
  });

async function found(id: string | null): Promise<AttemptFacts> {
  const attempt = await findAttempt(id);
  if (!attempt) throw new Error('An attempt is gone');
  return attempt;
}

const openOf = async ({ id }: CycleFacts): Promise<string[]> =>
  (
    await rows<{ id: string }>(
      'select id from attempts where cycle_id = $1 and quiz = $2 and submitted_at is null',
      [id, MODULE],
    )
  ).map(open => open.id);

/** What must always hold of all that is stored, whatever has happened. */
async function agree(model: Model, { cycle }: Real): Promise<void> {
  expect((await openOf(cycle)).length, 'open attempts').to.be.at.most(1);
  const stored = await rows<{
    id: string;
    number: number;
    submittedAt: number | null;
    result: string | null;
  }>(
    `select id, number, submitted_at as "submittedAt", result, points, passed from attempts
     where cycle_id = $1 and quiz = $2 order by number`,
    [cycle.id, MODULE],
  );
  expect(stored.map(({ number }) => number)).to.deep.equal(stored.map((_, index) => index + 1));
  expect(new Set(stored.map(({ id }) => id))).to.deep.equal(new Set(model.attempts.keys()));
  for (const row of stored) await agreeOn(model.attempts.get(row.id)!, row);
}

async function agreeOn(told: Told, row: { id: string; submittedAt: number | null }): Promise<void> {
  const answers = await rows<{ slot: number; sequence: number; response: string; at: number }>(
    'select slot, sequence, response, answered_at as at from attempt_answers where attempt_id = $1',
    [row.id],
  );
  const read = answers.map(answer => ({ ...answer, response: JSON.parse(answer.response) as Answer }));
  expect(read, 'what was acknowledged is stored, and nothing else').to.have.deep.members(told.answers);
  const graded = await count(`events where name = 'attempt.graded' and payload like $1`, [`%${row.id}%`]);
  expect(graded, 'results').to.equal(row.submittedAt === null ? 0 : 1);
  if (row.submittedAt === null) return;
  told.result ??= row;
  expect(row, 'a result never changes').to.deep.equal(told.result);
}

describe('attempts beside what the learner was told, at random', () => {
  ownWorld();
  const tab = fc.constantFrom(0, 1);
  const slot = fc.constantFrom(1, 1, 2, 3, 0, 4);
  const commands = fc.commands(
    [
      fc.tuple(tab, slot, fc.boolean()).map(given => save(...given)),
      fc.tuple(tab, slot, fc.boolean()).map(given => save(...given)),
      fc.tuple(tab, slot, fc.boolean()).map(given => save(...given)),
      tab.map(start),
      tab.map(again),
      fc.tuple(tab, fc.constantFrom(1, 2, 5)).map(given => submit(...given)),
      slot.map(race),
      fc.constantFrom(SECOND, 100 * SECOND, TIME, GRACE, GRACE + 1).map(wait),
    ],
    { size: 'max', maxCommands: 60 },
  );

  for (const isTimed of [false, true]) {
    it(`lose and double nothing, ${isTimed ? 'against the clock' : 'with all the time'}`, async () => {
      await fc.assert(
        fc.asyncProperty(commands, async walk => {
          const cycle = await enrolled(await person());
          await readLessons(cycle, MODULE);
          const quiz = await quizIn(cycle);
          const policy = { ...quiz.policy, timeLimit: isTimed ? TIME / MINUTE : null, grace: GRACE / SECOND };
          // Nothing is to be worked through between two attempts.
          const real = { cycle, quiz: { ...quiz, policy, remediated: new Map() } };
          const tabs = [0, 1].map(() => ({ attemptId: null, seen: new Map<number, number>(), last: null }));
          const model: Model = { now: Date.now(), attempts: new Map(), tabs };
          await start(0).run(model, real);
          await fc.asyncModelRun(() => ({ model, real }), walk);
        }),
        { numRuns: 15, endOnFailure: true },
      );
    });
  }
});
