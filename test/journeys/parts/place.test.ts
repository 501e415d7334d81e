import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { signedIn } from '../../support/people.js';
import { enrolled } from '../../support/walk.js';
import { until } from '../browsing/until.js';
import { cookiesOf, visit } from '../browsing/visit.js';
import { ownWorld } from '../../support/world.js';

const LESSON = 'modules/foundations/lessons/00-essentials';

/** Kept on the device alone: the server never learns how far somebody has read. */
describe('the place in a lesson', () => {
  ownWorld();

  it('is offered when the lesson is opened again, and leads to the furthest part that was read', async () => {
    const { page, open, read, offer, close } = await reader();
    await open();
    expect(await offer.isVisible()).to.equal(false);
    await read(3);
    await read(2);
    await open();
    await offer.waitFor();
    await offer.click();
    expect(new URL(page.url()).hash).to.equal('#stop-3');
    await close();
  });

  it('is forgotten once the lesson is finished', async () => {
    const { page, open, read, places, close } = await reader();
    await open();
    await read(3);
    await page.locator('form[data-mark] button').click();
    await page.waitForURL(address => !address.pathname.endsWith(LESSON));
    expect(await places()).to.deep.equal([]);
    await close();
  });

  it('is forgotten when the page is left in a hurry', async () => {
    const { context, page, open, read, places, close } = await reader();
    await open();
    await read(3);
    const witness = await context.newPage();
    await witness.goto('/leaving');
    await page.locator('form[data-exit] button').click({ noWaitAfter: true });
    await until(witness, 'localStorage.length === 0');
    expect(await places(witness)).to.deep.equal([]);
    await close();
  });

  it('is not there for another person on the same device', async () => {
    const { context, page, open, read, places, close } = await reader();
    await open();
    await read(3);
    const other = await signedIn();
    await context.clearCookies();
    await context.addCookies(cookiesOf(other.browser));
    await page.goto('/learning');
    await until(page, 'localStorage.length === 0');
    expect(await places()).to.deep.equal([]);
    await close();
  });
});

async function reader() {
  const learner = await signedIn();
  const cycle = await enrolled(learner);
  const { context, page, close } = await visit(learner.browser);
  const address = `/learning/${cycle.id}/${LESSON}`;
  /** What is kept of places on this device, by how far each lesson was read. */
  const places = (on: Page = page) =>
    on.evaluate<string[]>(
      `Object.entries(localStorage).flatMap(([key, place]) => key.startsWith('place:') ? place : [])`,
    );
  return {
    ...{ context, page, places, close },
    open: () => page.goto(address),
    offer: page.locator('[data-resume] a'),
    /** Brings a part to the middle of the window, and waits until a place as far as that is kept. */
    async read(part: number) {
      await page.evaluate(`document.getElementById('stop-${part}').scrollIntoView({ block: 'center' })`);
      await until(
        page,
        `Object.entries(localStorage).some(([key, place]) => key.startsWith('place:') && place >= ${part})`,
      );
    },
  };
}
