import { expect } from 'chai';
import { certificateByCode, findCertificate } from '../../../server/certificates/queries.js';
import { ada, cleo, dina, signedIn, type Person } from '../../support/people.js';
import { appoint, count, holder, plain, send, signedInHolder } from '../../support/walk.js';
import { ownWorld, world } from '../../support/world.js';

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

describe('ruling on a certificate', () => {
  ownWorld();
  it('suspends it: at once not valid for strangers, who are told no reason', async () => {
    const [admin, { certificate }] = [await dina(), await holder()];
    const page = await rule(admin, certificate.id, 'suspension', {
      reason: 'under-review',
      note: 'By phone',
    });
    expect([page.status, page.path]).to.deep.equal([
      200,
      `/admin/certificates/${certificate.id}?done=suspension`,
    ]);
    expect(plain(page.text)).to.include('Under review · By phone').and.include('Lift the suspension');
    expect((await ask(certificate.code)).verdict).to.equal('suspended');
    const words = plain((await world().visitor().get(`/verify/${certificate.code}`)).text);
    expect(words).to.include('The issuer suspended this certificate on').and.include('Not valid');
    expect(words).to.include('It may be valid again later.').and.not.include('new certificate');
    expect(words).to.not.include('Under review').and.not.include('By phone').and.not.include('A•• M•••••');
  });

  it('lifts the suspension by a new one, to which the same number leads', async () => {
    const [admin, { certificate: old }] = [await dina(), await holder()];
    await rule(admin, old.id, 'suspension', { reason: 'holder-asked' });
    const page = await rule(admin, old.id, 'reinstatement', { note: '' });
    const fresh = await certificateByCode(old.code);
    expect(page.path).to.equal(`/admin/certificates/${fresh?.id}?done=reinstatement`);
    expect(plain(page.text)).to.include('The suspension is lifted.');
    expect(fresh).to.include({ replaces: old.id });
    const today = new Date().toISOString().slice(0, 10);
    expect(await ask(old.code)).to.deep.include({ verdict: 'valid', replaced: [{ on: today }] });
  });

  it('corrects the name, keeps both, and says on the page what was replaced', async () => {
    const [admin, { certificate: old }] = [await dina(), await holder()];
    const page = await rule(admin, old.id, 'correction', { name: '  Ada   Brandt ', note: '' });
    const fresh = await certificateByCode(old.code);
    expect(page.path).to.equal(`/admin/certificates/${fresh?.id}?done=correction`);
    expect(plain(page.text)).to.include('Ada Brandt').and.include('The certificate that this one replaces');
    expect(fresh?.credential).to.include('Ada Brandt');
    expect((await findCertificate(old.id))?.credential).to.equal(old.credential);
    const words = plain((await world().visitor().get(`/verify/${old.code}`)).text);
    expect(words).to.include('an earlier certificate with this number').and.not.include('name was corrected');
    const before = plain((await admin.browser.get(`/admin/certificates/${old.id}`)).text);
    expect(before).to.include('The certificate that replaces this one').and.include('The name was corrected');
    expect(before).to.not.include('Withdraw for good');
  });

  it('asks again, with what was typed, for a name that cannot be or is the same', async () => {
    const [admin, { certificate }] = [await dina(), await holder()];
    for (const [name, message] of [
      ['', 'Enter the person’s full name.'],
      ['x'.repeat(201), 'The name is too long'],
      ['Ada Marlow', 'This is the name that stands there now.'],
    ] as const) {
      const page = await rule(admin, certificate.id, 'correction', { name, note: 'why not' });
      expect(page.status, name).to.equal(422);
      expect(plain(page.text)).to.include(message);
      expect(page.text).to.include('why not</textarea>');
    }
    expect(await count('certificates where code = $1', [certificate.code])).to.equal(1);
  });

  it('asks again for a suspension without a reason, or with one that is none, or with too long a note', async () => {
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

  it('what does not fit how it stands now is told 409, whoever was faster', async () => {
    const [admin, { certificate }] = [await dina(), await holder()];
    expect((await admin.browser.get(at(certificate.id, 'reinstatement'))).status).to.equal(409);
    await admin.browser.get(at(certificate.id, 'suspension'));
    await rule(await dina(), certificate.id, 'suspension', { reason: 'under-review' });
    expect(
      (await send(admin.browser, at(certificate.id, 'suspension'), { reason: 'under-review' })).status,
    ).to.equal(409);
    expect((await admin.browser.get(at(certificate.id, 'correction'))).status).to.equal(409);
  });

  it('is open to managers of the organisation, 403 to its auditors and the holder, 404 to others', async () => {
    const { certificate } = await holder();
    const [ben, emre] = [await signedIn({ name: 'Ben Okafor' }), await signedIn({ name: 'Emre Kaya' })];
    await appoint(ben, 'manager');
    await appoint(emre, 'auditor');
    for (const kind of ['suspension', 'correction'] as const) {
      expect((await ben.browser.get(at(certificate.id, kind))).status, kind).to.equal(200);
      expect((await emre.browser.get(at(certificate.id, kind))).status, kind).to.equal(403);
      expect((await (await cleo()).browser.get(at(certificate.id, kind))).status, kind).to.equal(404);
      expect(
        (await send(emre.browser, at(certificate.id, kind), { name: 'X', reason: 'under-review' })).status,
      ).to.equal(403);
    }
    const page = await rule(ben, certificate.id, 'suspension', { reason: 'under-review' });
    expect(page.path).to.equal(`/certificates/${certificate.id}?done=suspension`);
    expect(plain(page.text)).to.include('Suspended').and.include('Under review');
  });

  it('the wallet lists only the one that stands, and links to the one that it replaced', async () => {
    const { holder: person, certificate: old } = await signedInHolder();
    await rule(await dina(), old.id, 'correction', { name: 'Ada Brandt' });
    const fresh = await certificateByCode(old.code);
    const { text } = await person.browser.get('/certificates');
    const listed = (id: string) => text.includes(`<h3><a class="tall-link" href="/certificates/${id}">`);
    expect([listed(fresh?.id ?? ''), listed(old.id)]).to.deep.equal([true, false]);
    expect(text).to.include(`href="/certificates/${old.id}"`);
    expect(plain((await person.browser.get(`/certificates/${old.id}`)).text)).to.include('Replaced');
  });
});

describe('the page of the keys', () => {
  ownWorld();
  beforeEach(() => world().issuer.refresh());

  const keysIn = (text: string) => [...text.matchAll(/<bdi>(z6Mk\w+)/g)].map(found => found[1] ?? '');

  it('puts a new key in use, after a page that asks', async () => {
    const { browser } = await dina();
    const before = keysIn((await browser.get('/admin/keys')).text);
    const path = `/admin/keys/${world().issuer.keyId}/rotation`;
    expect((await browser.get(path)).status).to.equal(200);
    const unsure = await browser.submit(path, {});
    expect(unsure.status).to.equal(422);
    expect(plain(unsure.text)).to.include('Tick the box to say that you are sure.');
    await browser.get(path);
    const page = await browser.submit(path, { sure: 'yes' });
    expect([page.status, page.path]).to.deep.equal([200, '/admin/keys?done=rotation']);
    expect(keysIn(page.text)).to.have.length(before.length + 1);
    expect((await send(browser, path, { sure: 'yes' })).status).to.equal(409);
  });

  it('retires and distrusts, and shows how many certificates are reissued', async () => {
    const { browser } = await dina();
    const move = async (step: string, key = world().issuer.keyId) => {
      await browser.get(`/admin/keys/${key}/${step}`);
      return browser.submit(`/admin/keys/${key}/${step}`, { sure: 'yes' });
    };
    const first = world().issuer.keyId;
    await move('rotation');
    await world().issuer.refresh();
    expect(plain((await move('retirement', first)).text)).to.include('Retired');
    const { certificate } = await holder();
    await move('compromise');
    await world().worker.drain();
    const words = plain((await browser.get('/admin/keys')).text);
    expect(words).to.include('Not trusted').and.include('1 of 1 certificate is issued anew.');
    expect((await ask(certificate.code)).verdict).to.equal('valid');
    expect((await certificateByCode(certificate.code))?.id).to.not.equal(certificate.id);
  });

  it('asks about no step that is not open to the key, and takes none: 409', async () => {
    const { browser } = await dina();
    const resting = world().issuer.keyId;
    await browser.get(`/admin/keys/${resting}/rotation`);
    await browser.submit(`/admin/keys/${resting}/rotation`, { sure: 'yes' });
    await world().issuer.refresh();
    for (const path of [`${world().issuer.keyId}/retirement`, `${resting}/rotation`]) {
      expect((await browser.get(`/admin/keys/${path}`)).status, path).to.equal(409);
      expect((await send(browser, `/admin/keys/${path}`, {})).status, path).to.equal(409);
    }
    expect((await browser.get(`/admin/keys/${resting}/retirement`)).status).to.equal(200);
  });

  it('is for administrators, and knows no other keys', async () => {
    const somebody = await ada();
    expect((await somebody.browser.get('/admin/keys')).status).to.equal(404);
    const path = `/admin/keys/${world().issuer.keyId}/compromise`;
    expect((await send(somebody.browser, path, { sure: 'yes' })).status).to.equal(404);
    expect((await (await dina()).browser.get('/admin/keys/zNothing/rotation')).status).to.equal(404);
  });
});
