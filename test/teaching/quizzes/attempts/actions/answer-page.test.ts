import { expect } from 'chai';
import { savedAnswers, findAttempt } from '../../../../../server/teaching/quizzes/attempts/attempts.js';
import { submitAttempt } from '../../../../../server/teaching/quizzes/attempts/submit.js';
import { startAttempt } from '../../../../../server/teaching/quizzes/attempts/start/start.js';
import type { Answer } from '../../../../../server/teaching/questions/answer.js';
import type { Item } from '../../../../../server/teaching/questions/item.js';
import { choicesIn, selectsIn, type Page } from '../../../../../server/workshop/smoke/client.js';
import { atReports } from '../../../../support/quizzes/report-items.js';
import { atRows, atSpot } from '../../../../support/quizzes/row-items.js';
import { cleo, ada } from '../../../../support/people.js';
import { said, saidLike } from '../../../../support/said.js';
import { almostThrough, attemptWith, enrolled, quizIn, readyForQuiz } from '../../../../support/walk.js';
import { count } from '../../../../support/rows.js';
import { optionsOf, rightAnswer, wrongAnswer } from '../../../../support/answers.js';
import { plain, send } from '../../../../support/pages.js';
import { ownWorld, world } from '../../../../support/world.js';

/** A learner before a page with one question of each kind named, in this order. */
async function atPage(...types: Item['type'][]) {
  const ready = await readyForQuiz('volunteers', 'survivor-trauma');
  const items = types.map((type, index) => {
    const found = ready.quiz.items.filter(item => item.type === type)[index];
    if (!found) throw new Error(`The bank has no question of type ${type}`);
    return found;
  });
  const attempt = await attemptWith(ready.cycle, ready.quiz, items);
  const page = `/attempts/${attempt.id}/questions`;
  await ready.browser.get(page);
  return { ...ready, attempt, items, page, action: `/attempts/${attempt.id}/answers` };
}

/** Answers to some slots, as the fields of the page name them. */
const fields = (answers: Record<number, Answer>): Answer =>
  Object.fromEntries(
    Object.entries(answers).flatMap(([slot, answer]) =>
      Object.entries(answer).map(([name, value]) => [`s${slot}-${name}`, value]),
    ),
  );

const stored = async ({ id }: { id: string }) =>
  (await savedAnswers(id)).map(({ slot, response }) => [slot, response]);

/** Where the links of the summary lead, and what they say. */
const summary = ({ text }: Page): [string, string][] => {
  const box = /<div class="summary"[\s\S]*?<\/div>/.exec(text)?.[0] ?? '';
  return [...box.matchAll(/<a href="#([^"]*)">([^<]*)</g)].map(([, to = '', says = '']) => [to, plain(says)]);
};

/** The values of the boxes that are ticked on a page. */
const ticked = ({ text }: Page): string[] =>
  [...text.matchAll(/<input type="checkbox"[^>]* value="([^"]*)"[^>]* checked/g)].map(
    ([, value]) => value ?? '',
  );

describe('marks together with nothing to pass on', () => {
  ownWorld();
  const both = { mark: ['b', 'none'] };

  it('are asked for again on the page of their question, as they were ticked', async () => {
    const { browser, attempt } = await atSpot();
    const to = `/attempts/${attempt.id}`;
    await browser.get(`${to}/questions/1`);
    const page = await browser.submit(`${to}/answers/1`, both);
    expect(page.status).to.equal(422);
    expect(summary(page)).to.deep.equal([['mark', said('spot.both')]]);
    expect(ticked(page)).to.deep.equal(['b', 'none']);
    expect(await stored(attempt)).to.deep.equal([]);
  });

  it('are asked for again on the page of all questions, whose other answers are saved', async () => {
    const { browser, attempt } = await atSpot();
    const to = `/attempts/${attempt.id}`;
    await browser.get(`${to}/questions`);
    const page = await browser.submit(`${to}/answers`, fields({ 1: both, 2: { choice: 'a' } }));
    expect(page.status).to.equal(422);
    expect(summary(page)).to.deep.equal([
      ['s1-mark', said('onePage.mend', { position: 1, problem: said('spot.both') })],
    ]);
    expect(ticked(page)).to.deep.equal(['b', 'none']);
    expect(await stored(attempt)).to.deep.equal([[2, { choice: 'a' }]]);
  });
});

describe('all questions on one page', () => {
  ownWorld();
  it('is a choice at the start of a quiz, and can be left and taken again from every question', async () => {
    const { browser, start } = await readyForQuiz();
    await browser.get(start);
    const page = await browser.submit(`${start}/attempts`, { view: 'page' });
    expect(page.path).to.match(/^\/attempts\/[\w-]+\/questions$/);
    const one = /href="(\/attempts\/[\w-]+\/questions\/1)"/.exec(page.text)?.[1] ?? '';
    expect((await browser.get(one)).text).to.include(`href="${page.path}"`);
  });

  it('holds every drawn question in order, numbered, each field and id once, and nothing of the key', async () => {
    const { browser, cycle, quiz } = await readyForQuiz('volunteers', 'survivor-trauma');
    const attempt = await attemptWith(cycle, quiz, quiz.items);
    const { text } = await browser.get(`/attempts/${attempt.id}/questions`);
    const words = plain(text);
    const places = quiz.items.map(({ stem }) => words.indexOf(plain(stem)));
    expect(places.includes(-1)).to.equal(false);
    expect(places).to.deep.equal(places.toSorted((a, b) => a - b));
    quiz.items.forEach((_, index) =>
      expect(words).to.include(said('question.back', { position: index + 1 })),
    );
    const ids = [...text.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).to.equal(ids.length);
    const names = [...choicesIn(text), ...selectsIn(text)].map(({ name }) => name);
    expect(names.filter(name => !/^s\d+-/.test(name))).to.deep.equal([]);
    const secrets = quiz.items.flatMap(optionsOf).map(({ feedback }) => plain(feedback));
    expect(secrets.filter(secret => words.includes(secret))).to.deep.equal([]);
    const form = /<form class="stack" method="post" action="\/attempts[\s\S]*?<\/form>/.exec(text)?.[0] ?? '';
    expect(form).to.not.match(
      /<!--|data-(?!slot="\d+")|\b(key|correct|feedback|critical|judgement|(?:never|always)-\d)="/i,
    );
    for (const { id, objective } of quiz.items) expect(form).to.not.include(id).and.not.include(objective);
  });

  it('leaves out the case, which follows as its own steps', async () => {
    const learner = await ada();
    const cycle = await enrolled(learner, 'volunteers');
    await almostThrough(cycle, ['final']);
    const quiz = await quizIn(cycle, 'final');
    const attempt = await startAttempt(cycle, quiz, Date.now());
    const page = await learner.browser.get(`/attempts/${attempt.id}/questions`);
    expect(plain(page.text))
      .to.include(said('onePage.case'))
      .and.not.include(plain(quiz.scenarios[0]?.opening ?? '?'));
    const after = await learner.browser.submit(`/attempts/${attempt.id}/answers`, { then: 'review' });
    expect(after.path).to.equal(`/attempts/${attempt.id}/questions/${attempt.form.length}`);
  });

  it('keeps every answer, and stays or goes to the last look as asked; blank ones are no fault', async () => {
    const { browser, attempt, items, page, action } = await atPage(
      'single',
      'multiple',
      'true-false',
      'single',
    );
    const [first, second, third] = items.map(item => rightAnswer(item));
    const stay = await browser.submit(action, {
      ...fields({ 1: first ?? {}, 3: third ?? {} }),
      then: 'stay',
    });
    expect(stay.path).to.equal(`${page}?saved`);
    expect(plain(stay.text)).to.include(said('onePage.savedTitle'));
    expect(await stored(attempt)).to.deep.equal([
      [1, first],
      [3, third],
    ]);
    const on = await browser.submit(action, {
      ...fields({ 1: first ?? {}, 2: second ?? {}, 3: third ?? {} }),
      then: 'review',
    });
    expect(on.path).to.equal(`/attempts/${attempt.id}/review?view=page`);
    expect(plain(on.text)).to.include(said('review.answered', { answered: 3, count: 4 }));
    expect(on.text).to.include(`href="${page}#question-4"`).and.include(`href="${page}"`);
    expect(await count('attempt_answers where attempt_id = $1', [attempt.id])).to.equal(3);
  });

  it('does not say that something is saved where nothing was answered', async () => {
    const { browser, page, action } = await atPage('single', 'multiple', 'true-false', 'single');
    expect(plain((await browser.get(page)).text)).to.not.include(said('onePage.nothingTitle'));
    const stay = await browser.submit(action, { ...fields({}), then: 'stay' });
    expect(stay.path).to.equal(`${page}?saved`);
    expect(plain(stay.text))
      .to.include(said('onePage.nothingTitle'))
      .and.not.include(said('onePage.savedTitle'));
  });

  it('accepts each type of question, with its confidence', async () => {
    const rows = await atRows(['ordering', 'matching']);
    const reports = await atReports();
    for (const { browser, attempt, items } of [
      rows,
      { ...reports, items: reports.quiz.items.filter(({ type }) => type === 'report') },
    ]) {
      await browser.get(`/attempts/${attempt.id}/questions`);
      const answers = { 1: rightAnswer(items[0] as Item), 2: rightAnswer(items[1] as Item) };
      const sure = { 's1-confidence': 'sure' };
      const page = await browser.submit(`/attempts/${attempt.id}/answers`, { ...fields(answers), ...sure });
      expect(page.status, plain(page.text)).to.equal(200);
      expect(await stored(attempt)).to.deep.equal(Object.entries(answers).map(([n, a]) => [Number(n), a]));
      expect((await savedAnswers(attempt.id)).map(({ confidence }) => confidence)).to.deep.equal([
        'sure',
        null,
      ]);
    }
  });

  it('shows what is kept, and leads from the review back to a question', async () => {
    const { browser, items, page, action } = await atPage('single', 'multiple');
    const [one, two] = items.map(item => rightAnswer(item));
    await browser.submit(action, fields({ 1: one ?? {}, 2: two ?? {} }));
    const { text } = await browser.get(page);
    for (const value of [one?.choice ?? [], two?.choice ?? []].flat()) {
      expect(text).to.match(new RegExp(`value="${value}" checked`));
    }
  });

  describe('where a question lacks something', () => {
    it('keeps the others, and leads to each that is to be mended, with what was chosen there', async () => {
      const { browser, attempt, items, action } = await atPage('single', 'multiple', 'true-false', 'single');
      const [good, many, half] = [
        rightAnswer(items[0] as Item),
        items[1] as Item,
        rightAnswer(items[2] as Item),
      ];
      const all = optionsOf(many).map(({ id }) => id);
      const page = await browser.submit(
        action,
        fields({ 1: good, 2: { choice: all, confidence: 'guess' }, 3: { truth: half.truth ?? '' } }),
      );
      expect(page.status).to.equal(422);
      expect(await stored(attempt)).to.deep.equal([
        [1, good],
        [3, { truth: half.truth }],
      ]);
      const links = summary(page);
      expect(links.map(([to]) => to)).to.deep.equal(['s2-choice', 's3-reason']);
      expect(links[0]?.[1]).to.match(saidLike('onePage.mend', { position: 2, problem: /.+/ }));
      expect(links[1]?.[1]).to.match(saidLike('onePage.mend', { position: 3, problem: /.+/ }));
      for (const [to] of links) expect(page.text).to.include(` id="${to}"`);
      for (const id of all) expect(page.text).to.match(new RegExp(`name="s2-choice" value="${id}" checked`));
      expect(page.text).to.match(/name="s2-confidence" value="guess" checked/);
    });

    it('keeps a text that is too long on the page', async () => {
      const { browser, attempt } = await atReports();
      await browser.get(`/attempts/${attempt.id}/questions`);
      const long = 'At the stairs. '.repeat(30);
      const page = await browser.submit(`/attempts/${attempt.id}/answers`, {
        's1-place': long,
        's2-time': '14:05',
      });
      expect(page.status).to.equal(422);
      expect(page.text).to.include(long.trim());
      expect(await stored(attempt)).to.deep.equal([[2, { time: '14:05' }]]);
    });

    it('reports an answer that was taken away, and keeps it', async () => {
      const { browser, attempt, items, page, action } = await atPage('multiple', 'single');
      const right = rightAnswer(items[0] as Item);
      await browser.submit(action, fields({ 1: right }));
      await browser.get(page);
      const blank = await browser.submit(action);
      expect(blank.status).to.equal(422);
      expect(summary(blank).map(([to]) => to)).to.deep.equal(['s1-choice']);
      expect(await stored(attempt)).to.deep.equal([[1, right]]);
    });
  });

  describe('from a tab that is behind', () => {
    it('keeps the other answers, returns 409 with both answers to the one, and changes nothing there', async () => {
      const { browser, attempt, items, action, page } = await atPage('single', 'single');
      const old = (await browser.get(page)) && browser.last;
      const [first, second] = items as [Item, Item];
      await send(browser, `/attempts/${attempt.id}/answers/1`, { ...rightAnswer(first), sequence: '0' });
      browser.last = old;
      const answer = await browser.submit(action, fields({ 1: wrongAnswer(first), 2: rightAnswer(second) }));
      expect(answer.status).to.equal(409);
      expect(await stored(attempt)).to.deep.equal([
        [1, rightAnswer(first)],
        [2, rightAnswer(second)],
      ]);
      const mine = optionsOf(first).find(({ id }) => id === wrongAnswer(first).choice)?.text ?? '';
      expect(plain(answer.text)).to.include(said('question.staleYours', { answer: plain(mine) }));
      expect(summary(answer)).to.deep.equal([
        ['s1-choice', said('onePage.mend', { position: 1, problem: said('onePage.stale') })],
      ]);
      // From the page that told it, it may be answered again.
      const again = await browser.submit(action, fields({ 1: wrongAnswer(first), 2: rightAnswer(second) }));
      expect(again.status).to.equal(200);
      expect((await stored(attempt))[0]).to.deep.equal([1, wrongAnswer(first)]);
    });

    it('is not blamed for a question that it sends back as it was shown', async () => {
      const { browser, attempt, items, action, page } = await atPage('single', 'single');
      const [first, second] = items as [Item, Item];
      await browser.submit(action, fields({ 1: rightAnswer(first) }));
      const old = await browser.get(page);
      await send(browser, `/attempts/${attempt.id}/answers/1`, { ...wrongAnswer(first), sequence: '1' });
      browser.last = old;
      const answer = await browser.submit(action, fields({ 1: rightAnswer(first), 2: rightAnswer(second) }));
      expect(answer.status).to.equal(200);
      expect(await stored(attempt)).to.deep.equal([
        [1, wrongAnswer(first)],
        [2, rightAnswer(second)],
      ]);
    });
  });

  it('is kept once when it is sent ten times at once', async () => {
    const { browser, attempt, items, action } = await atPage('single', 'multiple');
    const sent = fields({ 1: rightAnswer(items[0] as Item), 2: rightAnswer(items[1] as Item) });
    const pages = await Promise.all(Array.from({ length: 10 }, () => browser.submit(action, sent)));
    expect(new Set(pages.map(({ status }) => status))).to.deep.equal(new Set([200]));
    expect(await count('attempt_answers where attempt_id = $1', [attempt.id])).to.equal(2);
  });

  it('keeps nothing that no page of ours sends', async () => {
    const { browser, attempt, action } = await atPage('single', 'multiple');
    for (const hostile of [
      { 's1-choice': 'z' },
      { 's1-choice': 'a', 's1-sequence': 'NaN' },
      { 's1-choice': 'a', 's1-confidence': 'wholly' },
      { 's1-choice': 'a', 's1-sequence': ['0', '0'] },
      { 's1-__proto__': 'a' },
    ]) {
      const page = await browser.submit(action, hostile);
      expect(page.status, JSON.stringify(hostile)).to.be.oneOf([200, 422]);
    }
    const none = await browser.submit(action, {
      choice: 'a',
      's0-choice': 'a',
      's3-choice': 'a',
      's01-choice': 'a',
    });
    expect(none.status).to.equal(200);
    expect(await stored(attempt)).to.deep.equal([]);
  });

  it('leads to the result once the attempt is submitted, and changes nothing', async () => {
    const { browser, attempt, items, action, page, quiz } = await atPage('single');
    await submitAttempt(attempt, { ...quiz, items: items, pass: 1 }, Date.now());
    const answer = await browser.submit(action, fields({ 1: rightAnswer(items[0] as Item) }));
    expect(answer.path).to.equal(`/attempts/${attempt.id}`);
    expect((await browser.get(page)).path).to.equal(`/attempts/${attempt.id}`);
    expect(await stored(attempt)).to.deep.equal([]);
  });

  it('needs sign-in and a token, and returns 404 to other users', async () => {
    const { browser, attempt, items, action, page } = await atPage('single');
    const sent = { ...fields({ 1: rightAnswer(items[0] as Item) }), 's1-sequence': '0' };
    expect((await browser.post(action, sent)).status).to.equal(403);
    expect((await send(world().visitor(), action, sent)).path).to.equal('/sign-in');
    const other = await cleo();
    expect((await send(other.browser, action, sent)).status).to.equal(404);
    expect((await other.browser.get(page)).status).to.equal(404);
    expect(await stored(attempt)).to.deep.equal([]);
  });

  it('counts like the other way: a quiz answered there is passed', async () => {
    const { browser, quiz, start } = await readyForQuiz();
    await browser.get(start);
    const page = await browser.submit(`${start}/attempts`, { view: 'page' });
    const id = page.path.split('/')[2] ?? '';
    const attempt = await findAttempt(id);
    const answers = (attempt?.form ?? []).map(({ itemId }, index) => [
      index + 1,
      rightAnswer(quiz.items.find(item => item.id === itemId) as Item),
    ]);
    await browser.submit(`/attempts/${id}/answers`, {
      ...fields(Object.fromEntries(answers) as Record<number, Answer>),
      then: 'review',
    });
    const result = await browser.submit(`/attempts/${id}/submission`);
    expect(plain(result.text)).to.include(said('result.passedModule'));
  });
});
