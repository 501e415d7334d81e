import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { checkEverything } from '../../../../server/proof/certificates/ledger/check/check-everything.js';
import { findCertificate, type CertificateFacts } from '../../../../server/proof/certificates/queries.js';
import { keyRows } from '../../../../server/proof/certificates/issuer/key-log.js';
import { openIssuer, type Issuer } from '../../../../server/proof/certificates/issuer/issuer.js';
import {
  compromiseKey,
  listKeys,
  rotateKey,
} from '../../../../server/proof/certificates/issuer/signing-keys.js';
import { latestHead, signHead } from '../../../../server/proof/certificates/ledger/signed-heads.js';
import { ledgerHead } from '../../../../server/proof/certificates/ledger/ledger.js';
import {
  openCheckpoints,
  type ListRow,
  type Checkpoints,
} from '../../../../server/proof/certificates/ledger/checkpoints.js';
import { noticeRestore } from '../../../../server/proof/certificates/ledger/rollback.js';
import { revoke } from '../../../../server/proof/certificates/lifecycle/revoke.js';
import { latestList, signList } from '../../../../server/proof/certificates/status-lists/status-lists.js';
import { certificateState } from '../../../../server/proof/certificates/lifecycle/certificate-state.js';
import { buildStatusList, setIndexes } from '../../../../server/proof/open-badges/status-list.js';
import { inTransaction, writeLeft } from '../../../../server/platform/db/transaction.js';
import { dina } from '../../../support/people.js';
import { holder } from '../../../support/holders.js';
import { ownWorld, world } from '../../../support/world.js';

const now = () => Date.now();

/** What a step recorded is there for the next one, as if it had been committed. */
async function done<T>(step: Promise<T>): Promise<T> {
  const result = await step;
  await writeLeft();
  return result;
}

/** Runs `later` and then forgets all that it did to the database, as putting back an older copy does. */
async function forget(later: () => Promise<void>): Promise<void> {
  const undone = new Error('undone');
  await inTransaction(async () => {
    await later();
    throw undone;
  }).catch((fault: unknown) => {
    if (fault !== undone) throw fault;
  });
}

/** Checkpoints in a folder of their own, as this installation would have left them; and back to how it was. */
async function withCheckpoints(
  use: (place: { checkpoints: Checkpoints; issuer: Issuer; folder: string }) => Promise<void>,
) {
  const folder = mkdtempSync(join(tmpdir(), 'marks-'));
  const { config, secrets } = world();
  const issuer = await openIssuer({ ...config, dataDir: folder }, secrets.issuerKeys, now());
  try {
    // What is noticed must not stay: the next test begins where this one did.
    await forget(() => use({ checkpoints: openCheckpoints(folder), issuer, folder }));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A list as it was published after a revocation, which the restored database has forgotten. */
async function publishedLater(certificate: CertificateFacts): Promise<ListRow> {
  const { id: listId } = certificate.facts.statusList;
  const actorId = (await dina()).id;
  const versions: ListRow[] = [];
  await forget(async () => {
    await done(revoke(certificate, { reason: 'not-earned', note: null }, { actorId, now: now() }));
    await done(signList(listId, world().issuer, now()));
    versions.push(await done(signList(listId, world().issuer, now())));
  });
  const [version] = versions;
  if (!version) throw new Error('Nothing was signed');
  return version;
}

describe('after an older copy of the database was restored', () => {
  ownWorld();

  it('nothing is reported while nothing is forgotten', async () => {
    const { certificate } = await holder();
    await withCheckpoints(async ({ issuer, checkpoints }) => {
      await done(signList(certificate.facts.statusList.id, issuer, now()));
      checkpoints.ledger(await ledgerHead());
      expect(await done(noticeRestore(issuer.checkpoints, now()))).to.equal(null);
    });
  });

  it('revoked certificates stay revoked, here and offline', async () => {
    const { certificate } = await holder();
    const { id: listId, index } = certificate.facts.statusList;
    const before = await latestList(listId);
    const later = await publishedLater(certificate);
    await withCheckpoints(async ({ issuer, checkpoints }) => {
      checkpoints.list(later);
      const again = await findCertificate(certificate.id);
      expect(again && certificateState(again, now())).to.equal('valid');
      const noticed = await done(noticeRestore(issuer.checkpoints, now()));
      expect(noticed?.lists).to.deep.equal([{ listId, from: before?.number, to: (before?.number ?? 0) + 2 }]);
      const found = await findCertificate(certificate.id);
      expect(found).to.include({ revocationReason: 'found-in-list' });
      const signed = await done(signList(listId, issuer, now()));
      expect(signed.number).to.equal((before?.number ?? 0) + 3);
      expect(setIndexes(signed.content)).to.include(index);
      expect(await done(noticeRestore(issuer.checkpoints, now()))).to.equal(null);
      const { discrepancies } = await checkEverything({ addresses: issuer });
      expect(discrepancies.filter(({ table }) => table === 'status_list_versions')).to.deep.equal([]);
    });
  });

  it('a status bit stays set when its certificate is forgotten, and its index is not given out again', async () => {
    const { certificate } = await holder();
    const { id: listId } = certificate.facts.statusList;
    await withCheckpoints(async ({ issuer, checkpoints }) => {
      const lost = 77_777;
      const latest = await latestList(listId);
      const revokedIndexes = [...setIndexes(latest?.content ?? ''), lost];
      const { text: content, sha256 } = await buildStatusList({
        ...issuer,
        listId,
        revokedIndexes,
        now: now(),
      });
      const number = (latest?.number ?? 0) + 5;
      checkpoints.list({
        listId,
        number,
        content,
        sha256,
        previousSha256: 'f'.repeat(64),
        keyId: issuer.keyId,
        createdAt: now(),
      });
      await done(noticeRestore(issuer.checkpoints, now()));
      expect(setIndexes((await done(signList(listId, issuer, now()))).content)).to.include(lost);
    });
  });

  it('numbers of the ledger and of heads are not given out again', async () => {
    await withCheckpoints(async ({ issuer, checkpoints }) => {
      const { seq } = await ledgerHead();
      checkpoints.ledger({ seq: seq + 10, hash: 'a'.repeat(64) });
      checkpoints.head(5_000);
      expect(await done(noticeRestore(issuer.checkpoints, now()))).to.include({
        ledgerSeq: seq + 10,
        headNumber: 5_000,
      });
      await done(signHead(issuer, now()));
      expect((await latestHead())?.number).to.equal(5_001);
      expect(await done(noticeRestore(issuer.checkpoints, now()))).to.equal(null);
    });
  });

  it('a compromised key stays compromised, and the one that took over is in use', async () => {
    const { config, secrets } = world();
    const folder = mkdtempSync(join(tmpdir(), 'marks-'));
    const own = { ...config, dataDir: folder };
    const deps = {
      baseUrl: config.baseUrl,
      sealKey: secrets.issuerKeys,
    };
    const checkpoints = openCheckpoints(folder);
    await openIssuer(own, secrets.issuerKeys, now());
    const stolen = (await listKeys()).find(key => key.inUse)?.id ?? '';
    let after = '';
    await forget(async () => {
      const by = { actorId: null, now: now() };
      await done(rotateKey(stolen, deps, by));
      await done(compromiseKey(stolen, deps, by));
      after = (await listKeys()).find(key => key.inUse)?.id ?? '';
      checkpoints.keys(await keyRows());
    });
    expect((await listKeys()).find(key => key.inUse)?.id).to.equal(stolen);
    await forget(async () => {
      const issuer = await openIssuer(own, secrets.issuerKeys, now());
      expect(issuer.keyId).to.equal(after);
      expect(issuer.document.assertionMethod.join()).to.not.include(stolen);
    });
    rmSync(folder, { recursive: true, force: true });
  });

  it('checkpoints of another installation are set aside', async () => {
    await withCheckpoints(async ({ checkpoints, folder }) => {
      const file = join(folder, 'published', 'keys.json');
      const noted = JSON.parse(readFileSync(file, 'utf8')) as { log: { sha256: string }[] };
      writeFileSync(file, JSON.stringify({ ...noted, log: [{ ...noted.log[0], sha256: 'b'.repeat(64) }] }));
      checkpoints.ledger({ seq: 1_000_000, hash: 'a'.repeat(64) });
      const { config, secrets } = world();
      const issuer = await openIssuer({ ...config, dataDir: folder }, secrets.issuerKeys, now());
      expect(await done(noticeRestore(issuer.checkpoints, now()))).to.equal(null);
    });
  });
});
