import { expect } from 'chai';
import {
  clockAt,
  endOfTime,
  MAX_PAUSE,
  pauseEnd,
  pauseLeft,
  currentPause,
} from '../../../../../server/teaching/quizzes/attempts/limits.js';
import { row, count } from '../../../../support/rows.js';
import { attemptsAt, findAttempt } from '../../../../../server/teaching/quizzes/attempts/attempts.js';
import { isOver, submitAttempt } from '../../../../../server/teaching/quizzes/attempts/submit.js';
import { saveAnswer } from '../../../../../server/teaching/quizzes/attempts/save-answer.js';
import { closeOverdue } from '../../../../../server/teaching/quizzes/attempts/time/close-overdue.js';
import { pauseAttempt, resumeAttempt } from '../../../../../server/teaching/quizzes/attempts/time/pauses.js';
import { startAttempt } from '../../../../../server/teaching/quizzes/attempts/start/start.js';
import { under } from '../../../../support/quizzes/policies.js';
import { rightAnswer } from '../../../../support/answers.js';
import { ownWorld } from '../../../../support/world.js';

const MINUTE = 60_000;
const T = Date.parse('2026-11-24T10:00:00Z');

describe('a pause', () => {
  const clock = { deadlineAt: T + 20 * MINUTE, pausedAt: T, pausedMs: 0 };

  it('moves the end of an attempt along, minute by minute, until it is used up', () => {
    expect(endOfTime(clock, T)).to.equal(T + 20 * MINUTE);
    expect(endOfTime(clock, T + 7 * MINUTE)).to.equal(T + 27 * MINUTE);
    expect(endOfTime(clock, T + 600 * MINUTE)).to.equal(T + 20 * MINUTE + MAX_PAUSE);
  });

  it('has what earlier pauses left, and not more', () => {
    const second = { ...clock, pausedMs: MAX_PAUSE - 5 * MINUTE };
    expect(pauseEnd(second, T)).to.equal(T + 5 * MINUTE);
    expect(pauseEnd(second, T + 5 * MINUTE)).to.equal(null);
    expect(currentPause(second, T + 9 * MINUTE)).to.equal(5 * MINUTE);
    expect(pauseLeft(second, T + 2 * MINUTE)).to.equal(3 * MINUTE);
    expect(pauseLeft(second, T + 9 * MINUTE)).to.equal(0);
  });

  it('is on until it is used up: then the clock stands as if it had ended', () => {
    expect(clockAt(clock, T + 59 * MINUTE)).to.equal(clock);
    const after = { deadlineAt: T + 20 * MINUTE + MAX_PAUSE, pausedAt: null, pausedMs: MAX_PAUSE };
    expect(clockAt(clock, T + 60 * MINUTE)).to.deep.equal(after);
    expect(clockAt(after, T + 90 * MINUTE)).to.equal(after);
  });

  it('is nothing where the clock runs, where there is none, and where a clock was set back', () => {
    expect(endOfTime({ ...clock, pausedAt: null }, T + MINUTE)).to.equal(clock.deadlineAt);
    expect(endOfTime({ ...clock, deadlineAt: null }, T + MINUTE)).to.equal(null);
    expect(pauseEnd({ ...clock, pausedAt: null }, T)).to.equal(null);
    expect(currentPause(clock, T - MINUTE)).to.equal(0);
  });
});

describe('an attempt on a break', () => {
  ownWorld();
  /** An attempt of 20 minutes, begun now. */
  async function begun() {
    const { cycle, quiz } = await under({ timeLimit: 20, grace: 0 });
    const now = Date.now();
    const attempt = await startAttempt(cycle, quiz, now);
    const again = async () => {
      const found = await findAttempt(attempt.id);
      if (!found) throw new Error('The attempt is gone');
      return found;
    };
    const item = quiz.items.find(({ id }) => id === attempt.form[0]?.itemId);
    if (!item) throw new Error('The first question is not in the bank');
    const answer = { slot: 1, sequence: 0, response: rightAnswer(item) };
    return { attempt, quiz, cycle, now, again, answer, deadline: now + 20 * MINUTE };
  }

  it('loses none of its time: the end moves by as long as the clock stood still', async () => {
    const { attempt, again, now, deadline } = await begun();
    await pauseAttempt(attempt.id, now + 5 * MINUTE);
    await resumeAttempt(await again(), now + 35 * MINUTE);
    expect(await again()).to.include({
      deadlineAt: deadline + 30 * MINUTE,
      pausedAt: null,
      pausedMs: 30 * MINUTE,
    });
    expect(isOver(await again(), deadline + 29 * MINUTE)).to.equal(false);
    expect(isOver(await again(), deadline + 31 * MINUTE)).to.equal(true);
  });

  it('has no pause from before it began, though the clock was set back', async () => {
    const { attempt, again, now, deadline } = await begun();
    await pauseAttempt(attempt.id, now - 30 * MINUTE);
    expect((await again()).pausedAt).to.equal(now);
    await resumeAttempt(await again(), now + 5 * MINUTE);
    expect(await again()).to.include({ deadlineAt: deadline + 5 * MINUTE, pausedMs: 5 * MINUTE });
  });

  it('has no pause from before its last answer, though the clock was set back', async () => {
    const { attempt, again, now, answer, quiz } = await begun();
    await saveAnswer(attempt, quiz, answer, now + 10 * MINUTE);
    await pauseAttempt(attempt.id, now);
    expect((await again()).pausedAt).to.equal(now + 10 * MINUTE);
  });

  it('gains and loses nothing by a pause that ends before it began, because the clock was set back', async () => {
    const { attempt, again, now, answer, quiz, deadline } = await begun();
    await pauseAttempt(attempt.id, now + 10 * MINUTE);
    await resumeAttempt(await again(), now);
    expect(await again()).to.include({ deadlineAt: deadline, pausedMs: 0, pausedAt: null });
    await pauseAttempt(attempt.id, now + 10 * MINUTE);
    await saveAnswer(attempt, quiz, answer, now);
    expect(await again()).to.include({ deadlineAt: deadline, pausedMs: 0, pausedAt: null });
    const kept = await row('select answered_at as at from attempt_answers where attempt_id = $1', [
      attempt.id,
    ]);
    expect(kept).to.deep.equal({ at: now + 10 * MINUTE });
  });

  it('is paused once and resumed once, whatever number of tabs ask at the same time', async () => {
    const { attempt, again, now, deadline } = await begun();
    await Promise.all([1, 2, 3].map(() => pauseAttempt(attempt.id, now)));
    await pauseAttempt(attempt.id, now + 5 * MINUTE);
    const held = await again();
    expect(held.pausedAt).to.equal(now);
    await Promise.all([1, 2, 3].map(() => resumeAttempt(held, now + 10 * MINUTE)));
    expect((await again()).deadlineAt).to.equal(deadline + 10 * MINUTE);
  });

  it('is not closed by the clock while it stands still, and is once the pause is used up', async () => {
    const { attempt, again, now, deadline, quiz, cycle } = await begun();
    await pauseAttempt(attempt.id, now + MINUTE);
    const end = deadline + MAX_PAUSE;
    await closeOverdue(end - MINUTE);
    expect((await again()).submittedAt).to.equal(null);
    await closeOverdue(end + MINUTE);
    const closed = await again();
    expect(closed).to.include({ submittedAt: end, closedBy: 'clock', pausedAt: null });
    expect(await attemptsAt(cycle.id, quiz.name)).to.have.length(1);
  });

  it('keeps an answer that comes in all the same, and goes on with it', async () => {
    const { attempt, again, now, answer, quiz, deadline } = await begun();
    await pauseAttempt(attempt.id, now + MINUTE);
    // As it was loaded before the break, by a page in another tab.
    const saved = await saveAnswer(attempt, quiz, answer, now + 31 * MINUTE);
    expect(saved.kind).to.equal('kept');
    expect(await again()).to.include({ pausedAt: null, deadlineAt: deadline + 30 * MINUTE });
  });

  it('can be submitted, by its learner and at that moment', async () => {
    const { attempt, again, now, quiz } = await begun();
    await pauseAttempt(attempt.id, now + MINUTE);
    await submitAttempt(await again(), quiz, now + 40 * MINUTE);
    expect(await again()).to.include({ closedBy: 'learner', submittedAt: now + 40 * MINUTE, pausedAt: null });
  });

  it('cannot be paused when its time is over, when it is submitted, or when no pause is left', async () => {
    const late = await begun();
    await pauseAttempt(late.attempt.id, late.deadline + 1);
    expect((await late.again()).pausedAt).to.equal(null);

    const spent = await begun();
    await pauseAttempt(spent.attempt.id, spent.now);
    await resumeAttempt(await spent.again(), spent.now + 2 * MAX_PAUSE);
    expect((await spent.again()).deadlineAt).to.equal(spent.deadline + MAX_PAUSE);
    await pauseAttempt(spent.attempt.id, spent.now + MAX_PAUSE);
    expect((await spent.again()).pausedAt).to.equal(null);

    await submitAttempt(await spent.again(), spent.quiz, spent.now + MAX_PAUSE);
    await pauseAttempt(spent.attempt.id, spent.now + MAX_PAUSE);
    expect((await spent.again()).pausedAt).to.equal(null);
  });

  it('leaves no word of it in the log', async () => {
    const { attempt, again, now } = await begun();
    const before = await count('events where payload like $1', [`%${attempt.id}%`]);
    await pauseAttempt(attempt.id, now);
    await resumeAttempt(await again(), now + MINUTE);
    expect(await count('events where payload like $1', [`%${attempt.id}%`])).to.equal(before);
  });
});
