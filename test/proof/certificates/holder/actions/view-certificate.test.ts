import { expect } from 'chai';
import { hashOf } from '../../../../../server/proof/open-badges/sign.js';
import { displayCode } from '../../../../../server/platform/lib/ids.js';
import { ada, cleo, dina } from '../../../../support/people.js';
import { appoint, dismiss, otherOrganisation } from '../../../../support/roles.js';
import { expire, holder, signedInHolder } from '../../../../support/holders.js';
import { plain } from '../../../../support/pages.js';
import { readPaper } from '../../../../support/programs/paper.js';
import { write } from '../../../../support/rows.js';
import { ownWorld, world } from '../../../../support/world.js';
import { said } from '../../../../support/said.js';
import { stateOn } from '../../pages.js';

describe('the list of certificates', () => {
  ownWorld();

  it('is empty before the first certificate', async () => {
    const { browser } = await ada();
    const { text } = await browser.get('/certificates');
    expect(plain(text)).to.include(said('wallet.none'));
    expect(stateOn(text)).to.equal(null);
  });

  it('contains only the person’s own certificates', async () => {
    const { holder: owner, certificate } = await signedInHolder();
    const other = await holder();
    const { text } = await owner.browser.get('/certificates');
    expect(text).to.include(`href="/certificates/${certificate.id}"`).and.not.include(other.certificate.id);
    expect(plain(text)).to.include(certificate.facts.course.title);
    expect(stateOn(text)).to.equal('valid');
  });

  it('leaves out a certificate that is awarded but not signed yet', async () => {
    const { holder: owner, certificate } = await signedInHolder();
    await write('update certificates set issued_at = null, credential = null where id = $1', [
      certificate.id,
    ]);
    expect((await owner.browser.get('/certificates')).text).to.not.include(certificate.id);
    expect((await owner.browser.get(`/certificates/${certificate.id}/credential.json`)).status).to.equal(404);
  });

  it('needs sign-in', async () => {
    expect((await world().visitor().get('/certificates')).path).to.equal('/sign-in?next=%2Fcertificates');
  });
});

describe('the page of a certificate', () => {
  ownWorld();
  it('shows name, course, number and the address where it is checked', async () => {
    const { holder: owner, certificate } = await signedInHolder();
    const page = await owner.browser.get(`/certificates/${certificate.id}`);
    const words = plain(page.text);
    expect(page.status).to.equal(200);
    expect(words)
      .to.include('Ada Marlow')
      .and.include(displayCode(certificate.code))
      .and.include('A•• M•••••');
    expect(page.text).to.include(`${world().base}/verify/${displayCode(certificate.code)}`);
    expect(page.headers.get('cache-control')).to.equal('no-store');
  });

  it('says when it is no longer valid, and offers no download', async () => {
    const { holder: owner, certificate } = await signedInHolder();
    await expire(certificate);
    const page = await owner.browser.get(`/certificates/${certificate.id}`);
    expect(stateOn(page.text)).to.equal('expired');
    expect(plain(page.text)).to.include(said('certificate.notValid'));
    expect(page.text).to.not.include(`href="/certificates/${certificate.id}/certificate.pdf`);
  });

  const FILES = [
    'certificate.pdf',
    'certificate.pdf?size=letter',
    'badge.png',
    'badge.svg',
    'credential.json',
    'audit-pack.zip',
  ];
  const everything = (id: string) => [
    `/certificates/${id}`,
    ...FILES.map(file => `/certificates/${id}/${file}`),
  ];

  it('links to every file, and only to the signed file and the audit pack when it is not valid', async () => {
    const { holder: owner, certificate } = await signedInHolder();
    const links = async () => {
      const { text } = await owner.browser.get(`/certificates/${certificate.id}`);
      const found = [...text.matchAll(/href="\/certificates\/[^/"]+\/([^"]+)"[^>]* download/g)];
      return [...new Set(found.map(match => match[1]))];
    };
    expect(await links()).to.have.members([...FILES, 'badge.png?name=shown']);
    await expire(certificate);
    expect(await links()).to.deep.equal(['credential.json', 'audit-pack.zip']);
  });

  it('returns 404 to an outsider: page and files', async () => {
    const { certificate } = await holder();
    const { browser } = await cleo();
    for (const path of everything(certificate.id))
      expect((await browser.get(path)).status, path).to.equal(404);
  });

  it('needs sign-in', async () => {
    const { certificate } = await holder();
    for (const path of everything(certificate.id)) {
      expect((await world().visitor().get(path)).path).to.equal(`/sign-in?next=${encodeURIComponent(path)}`);
    }
  });

  it('returns 404 for what is not an id', async () => {
    const { browser } = await dina();
    for (const id of ['x', '00000000-0000-4000-8000-000000000000', '..%2f..', '__proto__']) {
      for (const path of everything(id)) expect((await browser.get(path)).status, path).to.equal(404);
    }
  });

  it('is open to an administrator, and to managers of the same organisation', async () => {
    const { certificate } = await holder();
    const [admin, ben] = [await dina(), await cleo()];
    await appoint(ben, 'manager');
    for (const path of everything(certificate.id))
      expect((await admin.browser.get(path)).status, path).to.equal(200);
    for (const path of ['', '/credential.json'])
      expect((await ben.browser.get(`/certificates/${certificate.id}${path}`)).status, path).to.equal(200);
  });

  it('returns 404 to the manager of another organisation', async () => {
    const { certificate } = await holder();
    const manager = await cleo();
    await appoint(manager, 'manager', await otherOrganisation());
    for (const path of everything(certificate.id)) {
      expect((await manager.browser.get(path)).status, path).to.equal(404);
    }
  });

  it('returns 404 to a manager who has left', async () => {
    const { certificate } = await holder();
    const manager = await cleo();
    await appoint(manager, 'manager');
    await dismiss(manager);
    expect((await manager.browser.get(`/certificates/${certificate.id}`)).status).to.equal(404);
  });
});

describe('the files of a certificate', () => {
  ownWorld();

  it('JSON is the exact text that was signed', async () => {
    const { holder: owner, certificate } = await signedInHolder();
    const bytes = await owner.browser.bytes(`/certificates/${certificate.id}/credential.json`);
    expect(bytes.toString()).to.equal(certificate.credential);
    expect(hashOf(bytes.toString())).to.equal(certificate.sha256);
    const { headers } = await owner.browser.get(`/certificates/${certificate.id}/credential.json`);
    expect(headers.get('content-type')).to.equal('application/vc+ld+json; charset=utf-8');
    expect(headers.get('content-disposition')).to.equal('attachment; filename="certificate.json"');
    expect(headers.get('cache-control')).to.equal('private, no-store');
  });

  it('PDF is a PDF, and its file name says nothing about the holder', async () => {
    const { holder: owner, certificate } = await signedInHolder();
    const bytes = await owner.browser.bytes(`/certificates/${certificate.id}/certificate.pdf`);
    expect(bytes.subarray(0, 5).toString()).to.equal('%PDF-');
    const { headers } = await owner.browser.get(`/certificates/${certificate.id}/certificate.pdf`);
    expect(headers.get('content-type')).to.equal('application/pdf');
    expect(headers.get('content-disposition')).to.equal('attachment; filename="certificate.pdf"');
  });

  it('badges are pictures, and their file names say nothing about the holder', async () => {
    const { holder: owner, certificate } = await signedInHolder();
    for (const [file, type] of [
      ['badge.png', 'image/png'],
      ['badge.svg', 'image/svg+xml; charset=utf-8'],
    ] as const) {
      const bytes = await owner.browser.bytes(`/certificates/${certificate.id}/${file}`);
      expect(bytes.includes(Buffer.from(certificate.credential ?? '?'))).to.equal(true);
      const { headers } = await owner.browser.get(`/certificates/${certificate.id}/${file}`);
      expect(headers.get('content-type')).to.equal(type);
      expect(headers.get('content-disposition')).to.equal(`attachment; filename="${file}"`);
      expect(headers.get('cache-control')).to.equal('private, no-store');
    }
  });

  it('are found under their former addresses', async () => {
    const { holder: owner, certificate } = await signedInHolder();
    for (const [old, now] of [
      ['.pdf', '/certificate.pdf'],
      ['.json', '/credential.json'],
    ] as const) {
      const { status, path } = await owner.browser.get(`/certificates/${certificate.id}${old}`);
      expect([status, path]).to.deep.equal([200, `/certificates/${certificate.id}${now}`]);
    }
  });

  it('PDF contains the signed file, byte for byte', async () => {
    const { holder: owner, certificate } = await signedInHolder();
    const pdf = await owner.browser.bytes(`/certificates/${certificate.id}/certificate.pdf`);
    const { attachments } = await readPaper(pdf);
    expect(attachments.map(file => Buffer.from(file).toString('utf8'))).to.deep.equal([
      certificate.credential,
    ]);
  });
});
