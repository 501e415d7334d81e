import { expect } from 'chai';
import { beginLedger } from '../../../server/certificates/ledger/backfill.js';
import { checkIssued } from '../../../server/certificates/ledger/check/issued.js';
import { ledgerHead } from '../../../server/certificates/ledger/ledger.js';
import { rows } from '../../support/rows.js';
import { inTransaction } from '../../../server/db/transaction.js';
import { count, holder } from '../../support/walk.js';

/** Does `work` in a database whose certificates are older than the ledger, and forgets it. */
async function beforeLedger(work: () => Promise<void>): Promise<void> {
  await inTransaction(async () => {
    await rows('delete from issuance_ledger');
    await rows(`delete from events where name in ('ledger.begun', 'certificate.issued', 'restore.noticed')`);
    await rows('update certificates set ledger_seq = null, ledger_head = null');
    await work();
    throw new Error('undone');
  }).catch((fault: unknown) => {
    if (String(fault) !== 'Error: undone') throw fault;
  });
}

describe('the first start with a ledger', () => {
  it('enters every certificate that was issued before, once', async () => {
    const { certificate } = await holder();
    await beforeLedger(async () => {
      await beginLedger(Date.now());
      const issued = await count('certificates where issued_at is not null');
      const head = await ledgerHead();
      expect([await count('issuance_ledger'), head.seq]).to.deep.equal([issued, issued]);
      expect(await count('certificates where id = $1 and ledger_seq is not null', [certificate.id])).to.equal(
        1,
      );
      const findings = [];
      for await (const finding of checkIssued()) if (finding.row === certificate.id) findings.push(finding);
      expect(findings).to.deep.equal([]);
      await beginLedger(Date.now());
      expect(await ledgerHead()).to.deep.equal(head);
    });
  });

  it('does not begin again where the rows were taken away', async () => {
    await holder();
    await beforeLedger(async () => {
      await beginLedger(Date.now());
      await rows('delete from issuance_ledger');
      await beginLedger(Date.now());
      expect(await count('issuance_ledger')).to.equal(0);
    });
  });
});
