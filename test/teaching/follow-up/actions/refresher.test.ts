import { expect } from 'chai';
import { readLink } from '../../../../server/platform/lib/signed-links.js';
import { measuredAnswers } from '../../../../server/teaching/follow-up/measurements.js';
import { wantsMail } from '../../../../server/people/organisations/mail-choices.js';
import type { OptionItem } from '../../../../server/teaching/questions/item.js';
import { raw } from '../../../platform/http/raw.js';
import { mailedLink } from '../../../people/accounts/mailed-links.js';
import { said } from '../../../support/said.js';
import { ada, person } from '../../../support/people.js';
import { count, write } from '../../../support/rows.js';
import { enrolled } from '../../../support/walk.js';
import { plain, send } from '../../../support/pages.js';
import { rightAnswer, wrongAnswer } from '../../../support/answers.js';
import { ownWorld, world } from '../../../support/world.js';
import { complete, daysLater, itemsOf, measurement } from '../cycles.js';

/** A learner whose first refresher was mailed, and a browser in which nobody is signed in. */
async function mailed() {
  const learner = await person({ name: 'Ada Marlow' });
  const cycle = await complete(await enrolled(learner));
  await daysLater(cycle, 7);
  const page = await mailedLink(learner.email, '/follow-up/refresher');
  const optOut = await mailedLink(learner.email, '/follow-up/opt-out');
  const token = new URLSearchParams(page.split('?')[1]).get('token') ?? '';
  return { learner, cycle, page, optOut, token, browser: world().visitor() };
}

const ONE_CLICK = { 'content-type': 'application/x-www-form-urlencoded' };

describe('the mail of a refresher', () => {
  ownWorld();
  it('is neutral, has both links, and can be stopped with one click (RFC 8058)', async () => {
    const { learner, optOut } = await mailed();
    const mail = world().mailbox.to(learner.email).at(-1);
    expect(mail?.subject).to.equal(said('mail.subject.refresher'));
    const header = mail?.headers.get('list') as { unsubscribe?: { url?: string } } | undefined;
    expect(header?.unsubscribe?.url).to.equal(world().base + optOut);
    const oneClick = mail?.headerLines.find(({ key }) => key === 'list-unsubscribe-post')?.line;
    expect(oneClick).to.equal('List-Unsubscribe-Post: List-Unsubscribe=One-Click');
    expect(mail?.html).to.include(`href="${world().base}${optOut}"`);
    expect(mail?.text).to.include(said('mail.refresher.text'));
    expect(plain(mail?.html || '')).to.include(said('mail.refresher.text'));
  });

  it('alone has the headers of a mailing list', async () => {
    const { learner } = await mailed();
    const certificate = world()
      .mailbox.to(learner.email)
      .find(({ subject }) => subject === said('mail.subject.certificate-issued'));
    expect(certificate?.headers.has('list')).to.equal(false);
  });
});

describe('a refresher', () => {
  ownWorld();
  it('opens from its link, is answered without sign-in, and gives feedback at once', async () => {
    const { cycle, page, token, browser } = await mailed();
    const refresher = await measurement(cycle, 'refresher-7');
    let shown = await browser.get(page);
    for (const [at, item] of (await itemsOf(refresher)).entries()) {
      expect(shown.status).to.equal(200);
      expect(plain(shown.text)).to.include(said('question.position', { position: at + 1, total: 3 }));
      const answer = (at === 1 ? wrongAnswer : rightAnswer)(item);
      const told = await browser.submit(`/follow-up/refresher/answers/${at + 1}`, { ...answer });
      expect(told.path).to.equal(`/follow-up/refresher?token=${token}&answered=${at + 1}`);
      const [option] = (item as OptionItem).options;
      const verdict = /data-verdict="([\w-]+)"/.exec(told.text)?.[1];
      expect(verdict === 'right').to.equal(at !== 1);
      expect(plain(told.text)).to.include((option?.feedback ?? '').replace(/\s+/g, ' ').slice(0, 30));
      shown = await browser.get(page);
    }
    expect(plain(shown.text)).to.include(said('followUp.done'));
    const points = (await measuredAnswers(refresher.id)).map(each => each.points);
    expect([points[0], points[2]]).to.deep.equal([100, 100]);
    expect(points[1]).to.be.lessThan(100);
  });

  it('shows nothing of the person, of the course or of results', async () => {
    const { learner, page, browser } = await mailed();
    for (const path of [page, `${page}&answered=1`]) {
      const { text } = await browser.get(path);
      for (const word of ['Ada', 'Marlow', learner.email, '/learning/', '/certificates/', 'Airline'])
        expect(text, word).not.to.include(word);
    }
  });

  it('changes nothing when its links are visited', async () => {
    const { cycle, page, optOut, browser } = await mailed();
    const before = await measurement(cycle, 'refresher-7');
    for (const path of [page, page, optOut, optOut]) await browser.get(path);
    expect(await measurement(cycle, 'refresher-7')).to.deep.equal(before);
    expect(await wantsMail('refreshers', cycle)).to.equal(true);
  });

  it('keeps the first answer, and shows its feedback again', async () => {
    const { cycle, page, browser } = await mailed();
    const refresher = await measurement(cycle, 'refresher-7');
    const [item] = await itemsOf(refresher);
    await browser.get(page);
    const form = browser.last;
    await browser.submit('/follow-up/refresher/answers/1', { unknown: 'yes' });
    browser.last = form;
    const again = await browser.submit(
      '/follow-up/refresher/answers/1',
      item ? { ...rightAnswer(item) } : {},
    );
    expect(plain(again.text)).to.include(said('followUp.verdict.unknown'));
    expect((await measuredAnswers(refresher.id)).map(({ points }) => points)).to.deep.equal([0]);
  });

  it('shows an error for an empty form', async () => {
    const { page, browser } = await mailed();
    await browser.get(page);
    const empty = await browser.submit('/follow-up/refresher/answers/1');
    expect(empty.status).to.equal(422);
    expect(empty.text).to.include('role="alert"').and.include('name="token"');
  });

  it('returns 404 for a made-up token, after two weeks, and for a disabled account', async () => {
    const { learner, cycle, page, token, optOut, browser } = await mailed();
    const other = new URLSearchParams(optOut.split('?')[1]).get('token') ?? '';
    const wrong = ['', 'x', `${token}x`, other, token.replace(/.$/, last => (last === 'A' ? 'B' : 'A'))];
    for (const text of wrong) {
      const found = await browser.get(`/follow-up/refresher?token=${encodeURIComponent(text)}`);
      expect(found.status, text).to.equal(404);
      const sent = await send(browser, '/follow-up/refresher/answers/1', { token: text, unknown: 'yes' });
      expect(sent.status, text).to.equal(404);
    }
    expect((await browser.get('/account')).path).to.include('/sign-in');
    await write('update users set disabled_at = 1 where id = $1', [learner.id]);
    expect((await browser.get(page)).status).to.equal(404);
    await write('update users set disabled_at = null where id = $1', [learner.id]);
    await daysLater(cycle, 14);
    const late = await browser.get(page);
    expect(late.status).to.equal(404);
    expect(plain(late.text)).to.include(said('followUp.noLinkText'));
    expect(
      (await send(browser, '/follow-up/refresher/answers/1', { token, unknown: 'yes' })).status,
    ).to.equal(404);
    expect(await measuredAnswers((await measurement(cycle, 'refresher-7')).id)).to.deep.equal([]);
  });

  it('returns 404 for a slot that it does not have', async () => {
    const { token, browser } = await mailed();
    for (const slot of ['0', '4', 'x', '1e0'])
      expect(
        (await send(browser, `/follow-up/refresher/answers/${slot}`, { token, unknown: 'yes' })).status,
      ).to.equal(404);
  });
});

describe('turning refreshers off', () => {
  ownWorld();
  it('takes a link and a button, stops the mails, and can be undone', async () => {
    const { learner, cycle, optOut, browser } = await mailed();
    const asked = await browser.get(optOut);
    expect(plain(asked.text)).to.include(said('followUp.mail.on'));
    expect(await wantsMail('refreshers', cycle)).to.equal(true);
    const off = await browser.submit(optOut);
    expect(off.status).to.equal(200);
    expect(plain(off.text)).to.include(said('followUp.mail.off'));
    const mails = world().mailbox.to(learner.email).length;
    await daysLater(cycle, 23);
    expect(world().mailbox.to(learner.email).length).to.equal(mails);
    const on = await browser.submit('/follow-up/opt-in');
    expect(on.path).to.equal(optOut);
    expect(await wantsMail('refreshers', cycle)).to.equal(true);
    // Still within its two weeks: the mail that was held back is sent.
    await daysLater(cycle, 0);
    expect(world().mailbox.to(learner.email).length).to.equal(mails + 1);
  });

  it('can be done by a mail program with one POST: no cookie, no form token, no page before it', async () => {
    const { cycle, optOut } = await mailed();
    const body = 'List-Unsubscribe=One-Click';
    const answer = await raw(optOut, { method: 'POST', headers: ONE_CLICK, body });
    expect(answer.status).to.equal(200);
    expect(await wantsMail('refreshers', cycle)).to.equal(false);
    const again = await raw(optOut, {
      method: 'POST',
      headers: { 'content-type': 'multipart/form-data; boundary=x' },
      body: '--x--',
    });
    expect(again.status).to.equal(200);
    expect(
      await count(`events where name = 'refreshers.turned-off' and payload like $1`, [`%${cycle.userId}%`]),
    ).to.equal(1);
  });

  it('is refused without the signed text, and only this one path needs no form token', async () => {
    const { cycle, optOut, token } = await mailed();
    const post = (path: string) =>
      raw(path, { method: 'POST', headers: ONE_CLICK, body: 'List-Unsubscribe=One-Click' });
    for (const text of ['', 'x', token])
      expect((await post(`/follow-up/opt-out?token=${text}`)).status).to.equal(404);
    const query = optOut.slice(optOut.indexOf('?'));
    for (const path of [
      '/follow-up/opt-in',
      '/Follow-Up/opt-out',
      '/follow-up/opt-out/',
      '/follow-up/mail',
      '/follow-up//opt-out',
    ])
      expect((await post(path + query)).status, path).to.equal(403);
    expect(await wantsMail('refreshers', cycle)).to.equal(true);
  });

  it('is offered on the account, for each organisation of one’s own', async () => {
    const learner = await ada();
    const cycle = await enrolled(learner);
    expect((await learner.browser.get('/account')).text).to.include('href="/follow-up/mail"');
    await learner.browser.get('/follow-up/mail');
    const off = await learner.browser.submit('/follow-up/mail', { refreshers: 'off' });
    expect(plain(off.text)).to.include(said('followUp.mail.off'));
    expect(await wantsMail('refreshers', cycle)).to.equal(false);
    await learner.browser.submit('/follow-up/mail', { refreshers: 'on' });
    expect(await wantsMail('refreshers', cycle)).to.equal(true);
    const foreign = { organisation: '11111111-1111-4111-8111-111111111111', refreshers: 'off' };
    expect((await send(learner.browser, '/follow-up/mail', foreign)).status).to.equal(404);
    expect(
      (
        await send(learner.browser, '/follow-up/mail', {
          organisation: cycle.organisationId,
          refreshers: '?',
        })
      ).status,
    ).to.equal(404);
  });

  it('outlives the link to the questions', async () => {
    const { cycle, optOut, token } = await mailed();
    await daysLater(cycle, 400);
    expect((await raw(optOut)).status).to.equal(200);
    expect(readLink('refresher', token, world().secrets.links)).not.to.equal(null);
  });
});
