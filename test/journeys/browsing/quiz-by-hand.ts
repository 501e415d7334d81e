import type { Locator, Page } from 'playwright-core';
import type { Content } from '../../../server/teaching/content/schema/types.js';
import { answerFor } from '../../../server/workshop/smoke/answers.js';
import { said } from '../../support/said.js';
import type { Hand } from './hand.js';

/** Somebody who takes quizzes on the screen, and the content that they answer from. */
export interface Taker {
  readonly page: Page;
  readonly hand: Hand;
  readonly content: Content;
}

/** A quiz from its start page to its result, answered from the content. */
export async function takeQuizByHand({ page, hand, content }: Taker, how: 'right' | 'wrong'): Promise<void> {
  /** A case stays at its address from decision to decision: only the new page tells that it went on. */
  const goOn = async (by: Locator) => {
    const loaded = page.waitForEvent('load');
    await hand.press(by);
    await loaded;
  };
  await hand.press(page.locator('form[action$="/attempts"] button'));
  await page.waitForURL('**/questions/1');
  while (page.url().includes('/questions/')) {
    const end = page.getByRole('link', { name: said('case.next'), exact: true });
    if ((await end.count()) > 0) {
      await goOn(end);
      continue;
    }
    const here = page.url();
    const seen = { status: 200, headers: new Headers(), text: await page.content(), path: here };
    for (const [name, values] of Object.entries(answerFor(seen, content, how === 'wrong'))) {
      const select = page.locator(`select[name="${name}"]`);
      if ((await select.count()) > 0) await hand.pick(select, String(values));
      else
        for (const value of [values].flat()) {
          await hand.choose(page.locator(`input[name="${name}"][value="${value}"]`));
        }
    }
    await goOn(page.getByRole('button', { name: /^(Save and continue|Save this decision)$/ }));
  }
  await hand.press(page.getByRole('button', { name: said('review.send') }));
  await page.waitForURL(/\/attempts\/[\w-]+$/);
}

/** Read the example of each missed safety rule and answer its question, until all are done. */
export async function workThroughByHand({ page, hand, content }: Taker): Promise<void> {
  const keys = new Map(content.remediation.flatMap(({ items }) => items.map(({ id, key }) => [id, key])));
  const begin = page.getByRole('link', { name: /^Work through the rules?$/ });
  if ((await begin.count()) === 0) return;
  await hand.press(begin);
  await page.waitForURL('**/remediation');
  for (let left = await page.locator('main .tasks a').count(); left > 0; left -= 1) {
    await hand.press(page.getByRole('link', { name: /^(Work through the rules?|Next rule)$/ }));
    const form = page.locator('form[action*="/answers/"]');
    const id = /answers\/([\w-]+)/.exec((await form.getAttribute('action')) ?? '')?.[1] ?? '';
    await hand.choose(form.locator(`input[value="${keys.get(id)}"]`));
    await hand.press(form.getByRole('button', { name: said('components.checkAnswer') }));
    await page.getByRole('heading', { name: said('remediation.doneTitle') }).waitFor();
  }
}
