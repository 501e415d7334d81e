import { expect } from 'chai';
import { codeAt, stepAt } from '../../../../server/people/accounts/factors/totp.js';
import { recentActors } from '../../../../server/people/accounts/people.js';
import { formatDate } from '../../../../server/platform/i18n/i18n.js';
import { formOf } from '../../../../server/workshop/smoke/client.js';
import { appoint } from '../../../support/roles.js';
import { count, write } from '../../../support/rows.js';
import { ada, dina, signedIn } from '../../../support/people.js';
import { plain, send } from '../../../support/pages.js';
import { browserOf } from '../../../support/session.js';
import { errorsOn, said } from '../../../support/said.js';
import { ownWorld, world } from '../../../support/world.js';
import { mailsTo } from '../mails.js';
import { firstStep, giveApp } from './with-app.js';

const HOME = '/account/factors';
const DAY = 86_400_000;

/** The codes that a page shows. */
const codesOn = ({ text }: { text: string }): string[] =>
  text.match(/\b(?:[0-9A-Z]{4}-){3}[0-9A-Z]{4}\b/g) ?? [];

const secretOn = ({ text }: { text: string }): string => formOf(text, `${HOME}/app`)?.hidden.secret ?? '';

/** They have had their role for so many days: since when. */
async function roleSince(id: string, days: number): Promise<number> {
  const since = Date.now() - days * DAY;
  await write('update users set factor_asked_from = null, created_at = $2 where id = $1', [id, since]);
  return since;
}

/** The day on which a grace that began then ends, where the installation stands. */
const lastDayFrom = (since: number): string =>
  formatDate(since + 14 * DAY, { locale: 'en', timeZone: world().config.timeZone });

describe('a person’s second factors', () => {
  ownWorld();

  it('begin with an app that shows the right code, and with codes on paper', async () => {
    const { browser, id, email } = await ada();
    const other = await browserOf(id);
    const secret = secretOn(await browser.get(`${HOME}/app`));
    const wrong = await browser.submit(`${HOME}/app`, { code: '12345' });
    expect(errorsOn(wrong)).to.deep.equal({ code: said('errors.factor-code') });
    expect(secretOn(wrong), 'the picture stays').to.equal(secret);
    const code = codeAt(secret, stepAt(Date.now()));
    const shown = await browser.submit(`${HOME}/app`, { code });
    expect(new Set(codesOn(shown)).size).to.equal(10);
    expect(codesOn(await browser.get(HOME))).to.deep.equal([]);
    expect((await other.get('/account')).path, 'elsewhere').to.match(/^\/sign-in/);
    const visitor = world().visitor();
    await firstStep(visitor, { email });
    expect((await visitor.submit('/sign-in/second-step', { code })).status, 'the code is used').to.equal(422);
    const subjects = (await mailsTo(email)).map(({ subject }) => subject);
    expect(subjects).to.deep.equal(Array(2).fill(said('mail.subject.factor-changed')));
  });

  it('are refused with a secret that was not ours to give', async () => {
    const { browser, id } = await ada();
    await browser.get(`${HOME}/app`);
    await browser.submit(`${HOME}/app`, { secret: 'AAAA', code: codeAt('AAAA', stepAt(Date.now())) });
    expect(await count('authenticator_apps where user_id = $1', [id])).to.equal(0);
  });

  it('have new codes, in place of those before', async () => {
    const somebody = await ada();
    const [old = ''] = await giveApp(somebody);
    await somebody.browser.get(HOME);
    expect(codesOn(await somebody.browser.submit(`${HOME}/codes`)))
      .to.have.length(10)
      .and.not.include(old);
    expect(await count('recovery_codes where user_id = $1', [somebody.id])).to.equal(10);
  });

  it('can be removed, and with the last one the codes on paper go', async () => {
    const somebody = await ada();
    await giveApp(somebody);
    await somebody.browser.get(HOME);
    expect((await somebody.browser.submit(`${HOME}/app/removal`)).path).to.equal(
      `${HOME}?done=factor-removed`,
    );
    expect(await count('recovery_codes where user_id = $1', [somebody.id])).to.equal(0);
    expect((await send(somebody.browser, `${HOME}/codes`)).status).to.equal(409);
  });

  it('cannot be given up by whoever has a role that asks for one', async () => {
    const somebody = await ada();
    await appoint(somebody, 'manager');
    await giveApp(somebody);
    expect((await send(somebody.browser, `${HOME}/app/removal`)).status).to.equal(409);
    expect(await count('authenticator_apps where user_id = $1', [somebody.id])).to.equal(1);
  });

  for (const role of ['manager', 'auditor', 'administrator'] as const)
    it(`are asked of somebody with the role ${role} after 14 days, and then nothing else opens`, async () => {
      const somebody = await signedIn();
      await appoint(somebody, role);
      await write('update role_grants set granted_at = $2 where user_id = $1', [
        somebody.id,
        Date.now() - 13 * DAY,
      ]);
      await roleSince(somebody.id, 400);
      const told = await somebody.browser.get('/learning');
      expect(told.path).to.equal('/learning');
      const [, notice = ''] = /data-grace>(.*?)<\/section>/s.exec(told.text) ?? [];
      expect(plain(notice)).to.include(said('factors.askedIn', { count: 1 }));
      expect((await somebody.browser.get(HOME)).text).not.to.include('data-grace');
      const granted = Date.now();
      await write('update role_grants set granted_at = $2 where user_id = $1', [somebody.id, granted]);
      const begun = await (await browserAgain(somebody.id)).get('/learning');
      expect(begun.path).to.equal('/learning');
      expect(begun.text, 'in the first week').not.to.include('data-grace');
      if (role !== 'auditor') {
        const home = await (await browserAgain(somebody.id)).get('/team');
        expect(plain(home.text), 'where they work, from the first day on').to.include(
          said('factors.lastDay', { date: lastDayFrom(granted) }),
        );
      }
      await write('update role_grants set granted_at = $2 where user_id = $1', [
        somebody.id,
        Date.now() - 15 * DAY,
      ]);
      const late = await browserAgain(somebody.id);
      for (const path of ['/learning', '/team', '/account', '/account/data'])
        expect((await late.get(path)).path, path).to.equal(HOME);
      expect((await send(late, '/account/name', { name: 'Other' })).path).to.equal(HOME);
      expect((await late.get(`${HOME}/app`)).status).to.equal(200);
      await giveApp(somebody);
      expect((await late.get('/learning')).path).to.equal('/learning');
    });

  it('are named to administrators of the installation on their own page from the first day on', async () => {
    const { browser } = await dina();
    expect((await browser.get('/admin')).text).to.include('data-grace');
    expect((await browser.get('/learning')).text).not.to.include('data-grace');
  });

  it('are asked of administrators of the installation, and let them leave', async () => {
    const somebody = await dina();
    await roleSince(somebody.id, 15);
    expect((await somebody.browser.get('/admin')).path).to.equal(HOME);
    await write('update users set factor_asked_from = $2 where id = $1', [
      somebody.id,
      Date.now() - 13 * DAY,
    ]);
    expect((await somebody.browser.get('/admin')).path).to.equal('/admin');
    await roleSince(somebody.id, 15);
    await somebody.browser.get(HOME);
    expect((await somebody.browser.submit('/sign-out')).path).to.equal('/sign-in');
  });

  it('can be set up until a day on which a page no longer asks for that day', async () => {
    const somebody = await dina();
    const since = await roleSince(somebody.id, 13);
    expect(plain((await somebody.browser.get(HOME)).text)).to.include(
      said('factors.askedUntil', { date: lastDayFrom(since) }),
    );
    const longAgo = await roleSince(somebody.id, 34);
    const late = plain((await somebody.browser.get(HOME)).text);
    expect(late).to.include(said('factors.askedNow')).and.not.include(lastDayFrom(longAgo));
  });

  it('are never asked of learners and instructors', async () => {
    for (const role of [null, 'instructor'] as const) {
      const somebody = await signedIn();
      if (role) await appoint(somebody, role);
      await write('update role_grants set granted_at = 1 where user_id = $1', [somebody.id]);
      await roleSince(somebody.id, 400);
      const page = await somebody.browser.get('/learning');
      expect(page.path).to.equal('/learning');
      expect(page.text).not.to.include('data-grace');
      expect((await somebody.browser.get('/rooms/none')).path, 'an auditor’s room').to.equal(HOME);
    }
  });
});

/** The same person, as a process sees them that has not just read them. */
async function browserAgain(id: string) {
  recentActors().remove(id);
  return browserOf(id);
}
