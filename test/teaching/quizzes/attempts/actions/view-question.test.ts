import type { Quiz } from '../../../../../server/teaching/quizzes/quiz-model.js';
import { expect } from 'chai';
import { translator } from '../../../../../server/platform/i18n/i18n.js';
import { startAttempt } from '../../../../../server/teaching/quizzes/attempts/start/start.js';
import { questionValues } from '../../../../../server/teaching/quizzes/attempts/question-page.js';
import type { Item, OptionItem } from '../../../../../server/teaching/questions/item.js';
import { selectsIn } from '../../../../../server/workshop/smoke/client.js';
import { ada, cleo } from '../../../../support/people.js';
import {
  attemptWith,
  readyForQuiz,
  takeQuiz,
  MODULE,
  enrolled,
  quizIn,
  readLessons,
} from '../../../../support/walk.js';
import { optionsOf } from '../../../../support/answers.js';
import { plain } from '../../../../support/pages.js';
import { ownWorld, world } from '../../../../support/world.js';

/** A learner on an attempt that holds the whole bank of a module. */
async function wholeBank() {
  const ready = await readyForQuiz('volunteers', 'survivor-trauma');
  const attempt = await attemptWith(ready.cycle, ready.quiz, ready.quiz.items);
  return { ...ready, attempt };
}

describe('the page of a question', () => {
  ownWorld();
  it('shows the question, every option, and nothing chosen', async () => {
    const { browser, attempt, quiz } = await wholeBank();
    for (const [index, item] of quiz.items.entries()) {
      const page = await browser.get(`/attempts/${attempt.id}/questions/${index + 1}`);
      expect(page.status).to.equal(200);
      const words = plain(page.text);
      expect(words).to.include(plain(item.stem));
      for (const { text } of optionsOf(item)) expect(words).to.include(plain(text));
      expect(page.text).to.not.match(/<input[^>]* checked|<option[^>]* selected/);
    }
  });

  it('holds no feedback on any option of the bank', async () => {
    const { browser, attempt, quiz } = await wholeBank();
    const feedback = quiz.items.flatMap(optionsOf).map(option => plain(option.feedback));
    expect(feedback.length).to.be.greaterThan(30);
    for (const index of quiz.items.keys()) {
      const page = await browser.get(`/attempts/${attempt.id}/questions/${index + 1}`);
      const words = plain(page.text);
      expect(feedback.filter(text => words.includes(text) || page.text.includes(text))).to.deep.equal([]);
    }
  });

  it('holds no mark of the key: not in its words, its fields, its classes or its comments', async () => {
    const { browser, attempt, quiz } = await wholeBank();
    for (const [index, item] of quiz.items.entries()) {
      const { text } = await browser.get(`/attempts/${attempt.id}/questions/${index + 1}`);
      const form =
        /<form class="stack" method="post" action="\/attempts[\s\S]*?<\/form>/.exec(text)?.[0] ?? '';
      expect(form).to.not.match(
        /<!--|data-|appearance|no-concern|\b(key|correct|feedback|critical|judgement|judges|(?:never|always)-\d|objective|facts?)="/i,
      );
      expect(text).to.not.include(item.id);
      expect(text).to.not.include(item.objective);
      const classes = [...form.matchAll(/<label class="([^"]*)"/g)].map(([, name]) => name);
      expect(new Set(classes).size, 'all options look alike').to.equal(1);
    }
  });

  it('is the same whatever the key, the truth and the feedback are', async () => {
    const learner = await ada();
    const cycle = await enrolled(learner, 'volunteers');
    await readLessons(cycle);
    const quiz = await quizIn(cycle, 'survivor-trauma');
    const attempt = await startAttempt(cycle, quiz, Date.now());
    const turned: Quiz = { ...quiz, items: quiz.items.map<Quiz['items'][number]>(turn) };
    for (const index of attempt.form.keys()) {
      const shown = questionValues(attempt, quiz, [], index + 1, translator('en'));
      expect(questionValues(attempt, turned, [], index + 1, translator('en'))).to.deep.equal(shown);
    }
  });

  it('shows the options in the order of the attempt, at each look', async () => {
    const { browser, cycle, quiz } = await readyForQuiz();
    const items = quiz.items.filter(({ type }) => type === 'single');
    const ofOneChoice = { ...quiz, items, minCritical: 0, levels: {}, own: 0, points: 0 };
    const attempt = await startAttempt(cycle, ofOneChoice, Date.now());
    for (const [index, { optionOrder }] of attempt.form.entries()) {
      for (const _ of [1, 2]) {
        const { text } = await browser.get(`/attempts/${attempt.id}/questions/${index + 1}`);
        expect(optionsOn(text)).to.deep.equal(optionOrder);
      }
    }
  });

  it('leads to the result once the attempt is submitted', async () => {
    const { browser, cycle } = await readyForQuiz();
    const attempt = await takeQuiz(cycle, MODULE);
    expect((await browser.get(`/attempts/${attempt.id}/questions/1`)).path).to.equal(
      `/attempts/${attempt.id}`,
    );
    expect((await browser.get(`/attempts/${attempt.id}/review`)).path).to.equal(`/attempts/${attempt.id}`);
  });

  it('the result of an open attempt leads back to it', async () => {
    const { browser, cycle, quiz } = await readyForQuiz();
    const attempt = await startAttempt(cycle, quiz, Date.now());
    const page = await browser.get(`/attempts/${attempt.id}`);
    expect(page.path).to.equal(`/attempts/${attempt.id}/review`);
    for (const index of attempt.form.keys()) {
      expect(page.text).to.include(`href="/attempts/${attempt.id}/questions/${index + 1}"`);
    }
  });

  it('returns 404 for numbers that are no question', async () => {
    const { browser, cycle, quiz } = await readyForQuiz();
    const { id, form } = await startAttempt(cycle, quiz, Date.now());
    for (const slot of [
      '0',
      '-1',
      String(form.length + 1),
      '1e0',
      '01',
      '1.0',
      'NaN',
      '1e999',
      '%20',
      '[1]',
    ]) {
      expect((await browser.get(`/attempts/${id}/questions/${slot}`)).status, slot).to.equal(404);
    }
  });

  it('needs sign-in, and returns 404 to other users', async () => {
    const { cycle, quiz } = await readyForQuiz();
    const { id } = await startAttempt(cycle, quiz, Date.now());
    const other = await cleo();
    for (const path of [`/attempts/${id}`, `/attempts/${id}/questions/1`, `/attempts/${id}/review`]) {
      expect((await other.browser.get(path)).status, path).to.equal(404);
      expect((await world().visitor().get(path)).path, path).to.equal(
        `/sign-in?next=${encodeURIComponent(path)}`,
      );
    }
    expect((await other.browser.get('/attempts/nonsense/questions/1')).status).to.equal(404);
  });
});

/** The ids of the options of a page, in its order: as choices, as steps with a place, or in each select of a line. */
function optionsOn(text: string): string[] {
  const found = [...text.matchAll(/name="(?:choice|reason)" value="(\w+)"|name="place-(\w+)"/g)];
  const [lines] = selectsIn(text);
  if (lines && found.length === 0) return lines.values.filter(value => value !== '');
  return found.map(([, choice, step]) => choice ?? step ?? '');
}

/** The same question with everything that is secret turned cycle. How many are right is no secret. */
function turn(item: Item): Item {
  const { options, key } = item as OptionItem;
  const others = options.map(({ id }) => id).filter(id => !key.includes(id));
  const secret = {
    key: [...others, ...key.toReversed()].slice(0, key.length),
    options: options.map(o => ({ ...o, feedback: 'x', judges: 'appearance' as const })),
    judgement: item.judgement === 'concern' ? ('no-concern' as const) : ('concern' as const),
  };
  return { ...item, ...secret, ...('truth' in item ? { truth: !item.truth } : {}), facts: [] };
}
