import { expect } from 'chai';
import { row, count } from '../../../../support/rows.js';
import {
  savedAnswers,
  attemptsAt,
  findAttempt,
  type AttemptFacts,
} from '../../../../../server/teaching/quizzes/attempts/attempts.js';
import type { Item, OptionItem } from '../../../../../server/teaching/questions/item.js';
import { appoint } from '../../../../support/roles.js';
import { attemptWith, MODULE, readyForQuiz } from '../../../../support/walk.js';
import { optionsOf, rightAnswer, wrongAnswer } from '../../../../support/answers.js';
import { send } from '../../../../support/pages.js';
import { signedIn } from '../../../../support/people.js';
import { ownWorld } from '../../../../support/world.js';

/** What a form may claim about itself, and nobody believes. */
const CLAIMS = {
  score: '100',
  points: '300',
  maxPoints: '1',
  max_points: '1',
  passed: 'true',
  rightAnswers: '3',
  result: '[]',
  number: '7',
  attempt: '7',
  attemptNumber: '0',
  startedAt: '1',
  submittedAt: '1',
  answeredAt: '1',
  answered_at: '1',
  deadline: '99999999999999',
  deadlineAt: '99999999999999',
  grace: '99999999',
  extraTime: '100',
  now: '1',
  seed: 'seed',
  form: '[{"itemId":"M1-001","optionOrder":["a","b","c"]}]',
  itemId: 'M1-001',
  optionOrder: 'a',
  quiz: 'final',
  module: 'final',
  courseVersionId: 'x',
  course_version_id: 'x',
  cycleId: 'x',
  userId: 'x',
  actor: 'x',
  organisationId: 'x',
  _method: 'DELETE',
};

async function atBank() {
  const ready = await readyForQuiz('volunteers', 'survivor-trauma');
  const attempt = await attemptWith(ready.cycle, ready.quiz, ready.quiz.items);
  return { ...ready, attempt };
}

/** The whole stored row of an attempt. */
const stored = ({ id }: AttemptFacts) => row('select * from attempts where id = $1', [id]);
const answers = async ({ id }: AttemptFacts) =>
  (await savedAnswers(id)).map(({ slot, response }) => [slot, response]);

describe('what a form claims', () => {
  ownWorld();
  it('is not believed at the start: the first attempt is number one, with a form of ours, from now on', async () => {
    const { browser, start, cycle, quiz } = await readyForQuiz();
    const before = Date.now();
    await browser.get(start);
    await browser.submit(`${start}/attempts`, CLAIMS);
    const attempts = await attemptsAt(cycle.id, MODULE);
    expect(attempts).to.have.length(1);
    expect(attempts[0]).to.include({ number: 1, submittedAt: null, points: null, passed: null });
    expect(attempts[0]).to.include({
      organisationId: cycle.organisationId,
      userId: cycle.userId,
      courseVersionId: cycle.courseVersionId,
    });
    expect(attempts[0]?.form).to.have.length(quiz.draw);
    expect(attempts[0]?.startedAt).to.be.within(before, Date.now());
  });

  it('is not kept with an answer, and changes nothing of the attempt', async () => {
    const { browser, attempt, quiz } = await atBank();
    const before = await stored(attempt);
    const then = Date.now();
    for (const [index, item] of quiz.items.entries()) {
      const action = `/attempts/${attempt.id}/answers/${index + 1}`;
      await browser.get(`/attempts/${attempt.id}/questions/${index + 1}`);
      const page = await browser.submit(action, { ...CLAIMS, ...wrongAnswer(item) });
      expect(page.status, item.type).to.equal(200);
    }
    expect(await answers(attempt)).to.deep.equal(
      quiz.items.map((item, index) => [index + 1, wrongAnswer(item)]),
    );
    expect(await stored(attempt)).to.deep.equal(before);
    const late = await count(
      'attempt_answers where attempt_id = $1 and (answered_at < $2 or answered_at > $3)',
      [attempt.id, then, Date.now()],
    );
    expect(late).to.equal(0);
  });

  it('is no result: only the answers are', async () => {
    const { browser, cycle, quiz } = await readyForQuiz();
    const attempt = await attemptWith(cycle, quiz, quiz.items.slice(0, quiz.draw));
    await browser.get(`/attempts/${attempt.id}/review`);
    const before = Date.now();
    await browser.submit(`/attempts/${attempt.id}/submission`, CLAIMS);
    const after = await findAttempt(attempt.id);
    expect(after).to.include({ number: 1, points: 0, rightAnswers: 0, passed: false });
    expect(after?.submittedAt).to.be.within(before, Date.now());
    expect(after?.form).to.deep.equal(attempt.form);
  });
});

describe('a question that is not of the attempt', () => {
  ownWorld();
  it('takes no answer: the options and lines of another quiz are 422, and nothing changes', async () => {
    const { browser, attempt, quiz } = await atBank();
    const { quiz: other } = await readyForQuiz('law-enforcement', 'see-respond-report');
    let refused = 0;
    for (const [index, item] of quiz.items.entries()) {
      for (const foreign of other.items.filter(({ type }) => type === item.type).slice(0, 3)) {
        const answer = rightAnswer(foreign);
        if (fits(item, foreign)) continue;
        const page = await send(browser, `/attempts/${attempt.id}/answers/${index + 1}`, {
          ...answer,
          sequence: '0',
        });
        expect(page.status, `${foreign.id} for ${item.id}`).to.equal(422);
        refused += 1;
      }
    }
    expect(refused).to.be.greaterThan(2);
    expect(await answers(attempt)).to.deep.equal([]);
  });

  it('nor do the fields of another type', async () => {
    const { browser, attempt, quiz } = await atBank();
    const kinds = [...new Map(quiz.items.map(item => [item.type, item])).values()];
    for (const item of kinds) {
      const slot = quiz.items.indexOf(item) + 1;
      for (const other of kinds.filter(({ type }) => fieldsOf(type) !== fieldsOf(item.type))) {
        const fields = { ...rightAnswer(other), sequence: '0' };
        const page = await send(browser, `/attempts/${attempt.id}/answers/${slot}`, fields);
        expect(page.status, `${other.type} for ${item.type}`).to.equal(422);
      }
    }
    expect(await answers(attempt)).to.deep.equal([]);
  });

  it('of another learner is not there, and of a learner one works for it is forbidden', async () => {
    const { attempt, quiz } = await atBank();
    const before = await stored(attempt);
    const [stranger, manager, auditor] = [await signedIn(), await signedIn(), await signedIn()];
    await appoint(manager, 'manager');
    await appoint(auditor, 'auditor');
    const answer = { ...rightAnswer(quiz.items[0]!), sequence: '0' };
    for (const [person, status] of [
      [stranger, 404],
      [manager, 403],
      [auditor, 404],
    ] as const) {
      for (const path of ['answers/1', 'submission']) {
        const page = await send(person.browser, `/attempts/${attempt.id}/${path}`, answer);
        expect(page.status).to.equal(status);
      }
    }
    expect(await answers(attempt)).to.deep.equal([]);
    expect(await stored(attempt)).to.deep.equal(before);
  });
});

describe('choosing everything', () => {
  ownWorld();
  it('earns nothing, whatever the type of question', async () => {
    const { browser, attempt, quiz } = await atBank();
    for (const [index, item] of quiz.items.entries()) {
      for (const fields of everythingOf(item))
        await send(browser, `/attempts/${attempt.id}/answers/${index + 1}`, { ...fields, sequence: '0' });
    }
    await browser.get(`/attempts/${attempt.id}/review`);
    await browser.submit(`/attempts/${attempt.id}/submission`);
    expect(await findAttempt(attempt.id)).to.include({ points: 0, rightAnswers: 0, passed: false });
  });
});

describe('the pass mark', () => {
  ownWorld();
  /** Ordinary questions, as many of them right as the mark says or so many fewer, and half of the points of one more. */
  async function submitted({ missing, half = false }: { missing: number; half?: boolean }) {
    const { browser, cycle, quiz } = await readyForQuiz('volunteers', 'volunteering');
    const right = quiz.pass - missing;
    const partial = quiz.items.find(({ type, critical }) => type === 'multiple' && critical === false)!;
    const others = quiz.items.filter(item => item.critical === false && item.type === 'single');
    const attempt = await attemptWith(cycle, quiz, [...others.slice(0, quiz.draw - 1), partial]);
    for (const [index, item] of [...others.slice(0, right), ...(half ? [partial] : [])].entries()) {
      const slot = item === partial ? quiz.draw : index + 1;
      await browser.get(`/attempts/${attempt.id}/questions/${slot}`);
      await browser.submit(
        `/attempts/${attempt.id}/answers/${slot}`,
        item === partial ? halfOf(item) : rightAnswer(item),
      );
    }
    await browser.get(`/attempts/${attempt.id}/review`);
    await browser.submit(`/attempts/${attempt.id}/submission`);
    return { quiz, result: await findAttempt(attempt.id) };
  }

  it('is reached exactly with as many right answers as it says', async () => {
    const { quiz, result } = await submitted({ missing: 0 });
    expect(quiz.pass).to.be.lessThan(quiz.draw);
    expect(result).to.include({ points: 100 * quiz.pass, rightAnswers: quiz.pass, passed: true });
  });

  it('is not reached with one fewer, nor with half a question more', async () => {
    const { quiz, result } = await submitted({ missing: 1 });
    const points = 100 * (quiz.pass - 1);
    expect(result).to.include({ points, passed: false });
    const { result: more } = await submitted({ missing: 1, half: true });
    expect(more?.points)
      .to.be.within(points + 1, points + 99)
      .and.satisfy(Number.isInteger);
    expect(more).to.include({ rightAnswers: quiz.pass - 1, passed: false });
  });
});

/** Kinds that share the names of their fields. */
const fieldsOf = (type: string): string => (type === 'multiple' || type === 'single' ? 'choice' : type);

/** Whether an answer to one item is well-formed for another: the letters of options are everywhere the same. */
function fits(item: Item, foreign: Item): boolean {
  const own = new Set(optionsOf(item).map(({ id }) => id));
  if (item.type === 'matching' || item.type === 'ordering' || item.type === 'report') {
    const names = (of: Item) => Object.keys(rightAnswer(of)).sort().join();
    return names(item) === names(foreign);
  }
  const count = (of: Item) => (of as OptionItem).key.length;
  return (foreign as OptionItem).key.every(id => own.has(id)) && count(item) >= count(foreign);
}

/** Every way to say everything at once. */
function everythingOf(item: Item): Record<string, string | string[]>[] {
  const ids = optionsOf(item).map(({ id }) => id);
  const rows = Object.keys(rightAnswer(item));
  switch (item.type) {
    case 'true-false':
      return [{ truth: ['true', 'false'], reason: ids }];
    case 'ordering':
      return ['1', '2'].map(place => Object.fromEntries(rows.map(name => [name, place])));
    case 'matching':
      return [
        ...ids.map(id => Object.fromEntries(rows.map(name => [name, id]))),
        Object.fromEntries(rows.map(name => [name, ids])),
      ];
    case 'report':
      return [{ ...wrongAnswer(item) } as Record<string, string>];
    default:
      return [{ choice: ids }, { 'choice[]': ids }];
  }
}

/** All right options but one: kept, though the other one is asked for. */
const halfOf = (item: Item): Record<string, string[]> => ({ choice: (item as OptionItem).key.slice(0, -1) });
