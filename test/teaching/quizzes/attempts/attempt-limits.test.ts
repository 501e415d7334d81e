import { expect } from 'chai';
import { rows, count, write } from '../../../support/rows.js';
import { inTransaction } from '../../../../server/platform/db/transaction.js';
import { Conflict } from '../../../../server/errors.js';
import { enqueue } from '../../../../server/platform/events/jobs/enqueue.js';
import { enrol } from '../../../../server/teaching/learning/enrolments.js';
import { newId } from '../../../../server/platform/lib/ids.js';
import { createRoutines } from '../../../../server/background.js';
import { courseVersion } from '../../../../server/teaching/courses/catalogue.js';
import { grantAttempt } from '../../../../server/teaching/quizzes/attempts/extra-attempts.js';
import { attemptsAt } from '../../../../server/teaching/quizzes/attempts/attempts.js';
import { saveAnswer } from '../../../../server/teaching/quizzes/attempts/save-answer.js';
import { submitAttempt } from '../../../../server/teaching/quizzes/attempts/submit.js';
import { startAttempt } from '../../../../server/teaching/quizzes/attempts/start/start.js';
import { closeOverdue } from '../../../../server/teaching/quizzes/attempts/time/close-overdue.js';
import {
  agreeExtraTime,
  allowanceOf,
  extraTimesOf,
} from '../../../../server/teaching/quizzes/attempts/time/extra-time.js';
import { finishRemediation } from '../../../../server/teaching/quizzes/remediation/completions.js';
import { ownWorld, world } from '../../../support/world.js';
import { dina } from '../../../support/people.js';
import { under } from '../../../support/quizzes/policies.js';
import { answerAll, takeQuiz, workThrough } from '../../../support/walk.js';
import { rightAnswer, wrongAnswer } from '../../../support/answers.js';

const MINUTE = 60_000;
const DAY = 1440 * MINUTE;
const refusal = (work: Promise<unknown>) => work.then(() => null).catch((fault: unknown) => fault);
type ReactionDeps = Parameters<typeof createRoutines>[0];
type Learner = Awaited<ReturnType<typeof under>>;
const fail = ({ cycle, quiz }: Learner) => takeQuiz(cycle, quiz.name, wrongAnswer);

describe('a limit on attempts', () => {
  ownWorld();
  it('holds against fifty starts at the same moment, once none is left and while one is', async () => {
    const learner = await under({ attempts: 2 });
    const { cycle, quiz } = learner;
    await fail(learner);
    await workThrough(cycle, quiz);
    const all = () => Promise.all(Array.from({ length: 50 }, () => startAttempt(cycle, quiz, Date.now())));
    const [open] = new Set((await all()).map(({ id }) => id));
    expect(await attemptsAt(cycle.id, quiz.name)).to.have.length(2);
    const [, second] = await attemptsAt(cycle.id, quiz.name);
    expect(second?.id).to.equal(open);
    if (second) await submitAttempt(second, quiz, Date.now());
    await workThrough(cycle, quiz);
    const refused = await Promise.all(
      Array.from({ length: 50 }, () => refusal(startAttempt(cycle, quiz, Date.now()))),
    );
    expect(refused.every(fault => fault instanceof Conflict)).to.equal(true);
    expect(await attemptsAt(cycle.id, quiz.name)).to.have.length(2);
  });

  it('is passed by one attempt for each that is granted; the same grant twice is one', async () => {
    const learner = await under({ attempts: 1 });
    const { cycle, quiz } = learner;
    const { id: actorId } = await dina();
    await fail(learner);
    const grant = { quiz: quiz.name, number: 1 };
    const by = { actorId, now: Date.now() };
    const made = await Promise.all(Array.from({ length: 10 }, () => grantAttempt(cycle, grant, by)));
    expect(made.filter(Boolean)).to.have.length(1);
    expect(
      await count(`events where name = 'attempt.granted' and payload like $1`, [`%${cycle.id}%`]),
    ).to.equal(1);
    await fail(learner);
    await workThrough(cycle, quiz);
    expect(await refusal(startAttempt(cycle, quiz, Date.now()))).to.be.instanceOf(Conflict);
  });

  it('is not lifted by enrolling again', async () => {
    const learner = await under({ attempts: 1 });
    const { cycle, quiz } = learner;
    await fail(learner);
    await workThrough(cycle, quiz);
    const { id: userId } = learner.learner;
    const course = await courseVersion(cycle.courseVersionId);
    const again = await enrol({ userId, organisationId: cycle.organisationId, course, now: Date.now() });
    expect(again.id).to.equal(cycle.id);
    expect(await refusal(startAttempt(again, quiz, Date.now()))).to.be.instanceOf(Conflict);
  });

  it('ends with the pass', async () => {
    const { cycle, quiz } = await under({ attempts: 1 });
    await takeQuiz(cycle, quiz.name);
    expect((await startAttempt(cycle, quiz, Date.now())).number).to.equal(2);
  });
});

describe('a window of tries', () => {
  ownWorld();
  const window = { tries: 2, days: 7, waits: [10] };
  /** Somebody who failed twice, so that no try is left. */
  const spent = async () => {
    const learner = await under({ window, ask: 'Ask the head.', remediation: false });
    const first = await fail(learner);
    await write('update attempts set submitted_at = submitted_at - $1 where id = $2', [DAY, first.id]);
    const second = await fail(learner);
    return { ...learner, opens: (first.submittedAt ?? 0) + 6 * DAY, now: second.submittedAt ?? 0 };
  };

  it('is closed after the last try until the first of them has left it', async () => {
    const { cycle, quiz, opens } = await spent();
    expect(await refusal(startAttempt(cycle, quiz, opens - 1))).to.be.instanceOf(Conflict);
    expect((await startAttempt(cycle, quiz, opens)).number).to.equal(3);
  });

  it('lets one more start at once for each that is granted', async () => {
    const { cycle, quiz, now } = await spent();
    const by = { actorId: (await dina()).id, now };
    const grants = Array.from({ length: 5 }, () => grantAttempt(cycle, { quiz: quiz.name, number: 1 }, by));
    expect((await Promise.all(grants)).filter(Boolean)).to.have.length(1);
    const third = await startAttempt(cycle, quiz, now);
    expect(third.number).to.equal(3);
    await submitAttempt(third, quiz, now + MINUTE);
    expect(await refusal(startAttempt(cycle, quiz, now + 2 * MINUTE))).to.be.instanceOf(Conflict);
  });
});

describe('a cool-down', () => {
  ownWorld();
  it('lets the next attempt start from its end on, by the clock that is given', async () => {
    const learner = await under({ coolDown: { minutes: 30, grows: false } });
    const { cycle, quiz } = learner;
    const { submittedAt } = await fail(learner);
    await workThrough(cycle, quiz);
    const end = (submittedAt ?? 0) + 30 * MINUTE;
    expect(await refusal(startAttempt(cycle, quiz, end - 1))).to.be.instanceOf(Conflict);
    expect((await startAttempt(cycle, quiz, end)).number).to.equal(2);
  });
});

describe('a time limit', () => {
  ownWorld();
  it('is fixed when the attempt starts: what is agreed later moves nothing', async () => {
    const { cycle, quiz, learner } = await under({ timeLimit: 10, grace: 20 });
    const now = Date.now();
    const { id: actorId } = await dina();
    const attempt = await startAttempt(cycle, quiz, now);
    expect([attempt.deadlineAt, attempt.graceMs]).to.deep.equal([now + 10 * MINUTE, 20_000]);
    const member = { userId: learner.id, organisationId: cycle.organisationId };
    await agree(member, { number: 1, allowance: '100' }, actorId);
    expect((await startAttempt(cycle, quiz, now)).deadlineAt).to.equal(now + 10 * MINUTE);
    await submitAttempt(attempt, quiz, now);
    await workThrough(cycle, quiz);
    expect((await startAttempt(cycle, quiz, now)).deadlineAt).to.equal(now + 20 * MINUTE);
  });

  it('keeps an answer until its grace is over, and none after', async () => {
    const { attempt, quiz, item, end } = await timed();
    const save = (sequence: number, response: ReturnType<typeof rightAnswer>, now: number) =>
      saveAnswer(attempt, quiz, { slot: 1, sequence, response }, now);
    expect((await save(0, wrongAnswer(item), end)).kind).to.equal('kept');
    expect((await save(1, rightAnswer(item), end + 1)).kind).to.equal('out-of-time');
    expect(await count('attempt_answers where attempt_id = $1', [attempt.id])).to.equal(1);
  });

  it('closes an attempt with what was saved, once, whoever comes: its learner, or the clock', async () => {
    const { attempt, quiz, cycle, item, end } = await timed();
    await saveAnswer(attempt, quiz, { slot: 1, sequence: 0, response: rightAnswer(item) }, end);
    await closeOverdue(end);
    expect((await attemptsAt(cycle.id, quiz.name))[0]?.submittedAt).to.equal(null);
    const done = await Promise.all([
      ...Array.from({ length: 5 }, () => closeOverdue(end + 1).then(() => false)),
      ...Array.from({ length: 5 }, () => submitAttempt(attempt, quiz, end + 1)),
    ]);
    expect(done.filter(Boolean).length).to.be.at.most(1);
    const [closed] = await attemptsAt(cycle.id, quiz.name);
    expect(closed).to.include({ submittedAt: end, closedBy: 'clock', points: 100 });
    const [event, ...others] = await rows<{ payload: string; actor: string | null }>(
      `select payload, actor_id as actor from events where name = 'attempt.graded' and payload like $1`,
      [`%${attempt.id}%`],
    );
    expect(others).to.deep.equal([]);
    expect(event?.actor).to.equal(null);
    expect(JSON.parse(event?.payload ?? '{}')).to.include({ closedBy: 'clock' });
  });

  it('is looked after every minute: what is over by then is closed without anybody', async () => {
    const { attempt, quiz, cycle } = await timed();
    await write('update attempts set deadline_at = $1 where id = $2', [Date.now() - MINUTE, attempt.id]);
    const routine = createRoutines({ clock: Date.now } as ReactionDeps).find(
      ({ name }) => name === 'attempts.close-overdue',
    );
    expect(routine?.cron).to.equal('* * * * *');
    const job = {
      reaction: 'attempts.close-overdue',
      lane: 'routine' as const,
      dedupeKey: newId(),
      now: Date.now(),
    };
    await inTransaction(() => enqueue(job));
    await world().worker.drain();
    expect((await attemptsAt(cycle.id, quiz.name))[0]).to.include({ closedBy: 'clock' });
  });

  it('counts what its learner submits within the grace as submitted', async () => {
    const { attempt, quiz, cycle, end } = await timed();
    await answerAll(attempt, quiz);
    expect(await submitAttempt(attempt, quiz, end)).to.equal(true);
    expect((await attemptsAt(cycle.id, quiz.name))[0]).to.include({ closedBy: 'learner', submittedAt: end });
  });

  it('does not close what has none', async () => {
    const { cycle, quiz } = await under({});
    const attempt = await startAttempt(cycle, quiz, 1);
    await closeOverdue(Date.now());
    expect((await attemptsAt(cycle.id, quiz.name))[0]?.submittedAt).to.equal(null);
    expect(attempt.deadlineAt).to.equal(null);
  });

  /** An open attempt, the item of its first question, and the moment until which an answer is kept. */
  async function timed() {
    const learner = await under({ timeLimit: 10, grace: 20 });
    const attempt = await startAttempt(learner.cycle, learner.quiz, Date.now());
    const item = learner.quiz.items.find(({ id }) => id === attempt.form[0]?.itemId);
    if (!item) throw new Error('The first question is not in the bank');
    return { ...learner, item, attempt, end: (attempt.deadlineAt ?? 0) + attempt.graceMs };
  }
});

describe('extra time', () => {
  ownWorld();
  it('is the newest agreement while it lasts, and each is kept', async () => {
    const { cycle, learner } = await under({});
    const { id: actorId } = await dina();
    const member = { userId: learner.id, organisationId: cycle.organisationId };
    expect(await allowanceOf(member, 5)).to.equal('none');
    await agree(member, { number: 1, allowance: '25' }, actorId);
    await agree(member, { number: 2, allowance: 'unlimited', untilAt: 100 }, actorId);
    expect(await allowanceOf(member, 100)).to.equal('unlimited');
    expect(await allowanceOf(member, 101)).to.equal('none');
    expect((await extraTimesOf(member)).map(({ allowance }) => allowance)).to.deep.equal(['unlimited', '25']);
    expect(await allowanceOf({ ...member, organisationId: 'another' }, 5)).to.equal('none');
  });

  it('is written down once, of ten forms at the same moment', async () => {
    const { cycle, learner } = await under({});
    const { id: actorId } = await dina();
    const member = { userId: learner.id, organisationId: cycle.organisationId };
    const kept = await Promise.all(
      Array.from({ length: 10 }, () => agree(member, { number: 1, allowance: '50' }, actorId)),
    );
    expect(kept.filter(Boolean)).to.have.length(1);
    expect(
      await count(`events where name = 'extra-time.agreed' and payload like $1`, [`%${learner.id}%`]),
    ).to.equal(1);
  });
});

describe('a missed safety rule', () => {
  ownWorld();
  it('holds up the next attempt until it is worked through, once', async () => {
    const learner = await under({});
    const { cycle, quiz } = learner;
    const failed = await fail(learner);
    expect(await refusal(startAttempt(cycle, quiz, Date.now()))).to.be.instanceOf(Conflict);
    await Promise.all(
      Array.from({ length: 10 }, () =>
        finishRemediation(failed, { rule: 'never-9', itemId: 'x' }, Date.now()),
      ),
    );
    expect(await count('remediations where attempt_id = $1', [failed.id])).to.equal(1);
    expect(
      await count(`events where name = 'remediation.finished' and payload like $1`, [`%${failed.id}%`]),
    ).to.equal(1);
    expect(await refusal(startAttempt(cycle, quiz, Date.now()))).to.be.instanceOf(Conflict);
    await workThrough(cycle, quiz);
    expect((await startAttempt(cycle, quiz, Date.now())).number).to.equal(2);
  });

  it('does not, where the course turns that off', async () => {
    const learner = await under({ remediation: false });
    await fail(learner);
    expect((await startAttempt(learner.cycle, learner.quiz, Date.now())).number).to.equal(2);
  });
});

const agree = (
  member: { userId: string; organisationId: string },
  agreed: { number: number; allowance: '25' | '50' | '100' | 'unlimited'; untilAt?: number },
  actorId: string,
) =>
  agreeExtraTime(
    member,
    { agreedOn: '2026-11-24', agreedBy: 'The head of training', untilAt: null, ...agreed },
    { actorId, now: Date.now() },
  );
