import { expect } from 'chai';
import { beginLedger } from '../../../server/certificates/ledger/backfill.js';
import { findCertificate } from '../../../server/certificates/queries.js';
import { sealEarlier } from '../../../server/certificates/ledger/seals.js';
import { verdictOn } from '../../../server/certificates/verification/verdict.js';
import { rows } from '../../support/rows.js';
import { inTransaction } from '../../../server/db/transaction.js';
import { enterAnew, holder } from '../../support/walk.js';
import { world } from '../../support/world.js';

/** Does `work` in a database whose ledger holds and whose certificates are older than the seals, and forgets it. */
async function beforeSeals(work: () => Promise<void>): Promise<void> {
  const undone = new Error('undone');
  await inTransaction(async () => {
    // Other tests edit the ledger: it is begun anew.
    for (const table of ['issuance_ledger', 'ledger_heads']) await rows(`delete from ${table}`);
    await rows(
      `delete from events where name in ('ledger.begun', 'ledger.head-signed', 'certificate.issued', 'restore.noticed')`,
    );
    await rows('update certificates set ledger_seq = null, ledger_head = null, seal = null');
    await beginLedger(Date.now());
    await work();
    throw undone;
  }).catch((fault: unknown) => expect(fault).to.equal(undone));
}

const seal = () => sealEarlier(world().issuer, Date.now());
const sealOf = async (id: string) => (await findCertificate(id))?.seal;
const verdict = async (id: string) => {
  const found = await findCertificate(id);
  return found && verdictOn(found, world().issuer, Date.now());
};

describe('the first start with seals', () => {
  it('seals what was issued before, so that it stays good, and does so once', async () => {
    const [{ certificate }] = [await holder(), await holder()];
    await beforeSeals(async () => {
      expect(await verdict(certificate.id)).to.equal('cannot-tell');
      expect((await seal()).sealed).to.be.greaterThan(0);
      expect(await verdict(certificate.id)).to.equal('valid');
      await rows('update certificates set seal = null where id = $1', [certificate.id]);
      expect((await seal()).sealed).to.equal(0);
      expect(await sealOf(certificate.id)).to.equal(null);
    });
  });

  it('does not seal what was edited', async () => {
    const [{ certificate }, edited] = [await holder(), (await holder()).certificate];
    await beforeSeals(async () => {
      await rows(`update certificates set code = 'XXXXXXXXXXXXXXXX' where id = $1`, [edited.id]);
      expect((await seal()).left).to.be.greaterThan(0);
      expect(await sealOf(edited.id)).to.equal(null);
      expect(await sealOf(certificate.id)).to.be.a('string');
    });
  });

  it('seals nothing where the ledger does not hold', async () => {
    const [{ certificate }] = [await holder(), await holder()];
    await beforeSeals(async () => {
      await rows(`update certificates set code = 'XXXXXXXXXXXXXXXX' where id = $1`, [certificate.id]);
      await enterAnew(certificate.id);
      expect((await seal()).sealed).to.equal(0);
      expect(await sealOf(certificate.id)).to.equal(null);
    });
  });
});
