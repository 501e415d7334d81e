import { expect } from 'chai';
import { randomUUID } from 'node:crypto';
import { certificateHistory } from '../../../../server/proof/certificates/lifecycle/history.js';
import { newestCertificates } from '../../../../server/proof/certificates/queries.js';
import { revoke, suspend } from '../../../../server/proof/certificates/lifecycle/revoke.js';
import { write } from '../../../support/rows.js';
import { displayCode, newCode, newId } from '../../../../server/platform/lib/ids.js';
import { dina } from '../../../support/people.js';
import { expire, holder } from '../../../support/holders.js';
import { plain } from '../../../support/pages.js';
import { said } from '../../../support/said.js';
import { ownWorld } from '../../../support/world.js';

describe('certificates in the administration', () => {
  ownWorld();
  it('lists the newest first', async () => {
    const [older, newer] = [await holder('Old Timer'), await holder('New Comer')];
    const { browser } = await dina();
    const { text } = await browser.get('/admin/certificates');
    expect(text.indexOf(newer.certificate.id)).to.be.greaterThan(-1);
    expect(text.indexOf(newer.certificate.id)).to.be.lessThan(text.indexOf(older.certificate.id));
    // Namesakes can be told apart.
    expect(text).to.include(displayCode(newer.certificate.code));
  });

  it('finds one by its number, however it is typed', async () => {
    const [{ certificate }, other] = [await holder(), await holder()];
    const { browser } = await dina();
    for (const query of [
      displayCode(certificate.code),
      certificate.code.toLowerCase(),
      ` ${displayCode(certificate.code).replaceAll('-', ' ')} `,
    ]) {
      const { text } = await browser.get(`/admin/certificates?query=${encodeURIComponent(query)}`);
      expect(text).to.include(`/admin/certificates/${certificate.id}`).and.not.include(other.certificate.id);
    }
  });

  it('finds those of a person by the beginning of their name or address', async () => {
    const [{ holder: aisha, certificate }, other] = [
      await holder('Aïsha Rahmani'),
      await holder('Mara Lind'),
    ];
    const { browser } = await dina();
    for (const query of ['Aisha', 'rahm aisha', aisha.email.slice(0, 20)]) {
      const { text } = await browser.get(`/admin/certificates?query=${encodeURIComponent(query)}`);
      expect(text, query).to.include(`/admin/certificates/${certificate.id}`);
      expect(text, query).not.to.include(other.certificate.id);
    }
  });

  it('finds nothing for other texts, and shows them as text', async () => {
    const { browser } = await dina();
    for (const query of [newCode(), 'nonsense', '<b>"&', "' or 1=1 --", '%']) {
      const page = await browser.get(`/admin/certificates?query=${encodeURIComponent(query)}`);
      expect(page.status).to.equal(200);
      const [before = '?'] = said('admin.nothing', { query: '…' }).split('…');
      expect(plain(page.text)).to.include(`${before}${query}`);
      expect(page.text).to.not.include('<b>');
    }
  });

  it('pages through all of them, even those awarded at the same moment', async () => {
    const held = [await holder(), await holder(), await holder()].map(({ certificate }) => certificate.id);
    for (const id of held) await write('update certificates set awarded_at = $1 where id = $2', [1, id]);
    const listed: string[] = [];
    let after: string | null = null;
    for (let pages = 0; pages < 200; pages += 1) {
      const [next]: { id: string }[] = await newestCertificates(1, after);
      if (!next) break;
      listed.push(next.id);
      after = next.id;
    }
    expect(listed.slice(-3).sort()).to.deep.equal([...held].sort());
    expect(new Set(listed).size).to.equal(listed.length);
  });

  it('ignores an impossible place to continue from', async () => {
    const { browser } = await dina();
    for (const after of ['NaN', '1e999', '-1', '[80]', '', '9'.repeat(40), randomUUID()]) {
      expect((await browser.get(`/admin/certificates?after=${after}`)).status, after).to.equal(200);
    }
  });

  it('shows state and history, and links to the revocation', async () => {
    const { certificate } = await holder();
    const { browser } = await dina();
    const page = await browser.get(`/admin/certificates/${certificate.id}`);
    const words = plain(page.text);
    expect(words)
      .to.include('Ada Marlow')
      .and.include(displayCode(certificate.code))
      .and.include(said('state.valid'));
    expect(words).to.include(said('admin.event.issued')).and.include(said('admin.system'));
    expect(page.text).to.include(`href="/certificates/${certificate.id}/revocation"`);
  });

  it('lists changes with the same time in the order in which they happened, newest first', async () => {
    const { certificate } = await holder();
    const [at, { id }] = [Date.now(), await dina()];
    await write('update certificates set created_at = $1, issued_at = $1 where id = $2', [
      at,
      certificate.id,
    ]);
    const by = { actorId: id, now: at };
    await suspend(certificate, { reason: 'under-review', note: null }, by);
    await revoke(certificate, { reason: 'issued-in-error', note: null }, by);
    const what = (await certificateHistory(certificate.id)).map(entry => entry.what);
    expect(what).to.deep.equal(['revoked', 'suspended', 'issued', 'awarded']);
  });

  it('shows an expired one as expired', async () => {
    const { certificate } = await holder();
    await expire(certificate);
    const { browser } = await dina();
    expect(plain((await browser.get(`/admin/certificates/${certificate.id}`)).text)).to.include(
      said('state.expired'),
    );
  });

  it('returns 404 for one that does not exist', async () => {
    const { browser } = await dina();
    for (const id of ['nonsense', newId(), '__proto__']) {
      expect((await browser.get(`/admin/certificates/${id}`)).status, id).to.equal(404);
    }
  });
});
