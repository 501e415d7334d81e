import { expect } from 'chai';
import { verifyCredential } from '../../../server/open-badges/verify.js';
import { row } from '../../support/rows.js';
import { cleo, dina, type Person } from '../../support/people.js';
import { appoint, count, holder, plain, send, signedInHolder } from '../../support/walk.js';
import { ownWorld, world } from '../../support/world.js';

const revocationOf = (id: string) =>
  row<{ reason: string; note: string | null; who: string }>(
    'select reason, note, actor_id as who from revocations where certificate_id = $1',
    [id],
  );

async function withdraw({ browser }: Person, id: string, fields: Record<string, string>) {
  await browser.get(`/certificates/${id}/revocation`);
  return browser.submit(`/certificates/${id}/revocation`, { sure: 'yes', ...fields });
}

const verdictOn = async (code: string) =>
  JSON.parse((await world().visitor().get(`/verify/${code}`, { accept: 'application/json' })).text) as {
    verdict: string;
    revocationReason: string | null;
  };

describe('withdrawing a certificate', () => {
  ownWorld();
  it('keeps who, why and the note, and leads back to the page of the certificate', async () => {
    const [admin, { certificate }] = [await dina(), await holder()];
    const page = await withdraw(admin, certificate.id, {
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
    expect(words).to.include('Not earned by this person · Someone else sat it.').and.include('Dina Aziz');
    expect(page.text).to.not.include('/revocation"');
  });

  it('is seen by a stranger at once, with the reason and without the name and the note', async () => {
    const [admin, { certificate }] = [await dina(), await holder()];
    expect((await verdictOn(certificate.code)).verdict).to.equal('valid');
    await withdraw(admin, certificate.id, { reason: 'issued-in-error', note: 'Between us' });
    expect(await verdictOn(certificate.code)).to.include({
      verdict: 'revoked',
      revocationReason: 'issued-in-error',
    });
    const { text } = await world().visitor().get(`/verify/${certificate.code}`);
    const words = plain(text);
    expect(words).to.include('The issuer withdrew this certificate on').and.include('Issued in error');
    expect(words).to.not.include('Between us').and.not.include('A•• M•••••');
    expect(words).to.not.include('Valid until').and.not.include('Meaning');
  });

  it('leaves its holder no end to come on the page of it', async () => {
    const { holder: owner, certificate } = await signedInHolder();
    const place = `/certificates/${certificate.id}`;
    const why = /Valid until \S+ \S+ \S+: \d+ months from/;
    expect(plain((await owner.browser.get(place)).text)).to.match(why);
    await withdraw(await dina(), certificate.id, { reason: 'not-earned', note: '' });
    const { text } = await owner.browser.get(place);
    expect(plain(text)).to.include('Not earned').and.not.match(why);
    // What it says of itself, of those who check it, and of what can be done about it.
    expect(plain(text))
      .to.include('They see that it is not valid, and no name.')
      .and.include('If you think this is wrong')
      .and.include('This certificate was withdrawn. You can take the course again')
      .and.not.match(/Valid until|What it means|You can renew now/);
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
    await withdraw(admin, certificate.id, { reason: 'holder-asked' });
    await world().worker.drain();
    expect([before[0], await verdict()]).to.deep.equal(['valid', 'revoked']);
    expect(await versions()).to.equal(before[1] + 1);
  });

  it('is told to the holder by mail, once, with the reason and without the note', async () => {
    const [admin, { holder: owner, certificate }] = [await dina(), await holder()];
    await withdraw(admin, certificate.id, { reason: 'holder-asked', note: 'Between us' });
    await world().worker.drain();
    const mails = world()
      .mailbox.to(owner.email)
      .filter(({ subject }) => subject === 'Training: a change to your certificate');
    expect(mails).to.have.length(1);
    expect(mails[0]?.text)
      .to.include('The holder asked for it')
      .and.include(`/certificates/${certificate.id}`);
    expect(mails[0]?.text).to.not.include('Between us');
  });

  it('is seen by the holder, who keeps the signed file', async () => {
    const [admin, { holder: owner, certificate }] = [await dina(), await signedInHolder()];
    await withdraw(admin, certificate.id, { reason: 'not-earned', note: 'Between us' });
    const words = plain((await owner.browser.get(`/certificates/${certificate.id}`)).text);
    expect(words).to.include('Not earned by this person').and.not.include('Between us');
    expect(plain((await owner.browser.get('/certificates')).text)).to.include('Withdrawn');
    const file = await owner.browser.bytes(`/certificates/${certificate.id}.json`);
    expect(file.toString()).to.equal(certificate.credential);
  });

  it('needs a reason, and keeps the note that was typed', async () => {
    const [admin, { certificate }] = [await dina(), await holder()];
    for (const fields of [
      { note: 'By "phone"' },
      { reason: '', note: 'By "phone"' },
      { reason: 'bored', note: 'By "phone"' },
    ]) {
      const page = await withdraw(admin, certificate.id, fields);
      expect(page.status).to.equal(422);
      expect(plain(page.text)).to.include('Choose a reason.');
      expect(page.text).to.match(/<textarea[^>]*name="note"[^>]*>\s*By &#34;phone&#34;<\/textarea>/);
      expect(page.text).to.match(/<input[^>]*name="sure"[^>]* checked/);
    }
    expect(await revocationOf(certificate.id)).to.equal(null);
    expect((await verdictOn(certificate.code)).verdict).to.equal('valid');
  });

  it('says what will happen and offers the way back, and does nothing without the tick', async () => {
    const [admin, { certificate }] = [await dina(), await holder()];
    const place = `/certificates/${certificate.id}/revocation`;
    const { text } = await admin.browser.get(place);
    expect(plain(text))
      .to.include('What will happen')
      .and.include('It cannot be undone.')
      .and.include(`Yes, withdraw the certificate of ${certificate.facts.name} for good`);
    expect(text).to.match(new RegExp(`href="/admin/certificates/${certificate.id}">Cancel</a>`));
    const page = await admin.browser.submit(place, { reason: 'not-earned', note: 'By "phone"' });
    expect(page.status).to.equal(422);
    expect(plain(page.text)).to.include('Tick the box to say that you are sure.');
    expect(page.text).to.match(/value="not-earned"[^>]* checked/);
    expect(page.text).to.include('By &#34;phone&#34;</textarea>');
    expect(await revocationOf(certificate.id)).to.equal(null);
    expect((await verdictOn(certificate.code)).verdict).to.equal('valid');
  });

  it('refuses a note that is too long', async () => {
    const [admin, { certificate }] = [await dina(), await holder()];
    const page = await withdraw(admin, certificate.id, { reason: 'holder-asked', note: 'x'.repeat(501) });
    expect(page.status).to.equal(422);
    expect(plain(page.text)).to.include('This is too long. Use at most 500 characters.');
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
    const page = await withdraw(manager, certificate.id, { reason: 'holder-asked' });
    expect([page.status, page.path]).to.deep.equal([200, `/certificates/${certificate.id}?done=revocation`]);
    expect(await revocationOf(certificate.id)).to.include({ reason: 'holder-asked', who: manager.id });
  });

  it('twice is told 409 and changes nothing', async () => {
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

  it('ten times at once is once', async () => {
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

  describe('is not for everyone', () => {
    it('needs sign-in', async () => {
      const { certificate } = await holder();
      const page = await send(world().visitor(), `/certificates/${certificate.id}/revocation`, {
        reason: 'holder-asked',
      });
      expect(page.path).to.equal('/sign-in');
      expect(await revocationOf(certificate.id)).to.equal(null);
    });

    it('says 404 to an outsider, 403 to the holder and to an auditor', async () => {
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
      expect(statuses).to.deep.equal([404, 403, 403]);
      expect(await revocationOf(certificate.id)).to.equal(null);
    });

    it('is refused without the token of a page', async () => {
      const [admin, { certificate }] = [await dina(), await holder()];
      const page = await admin.browser.post(`/certificates/${certificate.id}/revocation`, {
        reason: 'holder-asked',
      });
      expect(page.status).to.equal(403);
      expect(await revocationOf(certificate.id)).to.equal(null);
    });

    it('says 404 to a certificate that is not there', async () => {
      const { browser } = await dina();
      for (const id of ['nonsense', '00000000-0000-4000-8000-000000000000']) {
        expect(
          (await send(browser, `/certificates/${id}/revocation`, { reason: 'holder-asked' })).status,
        ).to.equal(404);
      }
    });
  });
});
