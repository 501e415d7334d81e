import { expect } from 'chai';
import { certificateOf } from '../../../../../server/proof/certificates/queries.js';
import {
  approveNameRequest,
  newestNameRequest,
  requestName,
} from '../../../../../server/proof/certificates/holder/name-corrections.js';
import { displayCode } from '../../../../../server/platform/lib/ids.js';
import { openOrganisation } from '../../../../../server/people/organisations/memberships.js';
import { cleo, dina } from '../../../../support/people.js';
import { appoint, otherOrganisation } from '../../../../support/roles.js';
import { count } from '../../../../support/rows.js';
import { plain, send } from '../../../../support/pages.js';
import { signedInHolder } from '../../../../support/holders.js';
import { ownWorld, world } from '../../../../support/world.js';
import { said } from '../../../../support/said.js';

/** A holder who has requested another name. */
async function asked(name = 'Ada Brandt') {
  const held = await signedInHolder();
  const { browser } = held.holder;
  const page = `/certificates/${held.certificate.id}`;
  await browser.get(`${page}/name-request`);
  await browser.submit(`${page}/name-request`, { name, why: 'I married' });
  const request = await newestNameRequest(held.cycle.id);
  if (!request) throw new Error('No request was made');
  return { ...held, browser, page, request, decision: `/name-requests/${request.id}` };
}

describe('a request for another name on a certificate', () => {
  ownWorld();

  it('is made by the holder, and changes nothing until somebody decides', async () => {
    const { browser, page, cycle, certificate, request } = await asked();
    expect(request).to.deep.include({ name: 'Ada Brandt', why: 'I married', decision: null });
    expect(plain((await browser.get(page)).text)).to.include(said('nameRequest.waiting'));
    expect((await certificateOf(cycle.id))?.id).to.equal(certificate.id);
  });

  it('supersedes the certificate when a manager approves: the same number, both kept, a mail to the holder', async () => {
    const { cycle, certificate, decision, holder } = await asked();
    const ben = await cleo();
    await appoint(ben, 'manager');
    expect(plain((await ben.browser.get('/name-requests')).text)).to.include('Ada Brandt');
    await ben.browser.get(decision);
    await ben.browser.submit(`${decision}/approval`);
    await world().worker.drain();
    const current = await certificateOf(cycle.id);
    expect(current?.facts.name).to.equal('Ada Brandt');
    expect(current).to.include({ code: certificate.code, replaces: certificate.id });
    expect(current?.credential).to.include('Ada Brandt');
    expect(await count('certificates where cycle_id = $1', [cycle.id])).to.equal(2);
    const mails = world()
      .mailbox.to(holder.email)
      .map(({ subject }) => subject);
    expect(mails).to.include(said('mail.subject.certificate-replaced'));
    expect((await ben.browser.get(decision)).status).to.equal(409);
  });

  it('shows its number, and its organisation to those who decide for several', async () => {
    const { certificate, decision } = await asked();
    const [ben, admin] = [await cleo(), await dina()];
    await appoint(ben, 'manager');
    const { name } = await openOrganisation();
    for (const path of ['/name-requests', decision]) {
      const [own, all] = [await ben.browser.get(path), await admin.browser.get(path)];
      const [words, wordsOfAll] = [own, all].map(({ text }) =>
        plain(/<main[\s\S]*<\/main>/.exec(text)?.[0] ?? ''),
      );
      expect(words, path).to.include(displayCode(certificate.code)).and.not.include(name);
      expect(wordsOfAll, path).to.include(name);
    }
    await appoint(ben, 'manager', await otherOrganisation());
    expect(plain((await ben.browser.get(decision)).text)).to.include(
      `${said('nameRequest.organisation')} ${name}`,
    );
  });

  it('leaves the certificate when it is refused, and the holder gets the answer', async () => {
    const { browser, page, cycle, certificate, decision, holder } = await asked();
    const admin = await dina();
    await admin.browser.get(decision);
    expect((await admin.browser.submit(`${decision}/refusal`, { answer: ' ' })).status).to.equal(422);
    await admin.browser.get(decision);
    await admin.browser.submit(`${decision}/refusal`, { answer: 'The ID says otherwise' });
    await world().worker.drain();
    expect((await certificateOf(cycle.id))?.id).to.equal(certificate.id);
    expect(plain((await browser.get(page)).text)).to.include('The ID says otherwise');
    const mail = world().mailbox.to(holder.email).at(-1);
    expect(mail?.subject).to.equal(said('mail.subject.name-refused'));
    expect(mail?.text).to.include('The ID says otherwise');
  });

  it('makes one certificate of twenty approvals at once', async () => {
    const { cycle, request } = await asked();
    const by = { actorId: (await dina()).id, now: Date.now() };
    const done = await Promise.allSettled(Array.from({ length: 20 }, () => approveNameRequest(request, by)));
    expect(done.filter(({ status }) => status === 'fulfilled')).to.have.length(1);
    expect(await count('certificates where cycle_id = $1', [cycle.id])).to.equal(2);
  });

  it('is open once for any number of clicks; another may follow its answer', async () => {
    const { certificate, cycle, decision } = await asked();
    const wishes = Array.from({ length: 10 }, () =>
      requestName(certificate, { name: 'Ada B.', why: 'Again' }, Date.now()),
    );
    expect(await Promise.all(wishes)).to.deep.equal(wishes.map(() => false));
    const admin = await dina();
    await admin.browser.get(decision);
    await admin.browser.submit(`${decision}/refusal`, { answer: 'No' });
    expect(await requestName(certificate, { name: 'Ada B.', why: 'Again' }, Date.now() + 1)).to.equal(true);
    expect((await newestNameRequest(cycle.id))?.decision).to.equal(null);
  });

  it('is refused for the same name, no name, characters that cannot be printed and no reason; the form keeps what was typed', async () => {
    const { holder, certificate } = await signedInHolder();
    const page = `/certificates/${certificate.id}/name-request`;
    const wrong = [
      { name: 'Ada Marlow', why: 'x' },
      { name: '', why: 'x' },
      { name: 'Ada 🌊', why: 'x' },
      { name: 'a'.repeat(201), why: 'x' },
      { name: 'Ada Brandt', why: '' },
      { name: 'Ada Brandt', why: 'y'.repeat(501) },
    ];
    for (const fields of wrong) {
      await holder.browser.get(page);
      const again = await holder.browser.submit(page, fields);
      expect(again.status, JSON.stringify(fields)).to.equal(422);
      expect(again.text).to.include(`value="${fields.name}"`);
    }
    expect(await newestNameRequest(certificate.cycleId)).to.equal(null);
  });

  it('is not decided by its holder, an auditor, another organisation or a visitor', async () => {
    const { holder, browser, decision, cycle, certificate } = await asked();
    await appoint(holder, 'manager');
    const [emre, other] = [await cleo(), await cleo()];
    await appoint(emre, 'auditor');
    await appoint(other, 'manager', await otherOrganisation());
    for (const [who, status] of [
      [browser, 403],
      [emre.browser, 404],
      [other.browser, 404],
    ] as const) {
      expect((await who.get(decision)).status).to.equal(status);
      expect((await send(who, `${decision}/approval`)).status).to.equal(status);
      expect((await send(who, `${decision}/refusal`, { answer: 'No' })).status).to.equal(status);
    }
    expect((await world().visitor().get(decision)).path).to.include('/sign-in');
    expect((await cleo().then(each => each.browser.get('/name-requests'))).status).to.equal(404);
    expect((await certificateOf(cycle.id))?.id).to.equal(certificate.id);
  });

  it('is made only by the holder', async () => {
    const { certificate } = await signedInHolder();
    const page = `/certificates/${certificate.id}/name-request`;
    expect((await (await cleo()).browser.get(page)).status).to.equal(404);
    expect((await send((await dina()).browser, page, { name: 'X', why: 'x' })).status).to.equal(403);
  });
});
