import { expect } from 'chai';
import { savedAnswers } from '../../../../../server/teaching/quizzes/attempts/attempts.js';
import { submitAttempt } from '../../../../../server/teaching/quizzes/attempts/submit.js';
import type { Item } from '../../../../../server/teaching/questions/item.js';
import type { Client } from '../../../../../server/workshop/smoke/client.js';
import { csrfOf } from '../../../../people/accounts/browser.js';
import { raw, fromUs } from '../../../../platform/http/raw.js';
import { ada } from '../../../../support/people.js';
import { atSpot } from '../../../../support/quizzes/row-items.js';
import { said } from '../../../../support/said.js';
import { attemptWith, readyForQuiz } from '../../../../support/walk.js';
import { count } from '../../../../support/rows.js';
import { optionsOf, rightAnswer, wrongAnswer } from '../../../../support/answers.js';
import { ownWorld } from '../../../../support/world.js';

interface Told {
  readonly status: number;
  readonly body: Record<string, unknown>;
}

/** A learner on one question of this kind, whose script sends answers. */
async function scripted(type: Item['type']) {
  const ready = await readyForQuiz('volunteers', 'survivor-trauma');
  const item = ready.quiz.items.find(each => each.type === type);
  if (!item) throw new Error(`The bank has no question of type ${type}`);
  const attempt = await attemptWith(ready.cycle, ready.quiz, [item]);
  return { ...ready, attempt, item, tell: await scriptAt(ready.browser, attempt) };
}

/** What the script of the first question's page sends. */
async function scriptAt(browser: Client, attempt: { readonly id: string }) {
  const token = csrfOf(await browser.get(`/attempts/${attempt.id}/questions/1`));
  return async (
    fields: Record<string, string | readonly string[]>,
    { cookie = browser.cookie, _csrf = token } = {},
  ): Promise<Told> => {
    const body = new URLSearchParams({ _csrf, sequence: '0' });
    for (const [name, value] of Object.entries(fields)) {
      body.delete(name);
      for (const each of [value].flat()) body.append(name, each);
    }
    const answer = await raw(`/attempts/${attempt.id}/answers/1`, {
      method: 'POST',
      headers: { ...fromUs(), accept: 'application/json', cookie },
      body: body.toString(),
    });
    expect(answer.headers['content-type']).to.include('application/json');
    expect(answer.headers['cache-control']).to.equal('no-store');
    return { status: answer.status, body: JSON.parse(answer.text) as Told['body'] };
  };
}

/** What a script may take for saved: only this is on disk. */
const isSaved = ({ body }: Told) => typeof body.savedAt === 'number';

describe('an answer that a script sends', () => {
  ownWorld();
  it('gets `kept`, and `same` for the same answer again: one row, one number', async () => {
    const { attempt, item, tell } = await scripted('single');
    const before = Date.now();
    const first = await tell(rightAnswer(item));
    expect(first).to.deep.include({ status: 200 });
    expect(first.body).to.include({ kind: 'kept', sequence: 1, next: `/attempts/${attempt.id}/review` });
    expect(first.body.savedAt).to.be.within(before, Date.now());
    expect((await tell(rightAnswer(item))).body).to.include({ kind: 'same', sequence: 1 });
    expect(await count('attempt_answers where attempt_id = $1', [attempt.id])).to.equal(1);
    expect((await tell({ ...wrongAnswer(item), sequence: '1' })).body).to.include({
      kind: 'kept',
      sequence: 2,
    });
  });

  it('gets `stale` with the current number, and nothing is called saved', async () => {
    const { attempt, item, tell } = await scripted('single');
    await tell(rightAnswer(item));
    const told = await tell(wrongAnswer(item));
    expect(told).to.deep.equal({ status: 409, body: { kind: 'stale', sequence: 1 } });
    expect((await savedAnswers(attempt.id)).map(({ response }) => response)).to.deep.equal([
      rightAnswer(item),
    ]);
  });

  it('gets `half` for half an answer: saved, and what is still asked for', async () => {
    const { item, tell } = await scripted('true-false');
    const told = await tell({ truth: rightAnswer(item).truth ?? '' });
    expect(told.status).to.equal(422);
    expect(told.body).to.include({ kind: 'half', sequence: 1 });
    expect(isSaved(told)).to.equal(true);
    expect(told.body.text).to.equal(said('question.problem.half'));
  });

  it('learns what is wrong with what is no answer, and nothing is called saved', async () => {
    const { attempt, item, tell } = await scripted('multiple');
    const all = optionsOf(item).map(({ id }) => id);
    for (const [fields, kind] of [
      [{}, 'missing'],
      [{ choice: all }, 'too-many'],
      [{ choice: 'zz' }, 'unreadable'],
      [{ choice: all[0] ?? '', sequence: '-1' }, 'unreadable'],
    ] as const) {
      const told = await tell(fields);
      expect(told.status).to.equal(422);
      expect(told.body.kind).to.equal(kind);
      expect(told.body.text).to.be.a('string');
      expect(isSaved(told)).to.equal(false);
    }
    expect(await savedAnswers(attempt.id)).to.deep.equal([]);
  });

  it('learns from the type of the question what cannot be kept together', async () => {
    const { browser, attempt } = await atSpot();
    const told = await (await scriptAt(browser, attempt))({ mark: ['b', 'none'] });
    expect(told).to.deep.equal({ status: 422, body: { kind: 'too-many', text: said('spot.both') } });
    expect(await savedAnswers(attempt.id)).to.deep.equal([]);
  });

  it('gets `closed` with the way to the result once the attempt is submitted', async () => {
    const { attempt, item, tell, quiz } = await scripted('single');
    await submitAttempt(attempt, { ...quiz, items: [item] as typeof quiz.items, pass: 1 }, Date.now());
    expect(await tell(rightAnswer(item))).to.deep.equal({
      status: 409,
      body: { kind: 'closed', next: `/attempts/${attempt.id}` },
    });
  });

  it('is refused in JSON, too: with the token of nobody, and to somebody else', async () => {
    const { attempt, item, tell } = await scripted('single');
    expect(await tell(rightAnswer(item), { _csrf: 'x' })).to.deep.equal({
      status: 403,
      body: { error: 403, reference: null },
    });
    expect((await tell(rightAnswer(item), { cookie: '' })).status).to.equal(403);
    const other = await ada();
    const _csrf = csrfOf(await other.browser.get('/account'));
    expect((await tell(rightAnswer(item), { cookie: other.browser.cookie, _csrf })).status).to.equal(404);
    expect(await savedAnswers(attempt.id)).to.deep.equal([]);
  });
});
