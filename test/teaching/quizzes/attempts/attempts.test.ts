import { expect } from 'chai';
import { row, rows, count } from '../../../support/rows.js';
import { inTransaction } from '../../../../server/platform/db/transaction.js';
import { Conflict } from '../../../../server/errors.js';
import { recordPass } from '../../../../server/teaching/learning/progress.js';
import {
  savedAnswers,
  attemptsAt,
  findAttempt,
  passedResults,
} from '../../../../server/teaching/quizzes/attempts/attempts.js';
import { resultOf, submitAttempt } from '../../../../server/teaching/quizzes/attempts/submit.js';
import { saveAnswer } from '../../../../server/teaching/quizzes/attempts/save-answer.js';
import { itemIn } from '../../../../server/teaching/quizzes/quiz.js';
import { startAttempt } from '../../../../server/teaching/quizzes/attempts/start/start.js';
import { person } from '../../../support/people.js';
import {
  answerAll,
  attemptWith,
  enrolled,
  freshCycle,
  MODULE,
  quizIn,
  quizzesOf,
  readLessons,
  takeQuiz,
} from '../../../support/walk.js';
import { rightAnswer, wrongAnswer } from '../../../support/answers.js';
import { ownWorld, world } from '../../../support/world.js';

async function ready(slug?: string, name = MODULE) {
  const cycle = await enrolled(await person(), slug);
  await readLessons(cycle);
  return { cycle, quiz: await quizIn(cycle, name) };
}

async function open() {
  const { cycle, quiz } = await ready();
  return { cycle, quiz, attempt: await startAttempt(cycle, quiz, Date.now()) };
}

describe('attempts', () => {
  ownWorld();
  it('are found by their id alone', async () => {
    const { attempt } = await open();
    expect((await findAttempt(attempt.id))?.form).to.deep.equal(attempt.form);
    for (const id of [
      '',
      'x',
      attempt.id.toUpperCase(),
      `${attempt.id} `,
      null,
      undefined,
      [attempt.id],
      7,
    ]) {
      expect(await findAttempt(id)).to.equal(null);
    }
  });

  it('begin once, of twenty tries at the same moment', async () => {
    const { cycle, quiz } = await ready();
    const started = await Promise.all(
      Array.from({ length: 20 }, () => startAttempt(cycle, quiz, Date.now())),
    );
    expect(new Set(started.map(({ id }) => id)).size).to.equal(1);
    expect(await attemptsAt(cycle.id, quiz.name)).to.have.length(1);
  });

  it('are never submitted before they began, though the clock was set back', async () => {
    const { cycle, quiz } = await ready();
    const ahead = Date.now() + 3_600_000;
    const attempt = await startAttempt(cycle, quiz, ahead);
    await submitAttempt(attempt, quiz, Date.now());
    expect((await findAttempt(attempt.id))?.submittedAt).to.equal(ahead);
  });

  it('hold no answer from before they began or from before an earlier answer, though the clock was set back', async () => {
    const { cycle, quiz } = await ready();
    const now = Date.now();
    const [ahead, later] = [now + 3_600_000, now + 3_900_000];
    const attempt = await startAttempt(cycle, quiz, ahead);
    const answer = (slot: number, at: number) => {
      const { item } = itemIn(quiz, attempt.form[slot - 1]!);
      return saveAnswer(attempt, quiz, { slot, sequence: 0, response: rightAnswer(item) }, at);
    };
    await answer(1, now);
    await answer(2, later);
    await answer(3, now);
    const kept = await rows<{ at: number }>(
      'select answered_at as at from attempt_answers where attempt_id = $1 order by slot',
      [attempt.id],
    );
    expect(kept.map(({ at }) => at)).to.deep.equal([ahead, later, later]);
    await submitAttempt(attempt, quiz, now);
    expect((await findAttempt(attempt.id))?.submittedAt).to.equal(later);
  });

  it('are numbered, and each draws anew', async () => {
    const { cycle } = await ready();
    for (let number = 1; number <= 4; number += 1) await takeQuiz(cycle, MODULE, wrongAnswer);
    const attempts = await attemptsAt(cycle.id, MODULE);
    expect(attempts.map(({ number }) => number)).to.deep.equal([1, 2, 3, 4]);
    attempts.slice(1).forEach(({ form }, index) => {
      const before = attempts[index]?.form.map(({ itemId }) => itemId) ?? [];
      expect(form.filter(({ itemId }) => before.includes(itemId))).to.deep.equal([]);
    });
  });

  it('differ from one learner to the next', async () => {
    const forms = await Promise.all(Array.from({ length: 6 }, async () => (await open()).attempt.form));
    expect(new Set(forms.map(form => JSON.stringify(form))).size).to.be.greaterThan(1);
  });

  it('of one quiz are not those of another, nor of another cycle', async () => {
    const [{ cycle, quiz }, other] = [await open(), await ready()];
    expect(await attemptsAt(cycle.id, 'see-respond-report')).to.deep.equal([]);
    expect(await attemptsAt(other.cycle.id, quiz.name)).to.deep.equal([]);
  });

  it('keep the last answer in each slot', async () => {
    const { attempt, quiz } = await open();
    const [first, second] = attempt.form.map(drawn => quiz.items.find(({ id }) => id === drawn.itemId));
    if (!first || !second) throw new Error('The form has too few questions');
    const save = (slot: number, sequence: number, response: ReturnType<typeof rightAnswer>) =>
      saveAnswer(attempt, quiz, { slot, sequence, response }, Date.now());
    expect((await save(2, 0, rightAnswer(second))).kind).to.equal('kept');
    expect((await save(1, 0, wrongAnswer(first))).kind).to.equal('kept');
    expect((await save(1, 1, rightAnswer(first))).kind).to.equal('kept');
    expect((await save(1, 0, rightAnswer(first))).kind).to.equal('same');
    expect(await save(1, 1, wrongAnswer(first))).to.deep.equal({
      kind: 'stale',
      sequence: 2,
      theirs: rightAnswer(first),
    });
    expect((await save(99, 0, rightAnswer(first))).kind).to.equal('invalid-slot');
    expect((await savedAnswers(attempt.id)).map(({ slot, sequence }) => [slot, sequence])).to.deep.equal([
      [1, 2],
      [2, 1],
    ]);
  });

  it('keep one of twenty different answers that come at the same moment', async () => {
    const { cycle, quiz } = await ready();
    const item = quiz.items.find(({ type }) => type === 'single');
    if (!item) throw new Error('The bank has no single choice');
    const attempt = await attemptWith(cycle, quiz, [item]);
    const answers = Array.from({ length: 20 }, (_, n) => (n % 2 ? rightAnswer(item) : wrongAnswer(item)));
    const saved = await Promise.all(
      answers.map(response => saveAnswer(attempt, quiz, { slot: 1, sequence: 0, response }, Date.now())),
    );
    const kinds = saved.map(({ kind }) => kind);
    expect(kinds.filter(kind => kind === 'kept')).to.have.length(1);
    expect(kinds.filter(kind => kind === 'same')).to.have.length(9);
    expect(kinds.filter(kind => kind === 'stale')).to.have.length(10);
    expect(await count('attempt_answers where attempt_id = $1', [attempt.id])).to.equal(1);
  });

  it('are submitted once, of twenty tries at the same moment', async () => {
    const { attempt, quiz } = await open();
    await answerAll(attempt, quiz);
    const done = await Promise.all(
      Array.from({ length: 20 }, () => submitAttempt(attempt, quiz, Date.now())),
    );
    expect(done.filter(Boolean)).to.have.length(1);
  });

  it('never take an answer and a submission that contradict each other', async () => {
    const { cycle, quiz } = await ready();
    const item = quiz.items.find(({ type }) => type === 'single');
    if (!item) throw new Error('The bank has no single choice');
    const attempt = await attemptWith(cycle, quiz, [item]);
    const small = { ...quiz, pass: 1 };
    const [saved] = await Promise.all([
      saveAnswer(attempt, small, { slot: 1, sequence: 0, response: rightAnswer(item) }, Date.now()),
      submitAttempt(attempt, small, Date.now()),
    ]);
    const points = (await findAttempt(attempt.id))?.points;
    expect([saved.kind, points]).to.be.deep.oneOf([
      ['kept', 100],
      ['closed', 0],
    ]);
    const late = await saveAnswer(
      attempt,
      small,
      { slot: 1, sequence: 1, response: wrongAnswer(item) },
      Date.now(),
    );
    expect(late.kind).to.equal('closed');
  });

  it('have no result while they are open', async () => {
    const { attempt, quiz } = await open();
    const refusal = await resultOf(attempt, quiz, []).catch((fault: unknown) => fault);
    expect(refusal).to.be.instanceOf(Conflict);
  });

  it('keep result and news together: a fault after the grading undoes it', async () => {
    const { attempt, quiz } = await open();
    await answerAll(attempt, quiz);
    await inTransaction(async () => {
      await submitAttempt(attempt, quiz, Date.now());
      throw new Error('the power goes');
    }).catch(() => undefined);
    expect((await findAttempt(attempt.id))?.submittedAt).to.equal(null);
    expect(
      await count(`events where name = 'quiz.passed' and payload like $1`, [`%${attempt.id}%`]),
    ).to.equal(0);
    expect(await submitAttempt(attempt, quiz, Date.now())).to.equal(true);
  });
});

describe('a pass', () => {
  ownWorld();
  it('is kept once, with the attempt that came first', async () => {
    const { cycle } = await ready();
    const first = await takeQuiz(cycle, MODULE);
    await takeQuiz(cycle, MODULE);
    await world().worker.drain();
    const pass = await row<{ attemptId: string }>(
      'select attempt_id as "attemptId" from quiz_passes where cycle_id = $1',
      [cycle.id],
    );
    expect(pass?.attemptId).to.equal(first.id);
    expect(await passedResults([cycle.id])).to.have.length(1);
  });

  it('completes the course with the last quiz, once, at the moment of that pass', async () => {
    const { cycle } = await ready();
    let last = '';
    for (const name of await quizzesOf(cycle)) last = (await takeQuiz(cycle, name)).id;
    const passedAt = (await findAttempt(last))?.submittedAt ?? 0;
    await world().worker.drain();
    expect((await freshCycle(cycle)).completedAt).to.equal(passedAt);
    await recordPass(
      { cycleId: cycle.id, quiz: MODULE, attemptId: last, passedAt: passedAt + 1 },
      Date.now(),
    );
    expect((await freshCycle(cycle)).completedAt).to.equal(passedAt);
    expect(
      await count(`events where name = 'course.completed' and payload like $1`, [`%${cycle.id}%`]),
    ).to.equal(1);
  });

  it('of a cycle that does not exist is refused', async () => {
    const pass = {
      cycleId: '00000000-0000-4000-8000-000000000000',
      quiz: MODULE,
      attemptId: 'x',
      passedAt: 1,
    };
    const refusal = await recordPass(pass, Date.now()).catch((fault: unknown) => fault);
    expect(refusal).to.be.instanceOf(Error);
  });
});
