import { expect } from 'chai';
import { row, count } from '../../../../support/rows.js';
import { savedAnswers, type AttemptFacts } from '../../../../../server/teaching/quizzes/attempts/attempts.js';
import { submitAttempt } from '../../../../../server/teaching/quizzes/attempts/submit.js';
import type { Item } from '../../../../../server/teaching/questions/item.js';
import { linksIn } from '../../../../../server/workshop/smoke/client.js';
import { ada, cleo, PASSWORD } from '../../../../support/people.js';
import { said } from '../../../../support/said.js';
import { attemptWith, readyForQuiz } from '../../../../support/walk.js';
import { optionsOf, rightAnswer, wrongAnswer } from '../../../../support/answers.js';
import { plain, send } from '../../../../support/pages.js';
import { ownWorld, world } from '../../../../support/world.js';

/** A learner at the first question of an attempt that holds one question of each wanted kind. */
async function atQuestion(...types: Item['type'][]) {
  const ready = await readyForQuiz('volunteers', 'survivor-trauma');
  const items = types.map((type, index) => {
    const found = ready.quiz.items.filter(item => item.type === type)[index];
    if (!found) throw new Error(`The bank has no question of type ${type}`);
    return found;
  });
  const attempt = await attemptWith(ready.cycle, ready.quiz, items);
  const [item] = items;
  if (!item) throw new Error('No question was asked for');
  const page = `/attempts/${attempt.id}/questions/1`;
  const action = `/attempts/${attempt.id}/answers/1`;
  await ready.browser.get(page);
  return { ...ready, attempt, items, item, page, action };
}

const stored = async (attempt: AttemptFacts) =>
  (await savedAnswers(attempt.id)).map(({ slot, response }) => [slot, response]);

describe('answering a question', () => {
  ownWorld();
  for (const type of ['single', 'multiple', 'true-false'] as const) {
    it(`is kept before the reply (${type}), and leads to the next question`, async () => {
      const { browser, attempt, item, action } = await atQuestion(type, 'single');
      const page = await browser.submit(action, rightAnswer(item));
      expect(page.path).to.equal(`/attempts/${attempt.id}/questions/2`);
      expect(await stored(attempt)).to.deep.equal([[1, rightAnswer(item)]]);
    });

    it(`is there after signing out and in again (${type})`, async () => {
      const { browser, learner, item, action, page } = await atQuestion(type, 'single');
      await browser.submit(action, rightAnswer(item));
      await browser.submit('/sign-out');
      expect((await browser.get(page)).path).to.include('/sign-in');
      const elsewhere = world().visitor();
      await elsewhere.get('/sign-in');
      await elsewhere.submit('/sign-in', { email: learner.email, password: PASSWORD });
      const { text } = await elsewhere.get(page);
      const checked = [...text.matchAll(/<input[^>]*value="(\w+)" checked/g)].map(([, value]) => value);
      expect(checked.sort()).to.deep.equal(Object.values(rightAnswer(item)).flat().sort());
    });
  }

  it('leads to the last look after the last question', async () => {
    const { browser, attempt, item, action } = await atQuestion('single');
    expect((await browser.submit(action, rightAnswer(item))).path).to.equal(`/attempts/${attempt.id}/review`);
  });

  it('does not say whether it was right', async () => {
    const { browser, item, action } = await atQuestion('single', 'single');
    const { text } = await browser.submit(action, wrongAnswer(item));
    for (const { feedback } of optionsOf(item)) expect(plain(text)).to.not.include(plain(feedback));
    expect(plain(text)).to.not.include(said('case.quality.weak'));
  });

  it('stays when it is sent again with nothing chosen, and the page says so', async () => {
    const { browser, attempt, item, action, page } = await atQuestion('multiple', 'single');
    await browser.submit(action, rightAnswer(item));
    await browser.get(page);
    const { status, text } = await browser.submit(action);
    expect(status).to.equal(422);
    expect(plain(text))
      .to.include(said('question.problem.missing-now'))
      .and.not.include(said('question.problem.missing'));
    expect(await stored(attempt)).to.deep.equal([[1, rightAnswer(item)]]);
    expect(text.match(/<input[^>]* checked/g)).to.have.length(Object.values(rightAnswer(item)).flat().length);
  });

  it('may be changed until it is submitted; the last one counts and the others are kept', async () => {
    const { browser, attempt, item, action, page } = await atQuestion('single', 'single');
    await browser.submit(action, wrongAnswer(item));
    await browser.get(page);
    await browser.submit(action, rightAnswer(item));
    expect(await stored(attempt)).to.deep.equal([[1, rightAnswer(item)]]);
    expect(await count('attempt_answers where attempt_id = $1', [attempt.id])).to.equal(2);
  });

  it('is kept once when it is sent twice', async () => {
    const { browser, attempt, item, action } = await atQuestion('single', 'single');
    const pages = await Promise.all(
      Array.from({ length: 10 }, () => browser.submit(action, rightAnswer(item))),
    );
    expect(new Set(pages.map(({ path }) => path))).to.deep.equal(
      new Set([`/attempts/${attempt.id}/questions/2`]),
    );
    expect(await count('attempt_answers where attempt_id = $1', [attempt.id])).to.equal(1);
  });

  describe('from a tab that is behind', () => {
    it('gets 409 with both answers, and changes nothing', async () => {
      const { browser, attempt, item, action } = await atQuestion('single', 'single');
      const old = browser.last;
      await browser.submit(action, rightAnswer(item));
      browser.last = old;
      const page = await browser.submit(action, wrongAnswer(item));
      expect(page.status).to.equal(409);
      expect(await stored(attempt)).to.deep.equal([[1, rightAnswer(item)]]);
      const words = plain(page.text);
      expect(words).to.include(said('question.staleTitle'));
      const mine = optionsOf(item).find(({ id }) => id === wrongAnswer(item).choice)?.text ?? '';
      expect(words).to.include(said('question.staleYours', { answer: plain(mine) }));
      expect(page.text).to.match(new RegExp(`value="${String(rightAnswer(item).choice)}" checked`));
    });

    it('may answer again from the page of the conflict', async () => {
      const { browser, attempt, item, action } = await atQuestion('single', 'single');
      const old = browser.last;
      await browser.submit(action, rightAnswer(item));
      browser.last = old;
      await browser.submit(action, wrongAnswer(item));
      expect((await browser.submit(action, wrongAnswer(item))).status).to.equal(200);
      expect(await stored(attempt)).to.deep.equal([[1, wrongAnswer(item)]]);
    });

    it('is one of two that answered at the same moment', async () => {
      const { browser, attempt, item, action } = await atQuestion('single', 'single');
      const pages = await Promise.all(
        [rightAnswer(item), wrongAnswer(item)].map(answer => browser.submit(action, answer)),
      );
      expect(pages.map(({ status }) => status).sort()).to.deep.equal([200, 409]);
      const first = pages[0]?.status === 200 ? rightAnswer(item) : wrongAnswer(item);
      expect(await stored(attempt)).to.deep.equal([[1, first]]);
    });

    it('cannot claim to be ahead', async () => {
      const { browser, attempt, item, action } = await atQuestion('single', 'single');
      const page = await browser.submit(action, { ...rightAnswer(item), sequence: '5' });
      expect(page.status).to.equal(409);
      expect(await stored(attempt)).to.deep.equal([]);
    });
  });

  describe('by half', () => {
    it('keeps the half and asks for the other', async () => {
      const { browser, attempt, item, action, page } = await atQuestion('true-false', 'single');
      const { truth = '', reason = '' } = rightAnswer(item);
      const half = await browser.submit(action, { truth });
      expect(half.status).to.equal(422);
      expect(plain(half.text)).to.include(said('question.lack.reason'));
      expect(half.text).to.include('href="#reason"').and.include('id="reason"');
      expect(await stored(attempt)).to.deep.equal([[1, { truth }]]);
      const other = await atQuestion('true-false', 'single');
      const { text } = await other.browser.submit(other.action, { reason });
      expect(plain(text)).to.include(said('question.lack.truth'));
      expect(text).to.include('href="#truth"');
      const whole = await browser.submit(action, { truth, reason });
      expect(whole.path).to.equal(`/attempts/${attempt.id}/questions/2`);
      expect(await stored(attempt)).to.deep.equal([[1, rightAnswer(item)]]);
      expect((await browser.get(page)).text).to.include(`value="${String(truth)}" checked`);
    });

    it('keeps fewer choices than were asked for', async () => {
      const { browser, attempt, item, action } = await atQuestion('multiple', 'single');
      const [first = ''] = [rightAnswer(item).choice ?? []].flat();
      expect((await browser.submit(action, { choice: first })).status).to.equal(422);
      expect(await stored(attempt)).to.deep.equal([[1, { choice: [first] }]]);
    });

    it('refuses more choices than were asked for, stores none, and leaves them ticked', async () => {
      const { browser, attempt, item, action } = await atQuestion('multiple', 'single');
      const all = optionsOf(item).map(({ id }) => id);
      const page = await browser.submit(action, { choice: all });
      expect(page.status).to.equal(422);
      for (const id of all) expect(page.text).to.match(new RegExp(`value="${id}"[^>]* checked`));
      expect(plain(page.text)).to.include(said('question.problem.too-many'));
      expect(await stored(attempt)).to.deep.equal([]);
    });

    it('refuses nothing at all', async () => {
      for (const type of ['single', 'multiple', 'true-false'] as const) {
        const { browser, attempt, action } = await atQuestion(type);
        const page = await browser.submit(action);
        expect(page.status, type).to.equal(422);
        expect(plain(page.text)).to.include(said('question.problem.missing'));
        expect(await stored(attempt)).to.deep.equal([]);
      }
    });
  });

  describe('with values that no page of ours sends', () => {
    const hostile: [string, Record<string, string | string[]>][] = [
      ['an option that is not there', { choice: 'z' }],
      ['an option in capitals', { choice: 'A' }],
      ['two options where one is asked for', { choice: ['a', 'b'] }],
      ['the same option twice', { choice: ['a', 'a'] }],
      ['an empty option', { choice: '' }],
      ['a list by its name', { 'choice[]': 'a' }],
      ['an object by its name', { 'choice[a]': 'b' }],
      ['a prototype', { choice: '__proto__' }],
      ['a field of every object', { choice: 'constructor' }],
      ['a list as text', { choice: '["a"]' }],
      ['NUL', { choice: 'a\0' }],
      ['the text of a long novel', { choice: 'a'.repeat(50_000) }],
      ['SQL', { choice: "a'; drop table attempt_answers; --" }],
      ['the fields of another kind', { truth: 'true', reason: 'a' }],
      ['no number of answers', { choice: 'a', sequence: '' }],
      ['NaN answers', { choice: 'a', sequence: 'NaN' }],
      ['endless answers', { choice: 'a', sequence: '1e999' }],
      ['Infinity', { choice: 'a', sequence: 'Infinity' }],
      ['a negative number of answers', { choice: 'a', sequence: '-1' }],
      ['a number in a list', { choice: 'a', sequence: '[80]' }],
      ['two numbers of answers', { choice: 'a', sequence: ['0', '0'] }],
      ['a hexadecimal number', { choice: 'a', sequence: '0x0' }],
      ['a number with a fraction', { choice: 'a', sequence: '0.0' }],
      ['a number beyond counting', { choice: 'a', sequence: '99999999999999999999' }],
      ['points', { choice: 'zz', points: '100', passed: 'true' }],
    ];
    for (const [name, fields] of hostile) {
      it(`${name}: 422, and nothing is kept`, async () => {
        const { browser, attempt, action } = await atQuestion('single');
        const page = await browser.submit(action, fields);
        expect(page.status).to.equal(422);
        expect(page.text).to.include('<form class="stack"');
        expect(await count('attempt_answers where attempt_id = $1', [attempt.id])).to.equal(0);
      });
    }

    it('a truth that is none, and a reason of another item', async () => {
      const { browser, attempt, action } = await atQuestion('true-false');
      for (const fields of [
        { truth: 'maybe' },
        { truth: ['true', 'false'] },
        { truth: 'true', reason: 'z' },
      ]) {
        expect((await browser.submit(action, fields)).status).to.equal(422);
      }
      expect(await stored(attempt)).to.deep.equal([]);
    });

    it('an option that only another item of the attempt has', async () => {
      const { browser, quiz, cycle } = await readyForQuiz('volunteers', 'survivor-trauma');
      const few = quiz.items.find(item => item.type === 'single');
      const many = quiz.items.find(item => optionsOf(item).length > (few ? optionsOf(few).length : 0));
      if (!few || !many) throw new Error('The bank has no such pair');
      const attempt = await attemptWith(cycle, quiz, [few, many]);
      const foreign =
        optionsOf(many).find(({ id }) => !optionsOf(few).some(option => option.id === id))?.id ?? '';
      await browser.get(`/attempts/${attempt.id}/questions/1`);
      expect(
        (await browser.submit(`/attempts/${attempt.id}/answers/1`, { choice: foreign })).status,
      ).to.equal(422);
      expect(await stored(attempt)).to.deep.equal([]);
    });

    it('more than a form can hold', async () => {
      const { browser, attempt, action, page } = await atQuestion('single');
      expect((await browser.submit(action, { choice: 'a'.repeat(100_000) })).status).to.equal(413);
      await browser.get(page);
      expect((await browser.submit(action, { choice: Array<string>(1_200).fill('a') })).status).to.equal(413);
      expect(await stored(attempt)).to.deep.equal([]);
    });

    it('JSON instead of a form', async () => {
      const { browser, attempt, action } = await atQuestion('single');
      const headers = { 'content-type': 'application/json' };
      expect((await browser.post(action, { choice: 'a' }, headers)).status).to.equal(403);
      expect(await stored(attempt)).to.deep.equal([]);
    });

    it('returns 404 for a question that does not exist', async () => {
      const { browser, attempt } = await atQuestion('single');
      for (const slot of ['0', '2', '-1', '1e0', '01', 'NaN', '1e999', '[1]', '%00']) {
        const page = await send(browser, `/attempts/${attempt.id}/answers/${slot}`, {
          choice: 'a',
          sequence: '0',
        });
        expect(page.status, slot).to.be.oneOf([400, 404]);
      }
      expect(await stored(attempt)).to.deep.equal([]);
    });
  });

  describe('is not for everyone', () => {
    it('needs sign-in', async () => {
      const { attempt, action, item } = await atQuestion('single');
      const page = await send(world().visitor(), action, { ...rightAnswer(item), sequence: '0' });
      expect(page.path).to.equal('/sign-in');
      expect(await stored(attempt)).to.deep.equal([]);
    });

    it('returns 404 to other users, as for an attempt that does not exist', async () => {
      const { attempt, action, item } = await atQuestion('single');
      const { browser } = await cleo();
      const fields = { ...rightAnswer(item), sequence: '0' };
      const foreign = await send(browser, action, fields);
      const missing = await send(
        browser,
        action.replace(attempt.id, '00000000-0000-4000-8000-000000000000'),
        fields,
      );
      expect([foreign.status, missing.status]).to.deep.equal([404, 404]);
      expect(plain(foreign.text)).to.equal(plain(missing.text));
      expect(await stored(attempt)).to.deep.equal([]);
    });

    it('is refused without the token of a page, and with the token of another person', async () => {
      const { browser, attempt, action, item } = await atQuestion('single');
      const fields = { ...rightAnswer(item), sequence: '0' };
      expect((await browser.post(action, fields)).status).to.equal(403);
      const other = await ada();
      const { text } = await other.browser.get('/account');
      const _csrf = /name="_csrf" value="([^"]*)"/.exec(text)?.[1] ?? '';
      expect(_csrf).to.not.equal('');
      expect((await browser.post(action, { ...fields, _csrf })).status).to.equal(403);
      expect(await stored(attempt)).to.deep.equal([]);
    });
  });

  it('after it was submitted leads to the result and changes nothing', async () => {
    const { browser, attempt, item, items, action, quiz } = await atQuestion('single');
    await browser.submit(action, rightAnswer(item));
    await browser.get(`/attempts/${attempt.id}/questions/1`);
    const own = { ...quiz, items, pass: 1 };
    await submitAttempt(attempt, own, Date.now());
    const page = await browser.submit(action, wrongAnswer(item));
    expect(page.path).to.equal(`/attempts/${attempt.id}`);
    expect(await stored(attempt)).to.deep.equal([[1, rightAnswer(item)]]);
  });

  it('shows what is missing at the last look', async () => {
    const { browser, attempt, item, action } = await atQuestion('single', 'single');
    await browser.submit(action, rightAnswer(item));
    const page = await browser.get(`/attempts/${attempt.id}/review`);
    expect(plain(page.text)).to.include(said('review.answered', { answered: 1, count: 2 }));
    const missing = linksIn(page.text, /\/questions\/\d+$/);
    expect(missing).to.include(`/attempts/${attempt.id}/questions/2`);
    expect(await row('select submitted_at as at from attempts where id = $1', [attempt.id])).to.deep.equal({
      at: null,
    });
  });
});
