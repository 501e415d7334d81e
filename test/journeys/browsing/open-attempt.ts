import type { Page } from 'playwright-core';
import type { Answer } from '../../../server/teaching/questions/answer.js';
import type { Item } from '../../../server/teaching/questions/item.js';
import { savedAnswers } from '../../../server/teaching/quizzes/attempts/attempts.js';
import { rightAnswer, wrongAnswer } from '../../support/answers.js';
import { signedIn } from '../../support/people.js';
import { attemptWith, enrolled, quizIn, readLessons } from '../../support/walk.js';
import { visit } from './visit.js';

type Options = Parameters<typeof visit>[1];

/** A learner before an open attempt with these questions, in a browser of their own. */
export async function learnerWith(kinds: readonly string[], options: Options) {
  const learner = await signedIn();
  const cycle = await enrolled(learner, 'volunteers');
  await readLessons(cycle, 'survivor-trauma');
  const quiz = await quizIn(cycle, 'survivor-trauma');
  const items = kinds.map((kind, index) => {
    const found = quiz.items.filter(({ type }) => type === kind)[index];
    if (!found) throw new Error(`The bank holds too few of the kind ${kind}`);
    return found;
  });
  const attempt = await attemptWith(cycle, quiz, items);
  const stored = async (): Promise<Answer[]> =>
    (await savedAnswers(attempt.id)).map(({ response }) => response);
  const open = await visit(learner.browser, options);
  /** The answer to the question with this number. */
  const answers = (answer: (item: Item) => Answer) => (slot: number) => answer(items[slot - 1] as Item);
  return {
    ...{ learner, open, page: open.page, items, attempt, stored },
    ...{ right: answers(rightAnswer), wrong: answers(wrongAnswer) },
  };
}

/** The same, at all its questions on one page. */
export async function atPage(kinds: readonly string[], options: Options = {}) {
  const there = await learnerWith(kinds, options);
  const path = `/attempts/${there.attempt.id}/questions`;
  await there.page.goto(path);
  return { ...there, path };
}

/** Chooses an answer, on a page of many in the slot named. */
export async function choose(page: Page, answer: Answer, slot?: number): Promise<void> {
  for (const [name, values] of Object.entries(answer)) {
    for (const value of [values].flat()) {
      await page.locator(`[name="${slot ? `s${slot}-` : ''}${name}"][value="${value}"]`).check();
    }
  }
}

/** How much is kept on the device. */
export const kept = (page: Page) => page.evaluate<number>('localStorage.length');
