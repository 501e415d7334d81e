import { expect } from 'chai';
import { verifyCredential } from '../../../../../server/proof/open-badges/verify.js';
import { row, count } from '../../../../support/rows.js';
import { cleo, dina, type Person } from '../../../../support/people.js';
import { appoint } from '../../../../support/roles.js';
import { holder, signedInHolder } from '../../../../support/holders.js';
import { plain, send } from '../../../../support/pages.js';
import { ownWorld, world } from '../../../../support/world.js';
import { said } from '../../../../support/said.js';
import { errorsOn, likeSaid, stateOn, verdictOn } from '../../pages.js';

const revocationOf = (id: string) =>
  row<{ reason: string; note: string | null; who: string }>(
    'select reason, note, actor_id as who from revocations where certificate_id = $1',
    [id],
  );

async function revoke({ browser }: Person, id: string, fields: Record<string, string>) {
  await browser.get(`/certificates/${id}/revocation`);
  return browser.submit(`/certificates/${id}/revocation`, { sure: 'yes', ...fields });
}

const check = async (code: string) =>
  JSON.parse((await world().visitor().get(`/verify/${code}`, { accept: 'application/json' })).text) as {
    verdict: string;
    revocationReason: string | null;
  };

describe('revoking a certificate', () => {
  ownWorld();

  it('stores who, why and the note, and leads back to the page of the certificate', async () => {
    const [admin, { certificate }] = [await dina(), await holder()];
    const page = await revoke(admin, certificate.id, {
      reason: 'not-earned',
      note: ' Someone else sat it. ',
    });
    expect([page.status, page.path]).to.deep.equal([
      200,
      `/admin/certificates/${certificate.id}?done=revocation`,
    ]);
    expect(await revocationOf(certificate.id)).to.deep.equal({
      reason: 'not-earned',
      note: 'Someone else sat it.',
      who: admin.id,
    });
    const words = plain(page.text);
    expect(words)
      .to.include(`${said('reason.not-earned')} · Someone else sat it.`)
      .and.include('Dina Aziz');
    expect(page.text).to.not.include('/revocation"');
  });

  it('is seen by a stranger at once, with the reason and without the name and the note', async () => {
    const [admin, { certificate }] = [await dina(), await holder()];
    expect((await check(certificate.code)).verdict).to.equal('valid');
    await revoke(admin, certificate.id, { reason: 'issued-in-error', note: 'Between us' });
    expect(await check(certificate.code)).to.include({
      verdict: 'revoked',
      revocationReason: 'issued-in-error',
    });
    const { text } = await world().visitor().get(`/verify/${certificate.code}`);
    const words = plain(text);
    expect(verdictOn(text)).to.equal('revoked');
    expect(words).to.include(said('reason.issued-in-error'));
    expect(words).to.not.include('Between us').and.not.include('A•• M•••••');
    expect(words).to.not.include(said('components.validUntil')).and.not.include(said('verify.meaningLabel'));
  });

  it('removes the last valid day from the holder’s page', async () => {
    const { holder: owner, certificate } = await signedInHolder();
    const place = `/certificates/${certificate.id}`;
    const why = likeSaid('validity.until', 'date', 'way');
    expect(plain((await owner.browser.get(place)).text)).to.match(why);
    await revoke(await dina(), certificate.id, { reason: 'not-earned', note: '' });
    const { text } = await owner.browser.get(place);
    expect(plain(text)).to.include(said('reason.not-earned')).and.not.match(why);
    // What it says of itself, of those who check it, and of what can be done about it.
    expect(plain(text))
      .to.include(said('certificate.whoNotValid'))
      .and.include(said('certificate.objection'))
      .and.include(said('renewal.withdrawn'));
    for (const key of ['components.validUntil', 'certificate.meaningHeading', 'renewal.open'])
      expect(plain(text), key).to.not.include(said(key));
    expect(text).to.not.include(`${place}/sharing"`).and.not.include(`${place}/shown-name"`);
  });

  it('is seen offline: the status list is signed again with the bit set', async () => {
    const [admin, { certificate }] = [await dina(), await holder()];
    const path = `/status/revocation/${certificate.facts.statusList.id}`;
    const verdict = async () => {
      const list = (await world().visitor().bytes(path)).toString();
      const input = { text: certificate.credential, didDocument: world().issuer.document, now: Date.now() };
      return (await verifyCredential({ ...input, statusList: list })).verdict;
    };
    const versions = () =>
      count('status_list_versions where list_id = $1', [certificate.facts.statusList.id]);
    const before = [await verdict(), await versions()] as const;
    await revoke(admin, certificate.id, { reason: 'holder-asked' });
    await world().worker.drain();
    expect([before[0], await verdict()]).to.deep.equal(['valid', 'revoked']);
    expect(await versions()).to.equal(before[1] + 1);
  });

  it('is told to the holder by mail, once, with the reason and without the note', async () => {
    const [admin, { holder: owner, certificate }] = [await dina(), await holder()];
    await revoke(admin, certificate.id, { reason: 'holder-asked', note: 'Between us' });
    await world().worker.drain();
    const mails = world()
      .mailbox.to(owner.email)
      .filter(({ subject }) => subject === said('mail.subject.certificate-revoked'));
    expect(mails).to.have.length(1);
    expect(mails[0]?.text)
      .to.include(said('reason.holder-asked'))
      .and.include(`/certificates/${certificate.id}`);
    expect(mails[0]?.text).to.not.include('Between us');
  });

  it('is shown to the holder, who can still download the signed file', async () => {
    const [admin, { holder: owner, certificate }] = [await dina(), await signedInHolder()];
    await revoke(admin, certificate.id, { reason: 'not-earned', note: 'Between us' });
    const { text } = await owner.browser.get(`/certificates/${certificate.id}`);
    expect(plain(text)).to.include(said('reason.not-earned')).and.not.include('Between us');
    expect(stateOn((await owner.browser.get('/certificates')).text)).to.equal('revoked');
    const file = await owner.browser.bytes(`/certificates/${certificate.id}.json`);
    expect(file.toString()).to.equal(certificate.credential);
  });

  it('is refused without a reason, and keeps the note that was typed', async () => {
    const [admin, { certificate }] = [await dina(), await holder()];
    for (const fields of [
      { note: 'By "phone"' },
      { reason: '', note: 'By "phone"' },
      { reason: 'bored', note: 'By "phone"' },
    ]) {
      const page = await revoke(admin, certificate.id, fields);
      expect(page.status).to.equal(422);
      expect(errorsOn(page.text)).to.deep.equal(['reason']);
      expect(page.text).to.match(/<textarea[^>]*name="note"[^>]*>\s*By &#34;phone&#34;<\/textarea>/);
      expect(page.text).to.match(/<input[^>]*name="sure"[^>]* checked/);
    }
    expect(await revocationOf(certificate.id)).to.equal(null);
    expect((await check(certificate.code)).verdict).to.equal('valid');
  });

  it('asks first: the page names the effects, and the form is refused without the tick', async () => {
    const [admin, { certificate }] = [await dina(), await holder()];
    const place = `/certificates/${certificate.id}/revocation`;
    const { text } = await admin.browser.get(place);
    expect(plain(text))
      .to.include(said('rulings.effects'))
      .and.include(said('rulings.revocation.effects.good'))
      .and.include(said('rulings.revocation.sure', { holder: certificate.facts.name }));
    expect(text).to.match(
      new RegExp(`href="/admin/certificates/${certificate.id}">${said('components.cancel')}</a>`),
    );
    const page = await admin.browser.submit(place, { reason: 'not-earned', note: 'By "phone"' });
    expect(page.status).to.equal(422);
    expect(errorsOn(page.text)).to.deep.equal(['sure']);
    expect(page.text).to.match(/value="not-earned"[^>]* checked/);
    expect(page.text).to.include('By &#34;phone&#34;</textarea>');
    expect(await revocationOf(certificate.id)).to.equal(null);
    expect((await check(certificate.code)).verdict).to.equal('valid');
  });

  it('refuses a note that is too long', async () => {
    const [admin, { certificate }] = [await dina(), await holder()];
    const page = await revoke(admin, certificate.id, { reason: 'holder-asked', note: 'x'.repeat(501) });
    expect(page.status).to.equal(422);
    expect(errorsOn(page.text)).to.deep.equal(['note']);
    expect(await revocationOf(certificate.id)).to.equal(null);
  });

  it('is open to managers of the organisation, from their own pages', async () => {
    const [manager, { certificate }] = [await cleo(), await holder()];
    await appoint(manager, 'manager');
    const own = await manager.browser.get(`/certificates/${certificate.id}`);
    expect(own.text).to.include(`href="/certificates/${certificate.id}/revocation"`);
    expect(own.text).to.match(new RegExp(`<h1><bdi>${certificate.facts.name}</bdi></h1>`));
    const team = await manager.browser.get('/team/certificates');
    expect(team.text).to.include(`href="/certificates/${certificate.id}/revocation"`);
    const page = await revoke(manager, certificate.id, { reason: 'holder-asked' });
    expect([page.status, page.path]).to.deep.equal([200, `/certificates/${certificate.id}?done=revocation`]);
    expect(await revocationOf(certificate.id)).to.include({ reason: 'holder-asked', who: manager.id });
  });

  it('returns 409 the second time and changes nothing', async () => {
    const [admin, { certificate }] = [await dina(), await holder()];
    const action = `/certificates/${certificate.id}/revocation`;
    await admin.browser.get(`/certificates/${certificate.id}/revocation`);
    const old = admin.browser.last;
    await admin.browser.submit(action, { reason: 'not-earned', sure: 'yes' });
    admin.browser.last = old;
    expect((await admin.browser.submit(action, { reason: 'holder-asked', sure: 'yes' })).status).to.equal(
      409,
    );
    expect(await revocationOf(certificate.id)).to.include({ reason: 'not-earned' });
  });

  it('happens once for ten forms at the same time', async () => {
    const [admin, { certificate }] = [await dina(), await holder()];
    await admin.browser.get(`/certificates/${certificate.id}/revocation`);
    const action = `/certificates/${certificate.id}/revocation`;
    const pages = await Promise.all(
      Array.from({ length: 10 }, () => admin.browser.submit(action, { reason: 'not-earned', sure: 'yes' })),
    );
    expect(pages.map(({ status }) => status).sort()).to.deep.equal([200, ...Array<number>(9).fill(409)]);
    await world().worker.drain();
    expect(
      await count(`events where name = 'certificate.revoked' and payload like $1`, [`%${certificate.id}%`]),
    ).to.equal(1);
  });

  describe('by others', () => {
    it('needs sign-in', async () => {
      const { certificate } = await holder();
      const page = await send(world().visitor(), `/certificates/${certificate.id}/revocation`, {
        reason: 'holder-asked',
      });
      expect(page.path).to.equal('/sign-in');
      expect(await revocationOf(certificate.id)).to.equal(null);
    });

    it('returns 404 to an outsider and to an auditor, 403 to the holder', async () => {
      const { holder: owner, certificate } = await signedInHolder();
      const [outsider, auditor] = [await cleo(), await cleo()];
      await appoint(auditor, 'auditor');
      const statuses: number[] = [];
      for (const { browser } of [outsider, owner, auditor]) {
        const page = await send(browser, `/certificates/${certificate.id}/revocation`, {
          reason: 'holder-asked',
        });
        statuses.push(page.status);
      }
      expect(statuses).to.deep.equal([404, 403, 404]);
      expect(await revocationOf(certificate.id)).to.equal(null);
    });

    it('is refused without a form token', async () => {
      const [admin, { certificate }] = [await dina(), await holder()];
      const page = await admin.browser.post(`/certificates/${certificate.id}/revocation`, {
        reason: 'holder-asked',
      });
      expect(page.status).to.equal(403);
      expect(await revocationOf(certificate.id)).to.equal(null);
    });

    it('returns 404 for a certificate that does not exist', async () => {
      const { browser } = await dina();
      for (const id of ['nonsense', '00000000-0000-4000-8000-000000000000']) {
        expect(
          (await send(browser, `/certificates/${id}/revocation`, { reason: 'holder-asked' })).status,
        ).to.equal(404);
      }
    });
  });
});
