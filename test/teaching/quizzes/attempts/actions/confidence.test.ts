import type { Confidence, Quiz } from '../../../../../server/teaching/quizzes/quiz-model.js';
import { expect } from 'chai';
import { row, count } from '../../../../support/rows.js';
import { savedAnswers } from '../../../../../server/teaching/quizzes/attempts/attempts.js';
import { saveAnswer } from '../../../../../server/teaching/quizzes/attempts/save-answer.js';
import { submitAttempt } from '../../../../../server/teaching/quizzes/attempts/submit.js';
import { startAttempt } from '../../../../../server/teaching/quizzes/attempts/start/start.js';
import { questionsIn } from '../../../../../server/teaching/quizzes/quiz.js';
import type { Item } from '../../../../../server/teaching/questions/item.js';
import { said, saidLike } from '../../../../support/said.js';
import { almostThrough, attemptWith, enrolled, quizIn, readyForQuiz } from '../../../../support/walk.js';
import { optionsOf, rightAnswer, wrongAnswer } from '../../../../support/answers.js';
import { plain, send } from '../../../../support/pages.js';
import { signedIn } from '../../../../support/people.js';
import { ownWorld } from '../../../../support/world.js';

/** An attempt of two questions with one right option each, the first one open in the browser. */
async function onQuestion() {
  const ready = await readyForQuiz('volunteers', 'survivor-trauma');
  const items = ready.quiz.items.filter(({ type }) => type === 'single').slice(0, 2);
  const attempt = await attemptWith(ready.cycle, ready.quiz, items);
  const [first] = items as readonly Item[];
  const choice = optionsOf(first as Item)[0]?.id ?? '';
  const page = `/attempts/${attempt.id}/questions/1`;
  const post = (fields: Record<string, string | readonly string[]>) =>
    send(ready.browser, `/attempts/${attempt.id}/answers/1`, fields);
  return { ...ready, attempt, choice, page, post };
}

const rowsOf = (id: string) => count('attempt_answers where attempt_id = $1', [id]);
const checked = (html: string) => /id="confidence-(\w+)"[^>]* checked/.exec(html)?.[1] ?? null;

describe('confidence in an answer', () => {
  ownWorld();
  it('may be left out, is kept with the answer, and is shown again', async () => {
    const { browser, attempt, choice, page, post } = await onQuestion();
    expect(checked((await browser.get(page)).text)).to.equal(null);
    await post({ sequence: '0', choice });
    expect((await savedAnswers(attempt.id))[0]).to.include({ sequence: 1, confidence: null });
    await post({ sequence: '1', choice, confidence: 'fairly' });
    expect((await savedAnswers(attempt.id))[0]).to.include({ sequence: 2, confidence: 'fairly' });
    expect(checked((await browser.get(page)).text)).to.equal('fairly');
  });

  it('is a new answer when it alone changes, the same when sent again, and stale from an old page', async () => {
    const { browser, attempt, choice, page, post } = await onQuestion();
    await post({ sequence: '0', choice, confidence: 'sure' });
    for (const sequence of ['0', '1']) await post({ sequence, choice, confidence: 'sure' });
    expect(await rowsOf(attempt.id)).to.equal(1);
    await post({ sequence: '1', choice, confidence: 'guess' });
    expect(await rowsOf(attempt.id)).to.equal(2);
    const late = await post({ sequence: '1', choice, confidence: 'sure' });
    expect(late.status).to.equal(409);
    expect(checked(late.text)).to.equal('guess');
    expect(checked((await browser.get(page)).text)).to.equal('guess');
    expect(await rowsOf(attempt.id)).to.equal(2);
  });

  it('without an answer is no answer: 422, and what was said stays on the page', async () => {
    const { attempt, post } = await onQuestion();
    const page = await post({ sequence: '0', confidence: 'sure' });
    expect(page.status).to.equal(422);
    expect(plain(page.text)).to.include(said('question.problem.missing'));
    expect(checked(page.text)).to.equal('sure');
    expect(await rowsOf(attempt.id)).to.equal(0);
  });

  for (const confidence of ['SURE', 'certain', '3', ['sure', 'guess'], "'; drop table attempts; --"])
    it(`as ${JSON.stringify(confidence)} is refused with a word to do it again, and nothing is kept`, async () => {
      const { attempt, choice, post } = await onQuestion();
      const page = await post({ sequence: '0', choice, confidence });
      expect(page.status).to.equal(422);
      expect(plain(page.text)).to.include(said('question.problem.unreadable'));
      expect(await rowsOf(attempt.id)).to.equal(0);
    });

  it('is not asked of a case, and is not kept with it', async () => {
    const learner = await signedIn();
    const cycle = await enrolled(learner, 'volunteers');
    await almostThrough(cycle, ['final']);
    const quiz = await quizIn(cycle, 'final');
    const attempt = await startAttempt(cycle, quiz, Date.now());
    const slot = questionsIn(quiz, attempt.form) + 1;
    const page = await learner.browser.get(`/attempts/${attempt.id}/questions/${slot}`);
    expect(page.text).to.not.include('name="confidence"');
    const choice =
      quiz.scenarios[0]?.nodes.find(({ id }) => id === quiz.scenarios[0]?.start)?.choices[0]?.id ?? '';
    await send(learner.browser, `/attempts/${attempt.id}/answers/${slot}`, {
      sequence: '0',
      path: '',
      choice,
      confidence: 'sure',
    });
    expect(await savedAnswers(attempt.id)).to.deep.equal([
      { slot, sequence: 1, response: { path: [choice] }, confidence: null },
    ]);
  });

  it('on the page with all questions is kept for each of them', async () => {
    const { browser, attempt, quiz } = await onQuestion();
    const [one, two] = attempt.form.map(({ itemId }) => quiz.items.find(({ id }) => id === itemId));
    const choiceOf = (item: unknown) => String(rightAnswer(item as Item).choice);
    const page = await send(browser, `/attempts/${attempt.id}/answers`, {
      's1-sequence': '0',
      's1-choice': choiceOf(one),
      's1-confidence': 'sure',
      's2-sequence': '0',
      's2-choice': choiceOf(two),
      then: 'stay',
    });
    expect(page.status).to.equal(200);
    expect((await savedAnswers(attempt.id)).map(({ confidence }) => confidence)).to.deep.equal([
      'sure',
      null,
    ]);
    expect(page.text).to.match(/id="s1-confidence-sure"[^>]* checked/);
  });

  it('on the page with all questions stays beside an answer that is to be mended', async () => {
    const { browser, cycle, quiz } = await readyForQuiz('volunteers', 'survivor-trauma');
    const item = (quiz.items as readonly Item[]).find(({ type }) => type === 'multiple');
    const attempt = await attemptWith(cycle, quiz, item ? [item] : []);
    const page = await send(browser, `/attempts/${attempt.id}/answers`, {
      's1-sequence': '0',
      's1-choice': optionsOf(item as Item).map(({ id }) => id),
      's1-confidence': 'guess',
      then: 'stay',
    });
    expect(page.status).to.equal(422);
    expect(page.text).to.match(/id="s1-confidence-guess"[^>]* checked/);
  });
});

describe('what an option judges', () => {
  ownWorld();
  it('is on no page, in no answer of a script, and in no header before the attempt is submitted', async () => {
    const ready = await readyForQuiz('volunteers', 'survivor-trauma');
    const attempt = await attemptWith(ready.cycle, ready.quiz, ready.quiz.items);
    const told = (ready.quiz.items as readonly Item[]).flatMap(optionsOf).map(({ judges }) => judges);
    expect(new Set(told)).to.include.all.keys('concern', 'no-concern', 'appearance');
    const base = `/attempts/${attempt.id}`;
    const slots = attempt.form.map((_, index) => `${base}/questions/${index + 1}`);
    for (const path of [...slots, `${base}/questions`, `${base}/review`]) {
      const page = await ready.browser.get(path);
      const headers = JSON.stringify([...page.headers]);
      expect(page.text + headers, path).to.not.match(/appearance|no-concern|judge/i);
      for (const tag of page.text.match(/<(?:input|label|fieldset|option|select)[^>]*>/g) ?? [])
        expect(tag, path).to.not.match(/concern(?! now)/);
    }
  });
});

describe('the result', () => {
  ownWorld();
  it('has after a pass what one was sure of and wrong first, and says how many sure answers were right', async () => {
    const { browser, id, quiz } = await submittedAttempt({ wrong: [3], sure: [2, 3] });
    const { text } = await browser.get(`/attempts/${id}`);
    const positions = [
      ...text.matchAll(/<details class="fold"[\s\S]*?<span class="label">\D*(\d+)<\/span>/g),
    ].map(([, position]) => position);
    expect(positions.slice(0, 3)).to.deep.equal(['3', '1', '2']);
    expect(positions.length).to.equal(quiz.draw);
    expect(text.split(`>${said('result.wasSure')}<`)).to.have.length(2);
    expect(plain(text)).to.include(said('result.judging.sure', { sure: 2, right: 1 }));
  });

  it('after a fail puts first what one was sure of, in words, and counts too few sure answers for nobody', async () => {
    const all = await submittedAttempt({ wrong: 'all', sure: 'all' });
    const words = plain((await all.browser.get(`/attempts/${all.id}`)).text);
    expect(words).to.include(said('result.sure', { objective: '' }));
    expect(words).to.match(saidLike('result.judging.sure', { sure: /\d+/, right: 0 }));
    const one = await submittedAttempt({ wrong: 'all', sure: [1] });
    expect(plain((await one.browser.get(`/attempts/${one.id}`)).text)).to.not.match(
      saidLike('result.judging.sure', { sure: /\d+/, right: /\d+/ }),
    );
  });

  it('tells after a fail how situations were judged, in counts, and neither a key nor what an option judges', async () => {
    const { browser, id, quiz } = await submittedAttempt({ wrong: 'all', sure: [] });
    const { text } = await browser.get(`/attempts/${id}`);
    const words = plain(text);
    expect(words).to.match(saidLike('result.judging.concern', { acted: /\d+/, all: /\d+/, right: /\d+/ }));
    expect(words).to.match(saidLike('result.judging.byLooks', { number: /\d+/ }));
    expect(text).to.not.match(/appearance|no-concern|judges/);
    for (const option of (quiz.items as readonly Item[]).flatMap(optionsOf))
      expect(words.includes(plain(option.text)), option.text).to.equal(false);
  });

  it('is stored with a code for each situation, and the score is the same whatever was said', async () => {
    const sure = await submittedAttempt({ wrong: [1], sure: 'all' });
    const silent = await submittedAttempt({ wrong: [1], sure: [] });
    const stored = async (id: string) => {
      const found = await row<{ points: number; result: string }>(
        'select points, result from attempts where id = $1',
        [id],
      );
      return {
        points: found?.points,
        result: JSON.parse(found?.result ?? '[]') as Record<string, unknown>[],
      };
    };
    expect(await stored(sure.id)).to.deep.equal(await stored(silent.id));
    const { result } = await stored(sure.id);
    expect(result.some(({ signal }) => signal !== undefined)).to.equal(true);
    expect(JSON.stringify(result)).to.not.include('confidence');
  });
});

/** An attempt at the same questions for everybody: those with a judgement, so many as the quiz draws. */
async function submittedAttempt({ wrong, sure }: { wrong: number[] | 'all'; sure: number[] | 'all' }) {
  const ready = await readyForQuiz('volunteers', 'survivor-trauma');
  const { cycle, browser } = ready;
  const single = (ready.quiz.items as readonly Item[]).filter(
    ({ type, judgement, critical }) => type === 'single' && judgement !== undefined && critical === false,
  );
  const quiz: Quiz = ready.quiz;
  const items = [
    ...single.filter(({ judgement }) => judgement === 'concern').slice(0, quiz.draw - 1),
    ...single.filter(({ judgement }) => judgement === 'no-concern'),
  ].slice(0, quiz.draw);
  const attempt = await attemptWith(cycle, quiz, items);
  const has = (list: number[] | 'all', slot: number) => list === 'all' || list.includes(slot);
  for (const [index, item] of items.entries()) {
    const slot = index + 1;
    const response = has(wrong, slot) ? wrongAnswer(item) : rightAnswer(item);
    const confidence: Confidence | null = has(sure, slot) ? 'sure' : null;
    await saveAnswer(attempt, quiz, { slot, sequence: 0, response, confidence }, Date.now());
  }
  await submitAttempt(attempt, quiz, Date.now());
  return { browser, id: attempt.id, quiz };
}
