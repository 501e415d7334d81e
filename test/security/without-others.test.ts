import { expect } from 'chai';
import { database } from '../../server/platform/db/connect.js';
import { closeProviders, answerFrom, colleague, reasonOn, signing } from '../people/identity/of-providers.js';
import { send } from '../support/pages.js';
import { person, signedIn } from '../support/people.js';
import { ownWorld, world } from '../support/world.js';

describe('the server, while others are away', () => {
  ownWorld();
  after(closeProviders);

  it('tells people whose provider does not answer, and lets them and others in by other doors', async () => {
    const [at, member] = [await signing(), await person()];
    const browser = world().visitor();
    Object.assign(at.party, { who: colleague(at) });
    const left = await browser.get(`/sign-in/organisation/${at.organisation.id}/to/${at.provider.id}`);
    const answer = await answerFrom(at.party, left);
    await at.party.close();
    const page = await browser.get(answer);
    expect([page.status, reasonOn(page)]).to.deep.equal([403, 'failed']);
    const { email, password } = member;
    expect((await send(browser, '/sign-in', { email, password })).path).to.equal('/learning');
  });

  it('shows pages while its database takes no writes, and takes forms again afterwards', async () => {
    const { browser } = await signedIn();
    await browser.get('/account');
    const open = database() as { transact: unknown };
    const { transact } = open;
    open.transact = () => Promise.reject(Object.assign(new Error('disk I/O'), { code: 'SQLITE_FULL' }));
    try {
      expect((await browser.get('/learning')).status).to.equal(200);
      await browser.get('/account');
      expect((await browser.submit('/account/discreet', { discreet: 'on' })).status).to.equal(503);
    } finally {
      open.transact = transact;
    }
    await browser.get('/account');
    expect((await browser.submit('/account/discreet', { discreet: 'on' })).status).to.equal(200);
  });
});
