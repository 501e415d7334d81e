import { expect } from 'chai';
import {
  faultsOf,
  mailFaults,
  type FaultKind,
  type Kept,
  type KeptAnswer,
  type KeptAttempt,
} from './checks.js';
import { isAsPlanted, plants } from '../plants.js';
import type { Acknowledged, Told } from '../learners/told.js';

const A = 'attempt';
const learner = {
  name: 'Ada Marlow',
  email: 'ada@example.org',
  password: 'x',
  cycleId: 'c',
  quiz: 'final',
  questions: 2,
};

const sent = (slot: number, sequence: number, choice: string, at: number): Acknowledged => ({
  attemptId: A,
  slot,
  sequence,
  fields: { choice },
  at,
});
const stored = (slot: number, sequence: number, choice: string, answeredAt: number): KeptAnswer => ({
  attemptId: A,
  slot,
  sequence,
  response: JSON.stringify({ choice }),
  answeredAt,
});
const same = ({ fields }: Acknowledged, { response }: KeptAnswer) => JSON.stringify(fields) === response;

/** Two questions, the first answered twice; handed in with a double click. */
const told: Told = {
  learner,
  round: 1,
  starts: [{ attemptId: A, at: 10 }],
  answers: [sent(1, 0, 'a', 20), sent(1, 1, 'b', 30), sent(1, 2, 'b', 31), sent(2, 0, 'c', 40)],
  submissions: [
    { attemptId: A, at: 50 },
    { attemptId: A, at: 51 },
  ],
  surprises: [],
};
const attempt: KeptAttempt = { id: A, startedAt: 9, submittedAt: 49, passed: true, rightAnswers: 2 };
const once = ['attempt.started', 'attempt.graded', 'quiz.passed', 'course.completed', 'certificate.awarded'];
const kept: Kept = {
  attempts: [attempt],
  answers: [stored(1, 1, 'a', 19), stored(1, 2, 'b', 29), stored(2, 1, 'c', 39)],
  events: new Map(once.map(name => [name, 1])),
  certificates: ['valid'],
};

const kindsOf = (told: Told, kept: Kept) => faultsOf(told, kept, same).map(({ kind }) => kind);
const answers = (...rows: KeptAnswer[]): Kept => ({ ...kept, answers: rows });
const counted = (name: string, n: number): Kept => ({
  ...kept,
  events: new Map([...kept.events, [name, n]]),
});
const onSlotOne = (told: Told, answer: Acknowledged): Told => ({ ...told, answers: [answer] });

describe('what the fault test looks for', () => {
  it('is not there when all that was acknowledged is stored, once', () => {
    expect(faultsOf(told, kept, same)).to.deep.equal([]);
  });

  it('is not there for an answer that was stored and never acknowledged', () => {
    expect(kindsOf({ ...told, answers: [] }, kept)).to.deep.equal([]);
  });

  const [a, b, c] = kept.answers as [KeptAnswer, KeptAnswer, KeptAnswer];
  const planted: [string, Kept, FaultKind[]][] = [
    ['an answer that is gone', answers(a, b), ['lost answer']],
    ['an answer that is another one', answers(a, b, stored(2, 1, 'd', 39)), ['lost answer']],
    [
      'an answer that was given again after it was lost',
      answers(a, b, stored(2, 1, 'c', 99)),
      ['lost answer'],
    ],
    // Of the two times that "b" was acknowledged, neither is what the first row holds.
    ['a second answer that is gone', answers(a, c), ['lost answer', 'lost answer']],
    ['answers whose numbers have a gap', answers(a, { ...b, sequence: 3 }, c), ['gap']],
    [
      'no attempt',
      { ...kept, attempts: [] },
      ['lost start', 'lost submission', 'lost submission', 'not one result'],
    ],
    ['two results', { ...kept, attempts: [attempt, { ...attempt, id: 'other' }] }, ['not one result']],
    [
      'an attempt that is open still',
      { ...kept, attempts: [{ ...attempt, submittedAt: null }] },
      ['lost submission', 'lost submission', 'not one result'],
    ],
    [
      'an attempt handed in again after that was lost',
      { ...kept, attempts: [{ ...attempt, submittedAt: 99 }] },
      ['lost submission', 'lost submission'],
    ],
    [
      'a result that misses an answer',
      { ...kept, attempts: [{ ...attempt, rightAnswers: 1 }] },
      ['not one result'],
    ],
    ['a result told of twice', counted('attempt.graded', 2), ['not one result']],
    ['a completion nobody was told of', counted('course.completed', 0), ['not one result']],
    ['no certificate', { ...kept, certificates: [] }, ['not one certificate']],
    ['two certificates', { ...kept, certificates: ['valid', 'valid'] }, ['not one certificate']],
    ['a certificate that does not verify', { ...kept, certificates: ['tampered'] }, ['not one certificate']],
  ];
  for (const [what, stored, kinds] of planted) {
    it(`finds ${what}`, () => {
      expect(kindsOf(told, stored)).to.deep.equal(kinds);
    });
  }

  it('finds a reply that no learner should get, and says in which round', () => {
    const [fault] = faultsOf({ ...told, surprises: ['answering: 500 '] }, kept, same);
    expect(fault).to.deep.equal({ kind: 'surprise', round: 1, what: 'answering: 500 ' });
  });

  it('finds a wrong answer lost between two right ones, the same as an earlier one', () => {
    const again = onSlotOne(told, sent(1, 2, 'a', 35));
    expect(kindsOf(again, kept)).to.deep.equal(['lost answer']);
    expect(kindsOf(again, answers(a, b, stored(1, 3, 'a', 34)))).to.deep.equal([]);
  });
});

describe('the mail of a learner', () => {
  const found = (ids: string[], mayRepeat = false) => mailFaults(told, ids, { mayRepeat }).length;

  it('comes, and only once', () => {
    expect(found(['a'])).to.equal(0);
    expect(found([])).to.equal(1);
    expect(found(['a', 'a'])).to.equal(1);
  });

  it('may come again where a server was cut off, but not as another mail', () => {
    expect(found(['a', 'a'], true)).to.equal(0);
    expect(found([], true)).to.equal(1);
    expect(found(['a', 'b'], true)).to.equal(1);
  });
});

describe('a planted bug', () => {
  const fault = (kind: FaultKind) => ({ kind, round: 1, what: '' });

  it('counts as found by the fault that it makes, and by no other', () => {
    expect(isAsPlanted([fault('surprise'), fault('lost answer')], plants.ack)).to.equal(true);
    expect(isAsPlanted([fault('surprise')], plants.ack)).to.equal(false);
    expect(isAsPlanted([], plants.index)).to.equal(false);
    expect(isAsPlanted([fault('not one result')], plants.index)).to.equal(true);
  });

  it('that something holds off, and none at all, must leave no fault', () => {
    for (const plant of [plants.look, null]) {
      expect(isAsPlanted([], plant)).to.equal(true);
      expect(isAsPlanted([fault('gap')], plant)).to.equal(false);
    }
  });
});
