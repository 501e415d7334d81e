import { expect } from 'chai';
import { FirstCall } from '../../../../server/teaching/help/tables.js';
import { signedIn } from '../../../support/people.js';
import { count } from '../../../support/rows.js';
import { errorsOn, said } from '../../../support/said.js';
import { ownWorld, world } from '../../../support/world.js';

const PAGE = '/first-call';
const CARD = '/card/gb/driver';
const CALL = { inside: 'Night lead Kim', outside: 'Harbour police', sign: 'a child held <back' };

describe('my first call', () => {
  ownWorld();

  /** Somebody who has written it. */
  async function caller() {
    const { browser, id } = await signedIn();
    await browser.get(PAGE);
    expect((await browser.submit(PAGE, CALL)).path).to.equal(`${PAGE}?saved`);
    return { browser, id };
  }

  it('is kept as it was written, and stands on the card of every role', async () => {
    const { browser } = await caller();
    const page = await browser.get(PAGE);
    for (const value of ['Night lead Kim', 'Harbour police', 'a child held &lt;back'])
      expect(page.text).to.include(`value="${value}"`);
    for (const card of [CARD, '/card/int/cabin-crew']) {
      const { text } = await browser.get(card);
      expect(text).to.include('data-own-call');
      for (const value of ['Night lead Kim', 'Harbour police', 'a child held &lt;back'])
        expect(text).to.include(value);
    }
  });

  it('is on the copy of the card that a device keeps', async () => {
    const { browser } = await caller();
    expect((await browser.get(`${CARD}?copy`)).text).to.include('data-own-call');
  });

  it('is shown to nobody else', async () => {
    await caller();
    const { browser } = await signedIn();
    for (const other of [browser, world().visitor()]) {
      expect((await other.get(CARD)).text).to.not.include('data-own-call');
    }
    expect((await browser.get(PAGE)).text).to.not.include(CALL.inside);
    expect((await world().visitor().get(PAGE)).path).to.match(/^\/sign-in/);
  });

  it('replaces the last one, and leaves one row', async () => {
    const { browser, id } = await caller();
    await browser.submit(PAGE, { ...CALL, inside: 'Night desk' });
    const page = await browser.get(PAGE);
    expect(page.text).to.include('Night desk').and.not.include(CALL.inside);
    expect(await count(`${FirstCall.table} where user_id = $1`, [id])).to.equal(1);
  });

  it('names each field that is empty or too long, keeps what was typed, and changes nothing', async () => {
    const { browser } = await caller();
    const page = await browser.submit(PAGE, { inside: ' ', outside: 'x'.repeat(81), sign: 'a new sign' });
    expect(page.status).to.equal(422);
    expect(errorsOn(page)).to.deep.equal({
      inside: said('errors.first-call-inside'),
      outside: said('errors.first-call-outside'),
    });
    expect(page.text).to.include('a new sign').and.include('x'.repeat(81));
    expect((await browser.get(PAGE)).text).to.include(CALL.inside);
  });

  it('can be removed, and is gone', async () => {
    const { browser, id } = await caller();
    await browser.get(PAGE);
    expect((await browser.submit(`${PAGE}/removal`)).path).to.equal(`${PAGE}?removed`);
    expect(await count(`${FirstCall.table} where user_id = $1`, [id])).to.equal(0);
    expect((await browser.get(CARD)).text).to.not.include('data-own-call');
  });
});
