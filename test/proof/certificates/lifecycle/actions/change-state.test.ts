import { expect } from 'chai';
import { certificateByCode, findCertificate } from '../../../../../server/proof/certificates/queries.js';
import { cleo, dina, signedIn, type Person } from '../../../../support/people.js';
import { appoint } from '../../../../support/roles.js';
import { count } from '../../../../support/rows.js';
import { holder, signedInHolder } from '../../../../support/holders.js';
import { plain, send } from '../../../../support/pages.js';
import { ownWorld, world } from '../../../../support/world.js';
import { said } from '../../../../support/said.js';
import { likeSaid, stateOn, verdictOn } from '../../pages.js';

type Kind = 'suspension' | 'reinstatement' | 'correction';

const at = (id: string, kind: Kind) => `/certificates/${id}/${kind}`;

async function rule({ browser }: Person, id: string, kind: Kind, fields: Record<string, string>) {
  await browser.get(at(id, kind));
  return browser.submit(at(id, kind), fields);
}

const ask = async (code: string) =>
  JSON.parse((await world().visitor().get(`/verify/${code}`, { accept: 'application/json' })).text) as {
    verdict: string;
    replaced: { on: string }[];
  };

describe('changing the state of a certificate', () => {
  ownWorld();

  it('suspends it: strangers see at once that it is not valid, and no reason', async () => {
    const [admin, { certificate }] = [await dina(), await holder()];
    const page = await rule(admin, certificate.id, 'suspension', {
      reason: 'under-review',
      note: 'By phone',
    });
    expect([page.status, page.path]).to.deep.equal([
      200,
      `/admin/certificates/${certificate.id}?done=suspension`,
    ]);
    expect(plain(page.text)).to.include(`${said('reason.under-review')} · By phone`);
    expect(page.text).to.include(`href="${at(certificate.id, 'reinstatement')}"`);
    expect((await ask(certificate.code)).verdict).to.equal('suspended');
    const { text } = await world().visitor().get(`/verify/${certificate.code}`);
    const words = plain(text);
    expect(verdictOn(text)).to.equal('suspended');
    expect(words).to.include(said('verify.advice.suspended'));
    expect(words)
      .to.not.include(said('reason.under-review'))
      .and.not.include('By phone')
      .and.not.include('A•• M•••••');
  });

  it('reinstates it: the same number leads to a new certificate', async () => {
    const [admin, { certificate: old }] = [await dina(), await holder()];
    await rule(admin, old.id, 'suspension', { reason: 'holder-asked' });
    const page = await rule(admin, old.id, 'reinstatement', { note: '' });
    const fresh = await certificateByCode(old.code);
    expect(page.path).to.equal(`/admin/certificates/${fresh?.id}?done=reinstatement`);
    expect(plain(page.text)).to.include(said('done.reinstatement'));
    expect(fresh).to.include({ replaces: old.id });
    const today = new Date().toISOString().slice(0, 10);
    expect(await ask(old.code)).to.deep.include({ verdict: 'valid', replaced: [{ on: today }] });
  });

  it('corrects the name: both certificates are kept and name each other', async () => {
    const [admin, { certificate: old }] = [await dina(), await holder()];
    const page = await rule(admin, old.id, 'correction', { name: '  Ada   Brandt ', note: '' });
    const fresh = await certificateByCode(old.code);
    expect(page.path).to.equal(`/admin/certificates/${fresh?.id}?done=correction`);
    expect(plain(page.text)).to.include('Ada Brandt').and.include(said('rulings.replaces'));
    expect(fresh?.credential).to.include('Ada Brandt');
    expect((await findCertificate(old.id))?.credential).to.equal(old.credential);
    const words = plain((await world().visitor().get(`/verify/${old.code}`)).text);
    expect(words)
      .to.match(likeSaid('verify.replacedOn', 'date'))
      .and.not.include(said('reason.name-corrected'));
    const before = await admin.browser.get(`/admin/certificates/${old.id}`);
    expect(plain(before.text))
      .to.include(said('rulings.replacedBy'))
      .and.include(said('reason.name-corrected'));
    expect(before.text).to.not.include('/revocation"');
  });

  it('refuses a name that is empty, too long or the same, and keeps what was typed', async () => {
    const [admin, { certificate }] = [await dina(), await holder()];
    for (const [name, error] of [
      ['', 'errors.name-of-person'],
      ['x'.repeat(201), 'errors.name-long'],
      ['Ada Marlow', 'errors.name-same'],
    ] as const) {
      const page = await rule(admin, certificate.id, 'correction', { name, note: 'why not' });
      expect(page.status, name).to.equal(422);
      expect(plain(page.text)).to.include(said(error));
      expect(page.text).to.include('why not</textarea>');
    }
    expect(await count('certificates where code = $1', [certificate.code])).to.equal(1);
  });

  it('refuses a suspension without a reason, with an unknown reason, or with a note that is too long', async () => {
    const [admin, { certificate }] = [await dina(), await holder()];
    for (const fields of [
      { note: 'n' },
      { reason: 'not-earned' },
      { reason: 'under-review', note: 'x'.repeat(501) },
    ]) {
      const page = await rule(admin, certificate.id, 'suspension', fields);
      expect(page.status).to.equal(422);
    }
    expect((await ask(certificate.code)).verdict).to.equal('valid');
  });

  it('returns 409 to a change that the state no longer allows', async () => {
    const [admin, { certificate }] = [await dina(), await holder()];
    expect((await admin.browser.get(at(certificate.id, 'reinstatement'))).status).to.equal(409);
    await admin.browser.get(at(certificate.id, 'suspension'));
    await rule(await dina(), certificate.id, 'suspension', { reason: 'under-review' });
    expect(
      (await send(admin.browser, at(certificate.id, 'suspension'), { reason: 'under-review' })).status,
    ).to.equal(409);
    expect((await admin.browser.get(at(certificate.id, 'correction'))).status).to.equal(409);
  });

  it('is open to managers of the organisation; returns 404 to others, auditors too', async () => {
    const { certificate } = await holder();
    const [ben, emre] = [await signedIn({ name: 'Ben Okafor' }), await signedIn({ name: 'Emre Kaya' })];
    await appoint(ben, 'manager');
    await appoint(emre, 'auditor');
    for (const kind of ['suspension', 'correction'] as const) {
      expect((await ben.browser.get(at(certificate.id, kind))).status, kind).to.equal(200);
      expect((await emre.browser.get(at(certificate.id, kind))).status, kind).to.equal(404);
      expect((await (await cleo()).browser.get(at(certificate.id, kind))).status, kind).to.equal(404);
      expect(
        (await send(emre.browser, at(certificate.id, kind), { name: 'X', reason: 'under-review' })).status,
      ).to.equal(404);
    }
    const page = await rule(ben, certificate.id, 'suspension', { reason: 'under-review' });
    expect(page.path).to.equal(`/certificates/${certificate.id}?done=suspension`);
    expect(stateOn(page.text)).to.equal('suspended');
    expect(plain(page.text)).to.include(said('reason.under-review'));
  });

  it('leaves only the current certificate in the list of the holder, with a link to the superseded one', async () => {
    const { holder: person, certificate: old } = await signedInHolder();
    await rule(await dina(), old.id, 'correction', { name: 'Ada Brandt' });
    const fresh = await certificateByCode(old.code);
    const { text } = await person.browser.get('/certificates');
    const listed = (id: string) => text.includes(`<h3><a class="tall-link" href="/certificates/${id}">`);
    expect([listed(fresh?.id ?? ''), listed(old.id)]).to.deep.equal([true, false]);
    expect(text).to.include(`href="/certificates/${old.id}"`);
    expect(stateOn((await person.browser.get(`/certificates/${old.id}`)).text)).to.equal('superseded');
  });
});
