import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { backUp } from '../../../server/workshop/backup/backup.js';
import { keepMarks, marksWatch } from '../../../server/workshop/backup/keep-marks.js';
import { openCheckpoints, type Checkpoints } from '../../../server/proof/certificates/ledger/checkpoints.js';
import { ledgerHead } from '../../../server/proof/certificates/ledger/ledger.js';
import { latestHead, signHead } from '../../../server/proof/certificates/ledger/signed-heads.js';
import { revoke } from '../../../server/proof/certificates/lifecycle/revoke.js';
import { rotateKey } from '../../../server/proof/certificates/issuer/signing-keys.js';
import { latestList } from '../../../server/proof/certificates/status-lists/status-lists.js';
import { checkInstallation } from '../../../server/workshop/doctor/doctor.js';
import { askForErasure, decideErasure } from '../../../server/office/privacy/erasure/erasure-requests.js';
import { runOn } from '../../support/programs/elsewhere.js';
import { runProgram } from '../../support/programs/program.js';
import { onPostgres } from '../../support/dialect.js';
import { holder } from '../../support/holders.js';
import { dina, signedIn } from '../../support/people.js';
import { freshDatabase, ownWorld, world } from '../../support/world.js';

describe('a process that did not sign it itself', function () {
  ownWorld();
  let folder: string;
  let theirs: string;
  let checkpoints: Checkpoints;
  let look: () => Promise<void>;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'keep-marks-'));
    // A second machine, with a copy of the data folder.
    theirs = join(folder, 'theirs');
    for (const part of ['published', 'folder-id'])
      cpSync(join(world().config.dataDir, part), join(theirs, part), { recursive: true });
    checkpoints = openCheckpoints(theirs);
    look = marksWatch(checkpoints);
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const by = async () => ({ actorId: (await dina()).id, now: Date.now() });
  const withdraw = async (certificate: Parameters<typeof revoke>[0]) => {
    await revoke(certificate, { reason: 'not-earned', note: null }, await by());
    await world().worker.drain();
  };

  it('has the marks of certificates, lists, heads and keys after its next look', async () => {
    const { certificate } = await holder();
    const { issuer, base, secrets } = world();
    await withdraw(certificate);
    await signHead(issuer, Date.now());
    await rotateKey(issuer.keyId, { baseUrl: base, sealKey: secrets.issuerKeys }, await by());
    await issuer.refresh();
    await look();
    const found = checkpoints.read();
    expect(found).to.deep.include({
      ledger: await ledgerHead(),
      head: { number: (await latestHead())?.number },
      lists: [await latestList(certificate.facts.statusList.id)],
    });
    expect(found.keys?.keys.map(({ id }) => id)).to.include(issuer.keyId);
  });

  it('has the marks of people who were erased', async () => {
    const gone = await signedIn();
    const id = await askForErasure({ userId: gone.id, membershipId: null }, '', await by());
    await look();
    expect(checkpoints.read().erasures.map(({ userId }) => userId)).not.to.include(gone.id);
    await decideErasure(id, 'As asked', await by());
    await world().worker.drain();
    await look();
    expect(checkpoints.read().erasures.map(({ userId }) => userId)).to.include(gone.id);
  });

  it('never puts an older mark over a newer one', async () => {
    const { seq } = await ledgerHead();
    checkpoints.ledger({ seq: seq + 5, hash: 'f'.repeat(64) });
    await keepMarks(checkpoints);
    expect(checkpoints.read().ledger?.seq).to.equal(seq + 5);
  });

  it('copies nothing while the database may be an older copy itself', async () => {
    rmSync(join(theirs, 'published'), { recursive: true });
    checkpoints.noteGap({ since: 1, acceptedAt: null });
    await keepMarks(checkpoints);
    expect(checkpoints.read()).to.include({ ledger: null });
  });

  it('looks again where the folder could not be written', async () => {
    await holder();
    rmSync(join(theirs, 'published'), { recursive: true });
    writeFileSync(join(theirs, 'published'), 'in the way');
    expect(await look().catch((fault: unknown) => fault)).to.be.an('error');
    rmSync(join(theirs, 'published'));
    await look();
    expect(checkpoints.read().ledger).to.deep.equal(await ledgerHead());
  });

  it('keeps revoked what was revoked, when the first machine is lost and an older backup is restored', async () => {
    const held = [await holder(), await holder(), await holder()];
    const archive = join(folder, 'backup.tar.gz');
    await backUp(world().config, archive, Date.now());
    for (const { certificate } of held.slice(1)) await withdraw(certificate);
    const later = await holder();
    await look();
    const { url, drop } = await restoredDatabase();
    const place = {
      ...{ DATA_DIR: theirs, DATABASE_URL: url, BASE_URL: world().config.baseUrl },
      SECRET_KEY: '07'.repeat(32),
    };
    try {
      const ended = await runProgram('cli', ['restore', archive, '--keep-marks'], place);
      expect(ended.status, ended.err).to.equal(0);
      const read = await runOn(url, 'read', 'select certificate_id as id from revocations');
      const revoked = new Set(read.map(line => (JSON.parse(line) as { id: string }).id));
      expect(held.map(({ certificate }) => revoked.has(certificate.id))).to.deep.equal([false, true, true]);
      // What the restore knows to be lost is no discrepancy, before any start.
      const checked = await runProgram('cli', ['verify-ledger'], place);
      expect(checked.status, checked.out + checked.err).to.equal(0);
      const doctor = await runProgram('cli', ['doctor'], place);
      expect(doctor.out).to.match(/^ok +marks: /m);
      expect(checkpoints.read().ledger?.seq).to.equal(later.certificate.ledgerSeq);
    } finally {
      await drop();
    }
  });

  it('is told by the doctor only where a mark has been missing for a minute', async () => {
    await holder();
    const marks = async (now: number) =>
      (await checkInstallation({ config: { ...world().config, dataDir: theirs }, now })).find(
        ({ check }) => check === 'marks',
      )?.state;
    expect([await marks(Date.now()), await marks(Date.now() + 120_000)]).to.deep.equal(['ok', 'warn']);
    await look();
    expect(await marks(Date.now() + 120_000)).to.equal('ok');
  });

  function restoredDatabase() {
    mkdirSync(join(folder, 'restored'));
    return onPostgres
      ? freshDatabase(folder)
      : { url: `sqlite:${join(folder, 'restored', 'own.sqlite')}`, drop: () => Promise.resolve() };
  }
});
