import { expect } from 'chai';
import { ada } from '../../support/people.js';
import { holder } from '../../support/holders.js';
import { ownWorld, world } from '../../support/world.js';
import { said } from '../../support/said.js';
import { plain } from '../../support/pages.js';

const WORDS = said('done.sessions');
const PATH = '/account?done=sessions';

/** After a form the next page says what was done, by a word in its address (http/page.ts). */
describe('what was done', () => {
  ownWorld();
  it('is said by the page after it, to its reader', async () => {
    const { browser } = await ada();
    for (const headers of [{}, { 'sec-fetch-site': 'same-origin' }]) {
      expect(plain((await browser.get(PATH, headers)).text)).to.include(WORDS);
    }
    expect((await browser.get('/account?done=nonsense')).text).to.not.include('class="page told"');
  });

  it('is not said by an address that others made up', async () => {
    const { browser } = await ada();
    for (const site of ['cross-site', 'same-site', 'none']) {
      const { text } = await browser.get(PATH, { 'sec-fetch-site': site });
      expect(plain(text), site).to.not.include(WORDS);
    }
  });

  it('is never said to strangers, who could take it for a word on a certificate', async () => {
    const { certificate } = await holder();
    const page = await world().visitor().get(`/verify/${certificate.code}?done=reinstatement`);
    expect(page.status).to.equal(200);
    expect(plain(page.text)).to.not.include(said('done.reinstatement'));
  });
});
