import { expect } from 'chai';
import { usualPolicy, type QuizPolicy } from '../../../../server/teaching/content/schema/policy-schema.js';
import {
  mayExplain,
  standing,
  timeLimit,
  type EarlierAttempt,
} from '../../../../server/teaching/quizzes/attempts/limits.js';

const MINUTE = 60_000;
const now = 1_000_000_000;
const failed = (submittedAt: number): EarlierAttempt => ({ submittedAt, passed: false });
const passed = (submittedAt: number): EarlierAttempt => ({ submittedAt, passed: true });
const open: EarlierAttempt = { submittedAt: null, passed: null };

const stand = (
  attempts: EarlierAttempt[],
  policy: Partial<QuizPolicy> = {},
  more: { grants?: number[]; rules?: string[] } = {},
) => standing({ policy: { ...usualPolicy, ...policy }, attempts, grants: [], rules: [], now, ...more });

describe('the policy of a quiz', () => {
  it('without limits lets anybody start at any time', () => {
    for (const attempts of [[], [failed(now)], Array(40).fill(failed(now)) as EarlierAttempt[]]) {
      expect(stand(attempts)).to.include({ mayStart: true, left: null, from: null });
    }
  });

  it('counts every attempt, and those that were granted', () => {
    expect(stand([], { attempts: 2 })).to.include({ left: 2, mayStart: true });
    expect(stand([failed(1)], { attempts: 2 })).to.include({ left: 1, mayStart: true });
    const none = [failed(1), failed(2)];
    expect(stand(none, { attempts: 2 })).to.include({ left: 0, mayStart: false });
    expect(stand(none, { attempts: 2 }, { grants: [3] })).to.include({ left: 1, mayStart: true });
    expect(stand([...none, failed(3)], { attempts: 2 })).to.include({ left: 0, mayStart: false });
  });

  it('makes the next one wait, from the end of the last one, to the millisecond', () => {
    const coolDown = { minutes: 10, grows: false };
    const end = now - 10 * MINUTE;
    expect(stand([failed(end)], { coolDown })).to.include({ from: null, mayStart: true });
    expect(stand([failed(end + 1)], { coolDown })).to.include({ from: now + 1, mayStart: false });
    expect(stand([], { coolDown }).mayStart).to.equal(true);
  });

  it('promises no time for an attempt that is not left', () => {
    const coolDown = { minutes: 10, grows: false };
    expect(stand([failed(now)], { attempts: 1, coolDown })).to.include({
      left: 0,
      from: null,
      mayStart: false,
    });
    expect(stand([failed(now)], { attempts: 2, coolDown })).to.include({ left: 1, from: now + 10 * MINUTE });
  });

  it('lets the wait grow with each attempt, to a day at most', () => {
    const coolDown = { minutes: 10, grows: true };
    const after = (count: number) =>
      stand(Array(count).fill(failed(now)) as EarlierAttempt[], { coolDown }).from;
    expect([1, 2, 3].map(after)).to.deep.equal([10, 20, 30].map(minutes => now + minutes * MINUTE));
    expect(after(1000)).to.equal(now + 1440 * MINUTE);
    const long = { minutes: 3000, grows: true };
    expect(stand([failed(now), failed(now)], { coolDown: long }).from).to.equal(now + 3000 * MINUTE);
  });

  it('ends with a pass: what follows is practice', () => {
    const hard = { attempts: 1, coolDown: { minutes: 60, grows: true } };
    expect(stand([failed(now), passed(now)], hard)).to.include({ left: null, from: null, mayStart: true });
    expect(stand([passed(now), failed(now)], hard).mayStart).to.equal(true);
  });

  it('never holds up an attempt that is open', () => {
    const hard = { attempts: 1, coolDown: { minutes: 60, grows: false } };
    expect(stand([failed(now), open], hard, { rules: ['never-1'] })).to.include({
      isOpen: true,
      mayStart: true,
    });
  });

  it('counts an open attempt of a window neither as left nor as failed, and ends with a pass', () => {
    const window = { tries: 3, days: 7, waits: [10, 1440] };
    expect(stand([failed(now), open], { window })).to.include({ left: 1, allowed: 3, mayStart: true });
    expect(stand([failed(now), failed(now), failed(now), open], { window }).mayStart).to.equal(true);
    const spent = [failed(now), failed(now), failed(now)];
    expect(stand(spent, { window })).to.include({ left: 0, mayStart: false });
    expect(stand([...spent, passed(now)], { window })).to.include({ left: null, from: null, mayStart: true });
    expect(stand(spent, { window }, { grants: [now], rules: ['never-1'] }).mayStart).to.equal(false);
  });

  it('waits for rules to be worked through', () => {
    expect(stand([failed(now)], {}, { rules: ['never-1'] }).mayStart).to.equal(false);
  });

  it('fixes the time of an attempt with the extra that was agreed', () => {
    const policy = { timeLimit: 10, grace: 30 };
    const minutes = (allowance: Parameters<typeof timeLimit>[1]) => {
      const { deadlineAt } = timeLimit(policy, allowance, now);
      return deadlineAt === null ? null : (deadlineAt - now) / MINUTE;
    };
    expect((['none', '25', '50', '100', 'unlimited'] as const).map(minutes)).to.deep.equal([
      10,
      12.5,
      15,
      20,
      null,
    ]);
    expect(timeLimit(policy, 'none', now).graceMs).to.equal(30_000);
    expect(timeLimit({ timeLimit: null, grace: 30 }, '100', now)).to.deep.equal({
      deadlineAt: null,
      graceMs: 0,
    });
  });

  it('explains options only after a pass, and only where the course wants it', () => {
    expect(mayExplain({ feedback: 'after-pass' }, true)).to.equal(true);
    expect(mayExplain({ feedback: 'after-pass' }, false)).to.equal(false);
    expect(mayExplain({ feedback: 'objectives-only' }, true)).to.equal(false);
    expect(mayExplain({ feedback: 'objectives-only' }, false)).to.equal(false);
  });
});
