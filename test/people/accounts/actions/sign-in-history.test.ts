import { expect } from 'chai';
import { pruneSignIns, SIGN_INS_KEPT } from '../../../../server/people/accounts/activity/sign-ins.js';
import type { Client } from '../../../../server/workshop/smoke/client.js';
import { PASSWORD, person, type Person } from '../../../support/people.js';
import { rows, write } from '../../../support/rows.js';
import { said } from '../../../support/said.js';
import { ownWorld, world } from '../../../support/world.js';
import { giveApp, nextCode } from '../factors/with-app.js';
import { mailedLink } from '../mailed-links.js';
import { mailsTo } from '../mails.js';

const PAGE = '/account/history';

async function enter(browser: Client, email: string, password = PASSWORD): Promise<Client> {
  await browser.get('/sign-in');
  await browser.submit('/sign-in', { email, password });
  return browser;
}

const entriesOn = (text: string) => [...text.matchAll(/data-sign-in="(\w+)"/g)].map(([, kind]) => kind);

/** Somebody whose address was confirmed long ago. */
async function longKnown(): Promise<Person> {
  const somebody = await person();
  await write('update users set email_confirmed_at = 1 where id = $1', [somebody.id]);
  return somebody;
}

describe('sign-ins', () => {
  ownWorld();

  describe('the history of sign-ins', () => {
    it('lists one’s own, and the refused ones', async () => {
      const [{ email, id }, other] = [await person(), await person()];
      const browser = world().visitor();
      await enter(browser, email, 'not the right password');
      await enter(browser, email, 'nor is this one here');
      await enter(browser, email);
      await enter(world().visitor(), other.email);
      const { text } = await browser.get(PAGE);
      expect(entriesOn(text).sort()).to.deep.equal(['in', 'refused']);
      expect(text).to.include(said('signInHistory.refused', { count: 2 }));
      expect(text).to.include(said('devices.network.same'));
      const kept = await rows('select * from sign_ins where user_id = $1', [id]);
      expect(JSON.stringify(kept)).to.not.include('user-agent').and.not.include('127.0.0.1');
    });

    it('needs sign-in', async () => {
      expect((await world().visitor().get(PAGE)).path).to.match(/^\/sign-in/);
    });

    it('is kept for half a year', async () => {
      const { email, id } = await person();
      await enter(world().visitor(), email);
      const count = () => rows('select id from sign_ins where user_id = $1', [id]);
      await pruneSignIns(Date.now() + (SIGN_INS_KEPT - 1) * 86_400_000);
      expect(await count()).to.have.length(1);
      await pruneSignIns(Date.now() + (SIGN_INS_KEPT + 1) * 86_400_000);
      expect(await count()).to.have.length(0);
    });
  });

  describe('a sign-in in a new browser', () => {
    const newDevice = said('mail.subject.new-device');
    const told = async (email: string) =>
      (await mailsTo(email)).filter(({ subject }) => subject === newDevice).length;

    it('is mailed to the owner, once for each browser, without the topic', async () => {
      const { email } = await longKnown();
      const browser = await enter(world().visitor(), email);
      expect(await told(email)).to.equal(1);
      await browser.submit('/sign-out');
      await enter(browser, email);
      expect(await told(email)).to.equal(1);
      await enter(world().visitor(), email);
      expect(await told(email)).to.equal(2);
      const mail = (await mailsTo(email)).at(-1);
      expect(mail?.text).to.include('/account/sessions');
    });

    it('by a mailed link and a second step is mailed once both are proven, and not the next time', async () => {
      const { email, id } = await longKnown();
      await giveApp({ id });
      const browser = world().visitor();
      const arrive = async () => {
        await browser.get('/sign-in/link');
        await browser.submit('/sign-in/link', { email });
        await browser.get(await mailedLink(email, '/arrival'));
        await browser.submit('/arrival');
      };
      await arrive();
      expect(await told(email), 'the link alone').to.equal(0);
      await browser.get('/sign-in/second-step');
      await browser.submit('/sign-in/second-step', { code: nextCode() });
      expect(await told(email), 'the code, too').to.equal(1);
      await browser.submit('/sign-out');
      await arrive();
      await write('update authenticator_apps set last_step = 0 where user_id = $1', [id]);
      await browser.get('/sign-in/second-step');
      await browser.submit('/sign-in/second-step', { code: nextCode() });
      expect(await told(email), 'in the same browser again').to.equal(1);
    });

    it('is no news right after the address was confirmed, and none where the password was wrong', async () => {
      const [fresh, known] = [await person(), await longKnown()];
      await enter(world().visitor(), fresh.email);
      await enter(world().visitor(), known.email, 'not the right password');
      expect([await told(fresh.email), await told(known.email)]).to.deep.equal([0, 0]);
    });

    it('is mailed discreetly to whoever wants that', async () => {
      const { email, id } = await longKnown();
      await write('update users set is_discreet = true where id = $1', [id]);
      await enter(world().visitor(), email);
      const mail = (await mailsTo(email)).find(({ subject }) => subject === newDevice);
      expect(mail?.from?.text).to.not.include(said('frame.name'));
      expect(mail?.text).to.not.include(said('frame.name'));
    });
  });
});
