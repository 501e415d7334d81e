import { buffer } from 'node:stream/consumers';
import { expect } from 'chai';
import { certificatePack } from '../../../server/proof/certificates/audit-pack/certificate-pack.js';
import type { IssuedCertificate } from '../../../server/proof/certificates/audit-pack/pack-queries.js';
import { openIssuer, type Issuer } from '../../../server/proof/certificates/issuer/issuer.js';
import { rotateKey } from '../../../server/proof/certificates/issuer/signing-keys.js';
import { checkEverything } from '../../../server/proof/certificates/ledger/check/check-everything.js';
import { signHead } from '../../../server/proof/certificates/ledger/signed-heads.js';
import { judge } from '../../../server/proof/certificates/offline/judge.js';
import { findCertificate } from '../../../server/proof/certificates/queries.js';
import { currentList } from '../../../server/proof/certificates/status-lists/status-lists.js';
import { verdictOn } from '../../../server/proof/certificates/verification/verdict.js';
import { zipFiles } from '../../../server/platform/lib/zip.js';
import { examineFile } from '../../../server/proof/open-badges/files/examine.js';
import { refuseOtherSettings } from '../../../server/preconditions.js';
import { revoke } from '../../../server/proof/certificates/lifecycle/revoke.js';
import { signedInHolder } from '../../support/holders.js';
import { dina } from '../../support/people.js';
import { ownWorld, world } from '../../support/world.js';
import { openPack } from './audit-pack/opened-pack.js';

const MOVES = 20;
const FILES = ['certificate.pdf', 'badge.png', 'badge.svg', 'credential.json'] as const;

describe('an installation whose address has changed', () => {
  ownWorld();

  /** This installation as it starts at its address number so-many, with all earlier ones in FORMER_BASE_URLS. */
  function movedTo(move: number): Promise<Issuer> {
    const { config, secrets } = world();
    const former = Array.from({ length: move - 1 }, (_, at) => `https://moved-${at + 1}.example/training`);
    const addresses = {
      baseUrl: `https://moved-${move}.example/training`,
      formerBaseUrls: [config.baseUrl, ...former],
    };
    return openIssuer({ ...config, ...addresses }, secrets.issuerKeys, Date.now());
  }

  it(`confirms a certificate, its files, the ledger and the lists after ${MOVES} moves, and keeps it revoked`, async () => {
    const { holder, certificate } = await signedInHolder();
    const files = await Promise.all(
      FILES.map(name => holder.browser.bytes(`/certificates/${certificate.id}/${name}`)),
    );
    for (let move = 1; move <= MOVES; move += 1) {
      const issuer = await movedTo(move);
      const now = Date.now();
      await signHead(issuer, now);
      if (move === MOVES / 2) await rotated(issuer);
      const stored = await findCertificate(certificate.id);
      expect(await verdictOn(stored ?? certificate, issuer, now), `number, move ${move}`).to.equal('valid');
      const list = (await currentList(certificate.facts.statusList.id, issuer, now))?.content ?? null;
      for (const [at, file] of files.entries()) {
        const found = await examineFile({ file, ours: issuer.document, others: [], now });
        expect(found, `${FILES[at]}, move ${move}`).to.deep.include({ kind: 'ours', id: certificate.id });
        expect('facts' in found && found.facts, `${FILES[at]}, move ${move}`).to.be.an('object');
      }
      const [file = Buffer.alloc(0)] = files;
      const { verdict } = await judge({ file, did: issuer.document, list, now });
      expect(verdict, `offline, move ${move}`).to.equal('valid');
      expect((await checkEverything({ addresses: issuer })).discrepancies, `move ${move}`).to.deep.equal([]);
    }
    const issuer = await movedTo(MOVES);
    await revoke(
      certificate,
      { reason: 'not-earned', note: null },
      { actorId: (await dina()).id, now: Date.now() },
    );
    await world().worker.drain();
    const list = (await currentList(certificate.facts.statusList.id, issuer, Date.now()))?.content ?? null;
    for (const file of files)
      expect((await judge({ file, did: issuer.document, list, now: Date.now() })).verdict).to.equal(
        'revoked',
      );
    const stored = await findCertificate(certificate.id);
    expect(await verdictOn(stored ?? certificate, issuer, Date.now())).to.equal('revoked');
  });

  it('makes audit packs that hold for certificates from the former address', async () => {
    const { certificate } = await signedInHolder();
    const issuer = await movedTo(1);
    await signHead(issuer, Date.now());
    const stored = await findCertificate(certificate.id);
    const pack = openPack(await buffer(zipFiles(certificatePack(stored as IssuedCertificate, issuer))));
    try {
      const { status, output } = pack.verify();
      expect(status, output).to.equal(0);
      for (const name of ['did.json', 'did-newest.json']) {
        const document = pack.json<object>(name);
        pack.write(name, JSON.stringify({ ...document, alsoKnownAs: [] }));
      }
      pack.sumAgain();
      expect(pack.verify().status).to.equal(1);
    } finally {
      pack.close();
    }
  });

  it('does not confirm what names an address that was never its own', async () => {
    const { certificate } = await signedInHolder();
    const { config, secrets } = world();
    const elsewhere = { ...config, baseUrl: 'https://moved-1.example/training', formerBaseUrls: [] };
    const issuer = await openIssuer(elsewhere, secrets.issuerKeys, Date.now());
    // The log of keys still knows the address at which the first key was made: another name is nobody's.
    const credential = certificate.credential.replaceAll(world().issuer.did, 'did:web:stranger.example');
    const found = await examineFile({
      file: Buffer.from(credential),
      ours: issuer.document,
      others: [],
      now: Date.now(),
    });
    expect(found.kind).to.equal('other');
  });

  it('does not start while a certificate names an address that the settings leave out', async () => {
    const { config } = world();
    const moved = { ...config, baseUrl: 'https://later.example' };
    for (const [formerBaseUrls, isRefused] of [
      [[], true],
      [['https://between.example'], true],
      [['https://between.example', config.baseUrl], false],
    ] as const) {
      const start = refuseOtherSettings({ ...moved, formerBaseUrls });
      const fault = await start.then(
        () => null,
        (error: Error) => error.message,
      );
      expect(fault?.includes(config.baseUrl) ?? false, formerBaseUrls.join()).to.equal(isRefused);
    }
  });
});

describe('an installation that had issued nothing when its address changed', () => {
  ownWorld();

  it('has no discrepancy in its ledger', async () => {
    const { config, secrets } = world();
    const moved = { ...config, baseUrl: 'https://later.example', formerBaseUrls: [] };
    const issuer = await openIssuer(moved, secrets.issuerKeys, Date.now());
    await signHead(issuer, Date.now());
    expect((await checkEverything({ addresses: issuer })).discrepancies).to.deep.equal([]);
  });
});

async function rotated(issuer: Issuer): Promise<void> {
  const { config, secrets } = world();
  const deps = { baseUrl: issuer.baseUrl, sealKey: secrets.issuerKeys };
  expect(config.baseUrl).to.not.equal(issuer.baseUrl);
  await rotateKey(issuer.keyId, deps, { actorId: (await dina()).id, now: Date.now() });
  await issuer.refresh();
}
