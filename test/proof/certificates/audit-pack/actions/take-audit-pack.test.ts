import { expect } from 'chai';
import { unzipSync } from 'fflate';
import { row, write } from '../../../../support/rows.js';
import { openOrganisation } from '../../../../../server/people/organisations/memberships.js';
import { ada, cleo, dina, signedIn } from '../../../../support/people.js';
import { appoint, otherOrganisation } from '../../../../support/roles.js';
import { holder, signedInHolder } from '../../../../support/holders.js';
import { ownWorld, world } from '../../../../support/world.js';

const packOf = (id: string) => `/certificates/${id}/audit-pack.zip`;

const lastTaken = () =>
  row<{ payload: string; actorId: string; organisationId: string }>(
    `select payload, actor_id as "actorId", organisation_id as "organisationId" from events
     where name = 'audit-pack.taken' order by seq desc limit 1`,
  );

describe('downloading the audit pack of a certificate', () => {
  ownWorld();

  it('sends a ZIP that no cache stores, and records it in the audit log', async () => {
    const { holder: owner, certificate } = await signedInHolder();
    const page = await owner.browser.get(`/certificates/${certificate.id}`);
    expect(page.text)
      .to.include(`href="${packOf(certificate.id)}"`)
      .and.not.include('href="/organisations/');
    const { headers, status } = await owner.browser.get(packOf(certificate.id));
    expect(status).to.equal(200);
    expect(headers.get('content-type')).to.equal('application/zip');
    expect(headers.get('cache-control')).to.equal('private, no-store');
    expect(headers.get('content-disposition')).to.equal('attachment; filename="certificate-audit-pack.zip"');
    const files = unzipSync(await owner.browser.bytes(packOf(certificate.id)));
    expect(Buffer.from(files['credential.json'] ?? []).toString()).to.equal(certificate.credential);
    const { id: organisationId } = await openOrganisation();
    const payload = JSON.stringify({ certificateId: certificate.id });
    expect(await lastTaken()).to.deep.equal({ payload, actorId: owner.id, organisationId });
  });

  it('is for the holder, managers and administrators', async () => {
    const { certificate } = await holder();
    const path = packOf(certificate.id);
    const [admin, ben, eve] = [await dina(), await cleo(), await ada()];
    await appoint(ben, 'manager');
    for (const { browser } of [admin, ben]) expect((await browser.get(path)).status).to.equal(200);
    expect((await eve.browser.get(path)).status).to.equal(404);
    expect((await world().visitor().get(path)).path).to.equal(`/sign-in?next=${encodeURIComponent(path)}`);
  });

  it('returns 404 before the certificate is signed', async () => {
    const { holder: owner, certificate } = await signedInHolder();
    await write('update certificates set credential = null, issued_at = null where id = $1', [
      certificate.id,
    ]);
    expect((await owner.browser.get(packOf(certificate.id))).status).to.equal(404);
  });
});

describe('asking for the audit pack of an organisation', () => {
  ownWorld();

  it('is for its managers and administrators, from the page of a certificate', async () => {
    const { id } = await openOrganisation();
    const path = `/organisations/${id}/evidence/audit-pack`;
    const { certificate } = await holder();
    const [admin, ben, eve] = [await dina(), await cleo(), await ada()];
    await appoint(ben, 'manager');
    for (const somebody of [admin, ben]) {
      const page = await somebody.browser.get(`/certificates/${certificate.id}`);
      expect(page.text).to.include(`href="${path}"`);
      expect((await somebody.browser.get(path)).status).to.equal(200);
    }
    const held = await admin.browser.get(`/admin/certificates/${certificate.id}`);
    expect(held.text)
      .to.include(`href="${path}"`)
      .and.include(`href="${packOf(certificate.id)}"`);
    expect((await eve.browser.get(path)).status).to.equal(404);
    expect((await world().visitor().get(path)).path).to.equal(`/sign-in?next=${encodeURIComponent(path)}`);
  });

  it('returns 404 to the manager of another organisation, and for an unknown organisation', async () => {
    const ben = await signedIn({ name: 'Ben Okafor' });
    await appoint(ben, 'manager', await otherOrganisation());
    const { id } = await openOrganisation();
    expect((await ben.browser.get(`/organisations/${id}/evidence/audit-pack`)).status).to.equal(404);
    const { browser } = await dina();
    for (const other of ['x', '00000000-0000-4000-8000-000000000000'])
      expect((await browser.get(`/organisations/${other}/evidence/audit-pack`)).status).to.equal(404);
  });
});
