import { expect } from 'chai';
import type { Locator, Page } from 'playwright-core';

/** How somebody uses a page: with a pointer, or with nothing but a keyboard. */
export interface Hand {
  /** Follow a link, press a button, open a fold. */
  press(what: Locator): Promise<void>;
  /** Choose a radio button or a box. */
  choose(what: Locator): Promise<void>;
  /** Choose in a select, by value. */
  pick(what: Locator, value: string): Promise<void>;
  fill(what: Locator, text: string): Promise<void>;
}

export const pointer: Hand = {
  press: what => what.click(),
  choose: what => what.check(),
  pick: async (what, value) => void (await what.selectOption(value)),
  fill: (what, text) => what.fill(text),
};

/** More stops of the Tab key than any page has. */
const PATIENCE = 200;

export function keyboard(page: Page): Hand {
  return {
    async press(what) {
      await reach(page, what);
      await page.keyboard.press('Enter');
    },
    async choose(what) {
      if ((await what.getAttribute('type')) === 'radio') return chooseRadio(page, what);
      await reach(page, what);
      await page.keyboard.press('Space');
    },
    async pick(what, value) {
      await reach(page, what);
      await page.keyboard.press('Home');
      for (let steps = 0; steps < 10 && (await what.inputValue()) !== value; steps += 1) {
        await page.keyboard.press('ArrowDown');
      }
      expect(await what.inputValue(), 'the arrow keys reach it').to.equal(value);
    },
    async fill(what, text) {
      await reach(page, what);
      await page.keyboard.type(text);
    },
  };
}

/** Tab until the focus is there, and see that it is seen. */
async function reach(page: Page, what: Locator): Promise<void> {
  await what.waitFor();
  // What follows looks at places on the screen, which a style sheet still moves.
  await page.waitForLoadState();
  await tabUntil(page, what.and(page.locator(':focus')));
  expect(await comesIntoSight(page, what), `what has the focus is seen: ${what.toString()}`).to.equal(true);
}

/** Tab enters a group of radio buttons once; the arrow keys move inside it. */
async function chooseRadio(page: Page, what: Locator): Promise<void> {
  const name = await what.getAttribute('name');
  await tabUntil(page, what.locator('xpath=ancestor::form').locator(`input[name="${name}"]:focus`));
  await page.keyboard.press('Space');
  for (let steps = 0; steps < 10 && !(await what.isChecked()); steps += 1) {
    await page.keyboard.press('ArrowDown');
  }
  expect(await what.isChecked(), 'the arrow keys reach it').to.equal(true);
}

async function tabUntil(page: Page, focused: Locator): Promise<void> {
  for (let stops = 0; stops < PATIENCE; stops += 1) {
    if ((await focused.count()) > 0) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`The Tab key never gets to ${focused.toString()}`);
}

/** More frames than a browser needs to scroll to what has the focus. */
const FRAMES = 120;

async function comesIntoSight(page: Page, what: Locator): Promise<boolean> {
  for (let frames = 0; frames < FRAMES; frames += 1) {
    if (await isSeen(page, what)) return true;
    await page.evaluate('new Promise(requestAnimationFrame)');
  }
  return false;
}

/** On the screen, and not below the safety bar that stays on top. */
async function isSeen(page: Page, what: Locator): Promise<boolean> {
  const [box, bar] = [await what.boundingBox(), await page.locator('.bar').boundingBox()];
  const height = page.viewportSize()?.height ?? 0;
  return box !== null && bar !== null && box.y >= bar.y + bar.height && box.y + box.height <= height;
}
