import { expect } from 'chai';
import { DateTime } from 'luxon';
import { certificateOf } from '../../../../../server/proof/certificates/queries.js';
import { openRenewal } from '../../../../../server/proof/certificates/renewal/renew.js';
import { suspend } from '../../../../../server/proof/certificates/lifecycle/revoke.js';
import { computeExpiry } from '../../../../../server/proof/certificates/lifecycle/validity.js';
import { newestCycle } from '../../../../../server/teaching/learning/enrolments.js';
import { displayCode } from '../../../../../server/platform/lib/ids.js';
import { cleo, dina } from '../../../../support/people.js';
import { almostThrough } from '../../../../support/walk.js';
import { count } from '../../../../support/rows.js';
import { expire, signedInHolder } from '../../../../support/holders.js';
import { plain, send } from '../../../../support/pages.js';
import { ownWorld, world } from '../../../../support/world.js';
import { likeSaid } from '../../pages.js';

/** Somebody whose certificate ends in so many days (it is good for 365). */
async function endingIn(days: number) {
  const held = await signedInHolder();
  await expire(held.certificate, 365 - days);
  const page = `/certificates/${held.certificate.id}`;
  return { ...held, browser: held.holder.browser, page, renewal: `${page}/renewal` };
}

const open = (enrolmentId: string, now = Date.now()) =>
  openRenewal(enrolmentId, { timeZone: 'Europe/Oslo', now });

describe('renewing a certificate', () => {
  ownWorld();
  it('is not offered before its window opens, and the page says when it opens', async () => {
    const { browser, page, renewal, cycle, certificate } = await endingIn(100);
    const { text } = await browser.get(page);
    expect(text).to.not.include(renewal);
    expect(plain(text)).to.match(likeSaid('renewal.notYet', 'opens'));
    for (const path of [page, '/certificates', `/learning/${cycle.id}`])
      expect((await browser.get(path)).text, path).to.not.include('data-renewal');
    expect((await send(browser, renewal)).status).to.equal(409);
    expect(await count('cycles where enrolment_id = $1', [cycle.enrolmentId])).to.equal(1);
    expect((await certificateOf(cycle.id))?.id).to.equal(certificate.id);
  });

  it('opens a new cycle from the certificate, the list and the course page, and leaves the old one unchanged', async () => {
    const { browser, page, renewal, cycle, certificate } = await endingIn(30);
    for (const path of [page, '/certificates', `/learning/${cycle.id}`])
      expect((await browser.get(path)).text, path)
        .to.include(`action="${renewal}"`)
        .and.include('data-renewal');
    const home = await browser.submit(renewal);
    const next = await newestCycle(cycle.enrolmentId);
    expect([next?.number, home.path]).to.deep.equal([2, `/learning/${next?.id}`]);
    expect(next?.completedAt).to.equal(null);
    expect(await certificateOf(cycle.id)).to.include({
      id: certificate.id,
      supersededAt: null,
      revokedAt: null,
    });
    expect((await browser.get('/learning')).text).to.include(`/learning/${next?.id}`);
    expect((await browser.get(page)).text)
      .to.include(`/learning/${next?.id}`)
      .and.not.include(renewal);
  });

  it('happens once for fifty clicks at the same time', async () => {
    const { cycle } = await endingIn(30);
    const opened = await Promise.all(Array.from({ length: 50 }, () => open(cycle.enrolmentId)));
    expect(new Set(opened.map(({ id }) => id))).to.have.lengthOf(1);
    expect(await count('cycles where enrolment_id = $1', [cycle.enrolmentId])).to.equal(2);
    const told = ['course.renewed', `%${cycle.enrolmentId}%`];
    expect(await count('events where name = $1 and payload like $2', told)).to.equal(1);
  });

  it('counts from the expiry of the previous certificate, and shows the chain', async () => {
    const { browser, cycle, certificate, page } = await endingIn(30);
    const end = Number((await certificateOf(cycle.id))?.validUntil);
    const next = await open(cycle.enrolmentId);
    await almostThrough(next, []);
    const renewed = await certificateOf(next.id);
    const previousEnd = DateTime.fromMillis(end, { zone: 'Europe/Oslo' }).toFormat('yyyy-MM-dd');
    expect(renewed?.facts.validity).to.deep.include({ previousEnd });
    expect(renewed?.validUntil).to.equal(
      computeExpiry({
        completedAt: Number(renewed?.awardedAt),
        previousEnd,
        rule: renewed?.facts.validity?.rule ?? { months: 0, snap: 'none' },
        timeZone: 'Europe/Oslo',
      }).validUntil,
    );
    expect(Number(renewed?.validUntil)).to.be.greaterThan(end + 360 * 86_400_000);
    expect(renewed?.code).to.not.equal(certificate.code);

    const old = await browser.get(page);
    expect(old.text).to.include(`/certificates/${renewed?.id}`);
    expect(plain((await browser.get(`/certificates/${renewed?.id}`)).text))
      .to.match(likeSaid('chain.renews', 'date'))
      .and.match(likeSaid('validity.previousEnd', 'date'));
    const wallet = plain((await browser.get('/certificates')).text);
    expect(wallet).to.match(likeSaid('chain.renewedBy', 'date')).and.match(likeSaid('chain.renews', 'date'));
    const told = await world()
      .visitor()
      .get(`/verify/${displayCode(certificate.code)}`);
    expect(plain(told.text)).to.match(likeSaid('chain.renewedOn', 'awarded', 'until'));
    expect(told.text)
      .to.not.include(displayCode(renewed?.code ?? ''))
      .and.not.include(renewed?.id ?? '?');
  });

  it('counts from the completion when it is late', async () => {
    const { cycle } = await endingIn(-20);
    const next = await open(cycle.enrolmentId);
    await almostThrough(next, []);
    const renewed = await certificateOf(next.id);
    const { rule, previousEnd } = renewed?.facts.validity ?? {};
    expect(previousEnd).to.be.a('string');
    const first = { completedAt: Number(renewed?.awardedAt), previousEnd: null, timeZone: 'Europe/Oslo' };
    expect(renewed?.validUntil).to.equal(
      computeExpiry({ ...first, rule: rule ?? { months: 0, snap: 'none' } }).validUntil,
    );
  });

  it('continues a renewal that was begun, and renews a renewal only in its own window', async () => {
    const { browser, cycle, renewal } = await endingIn(30);
    const next = await open(cycle.enrolmentId);
    expect((await send(browser, renewal)).path).to.equal(`/learning/${next.id}`);
    await almostThrough(next, []);
    expect((await send(browser, renewal)).status).to.equal(409);
    expect(await count('cycles where enrolment_id = $1', [cycle.enrolmentId])).to.equal(2);
  });

  it('waits while a certificate is suspended', async () => {
    const { cycle, browser, renewal, certificate } = await endingIn(30);
    const by = { actorId: (await dina()).id, now: Date.now() };
    await suspend(certificate, { reason: 'under-review', note: null }, by);
    expect((await send(browser, renewal)).status).to.equal(409);
    expect(await count('cycles where enrolment_id = $1', [cycle.enrolmentId])).to.equal(1);
  });

  it('is offered only to the holder, and needs sign-in', async () => {
    const { renewal, cycle } = await endingIn(30);
    const outsider = await cleo();
    expect((await send(outsider.browser, renewal)).status).to.equal(404);
    expect((await send((await dina()).browser, renewal)).status).to.equal(403);
    expect((await send(world().visitor(), renewal)).path).to.include('/sign-in');
    expect(await count('cycles where enrolment_id = $1', [cycle.enrolmentId])).to.equal(1);
  });
});
