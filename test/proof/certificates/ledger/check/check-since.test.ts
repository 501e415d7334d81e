import { expect } from 'chai';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkEverything } from '../../../../../server/proof/certificates/ledger/check/check-everything.js';
import {
  openCheckpoints,
  type Checkpoints,
} from '../../../../../server/proof/certificates/ledger/checkpoints.js';
import { runVerifyLedger } from '../../../../../server/proof/certificates/ledger/command-verify-ledger.js';
import { latestHead, signHead } from '../../../../../server/proof/certificates/ledger/signed-heads.js';
import { revoke } from '../../../../../server/proof/certificates/lifecycle/revoke.js';
import { signList } from '../../../../../server/proof/certificates/status-lists/status-lists.js';
import { dina } from '../../../../support/people.js';
import { holder } from '../../../../support/holders.js';
import { ownWorld, world } from '../../../../support/world.js';
import { whileEdited, type Statement } from './while-edited.js';

type Certificate = Awaited<ReturnType<typeof holder>>['certificate'];

/** A certificate that was issued and revoked, with the list that says so, and a head over all of it. */
async function revokedAndSigned(): Promise<Certificate> {
  const { certificate } = await holder();
  const by = { actorId: (await dina()).id, now: Date.now() };
  await revoke(certificate, { reason: 'not-earned', note: null }, by);
  await world().worker.drain();
  await signList(certificate.facts.statusList.id, world().issuer, Date.now());
  await signHead(world().issuer, Date.now());
  return certificate;
}

/** What somebody may do to the rows of a certificate that was revoked, and in which table a check finds it. */
const edits = ({ id, ledgerSeq, organisationId }: Certificate): Readonly<Record<string, Statement>> => ({
  events: [
    `update events set actor_id = 'x' where chain = $1 and name = 'certificate.revoked' and payload like $2`,
    [organisationId, `%${id}%`],
  ],
  issuance_ledger: ['update issuance_ledger set issued_at = 1 where seq = $1', [ledgerSeq]],
  certificates: [`update certificates set code = '0000000000000000' where id = $1`, [id]],
  seals: [`update certificates set seal = null where id = $1`, [id]],
  revocations: [`update revocations set reason = 'holder-asked' where certificate_id = $1`, [id]],
});

describe('a check of the ledger that goes on from the last one', function () {
  ownWorld();
  let folder = '';
  let checkpoints: Checkpoints;
  let [old, recent] = [] as Certificate[];

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'safe-passage-proven-'));
    checkpoints = openCheckpoints(folder);
    old = await revokedAndSigned();
    expect(await said()).to.include('from the beginning');
    recent = await revokedAndSigned();
  });
  after(() => rmSync(folder, { recursive: true }));

  /** What the command says; throws where it finds something. */
  async function said(...args: string[]): Promise<string> {
    const lines: string[] = [];
    const code = await runVerifyLedger(args, { addresses: world().config, checkpoints }, line =>
      lines.push(line),
    );
    if (code !== 0) throw new Error(lines.join('\n'));
    return lines.join('\n');
  }

  const look = (goesOn: boolean) =>
    checkEverything({ addresses: world().config, published: checkpoints.read(), goesOn });

  const tables = async (goesOn: boolean) => {
    const { since, discrepancies } = await look(goesOn);
    return { goesOn: since !== null, tables: [...new Set(discrepancies.map(({ table }) => table))] };
  };

  const certificates = (name: string) => (name === 'seals' ? 'certificates' : name);

  it('looks at nothing but what came since, and finds nothing in a sound database', async () => {
    const [since, whole] = [await look(true), await look(false)];
    expect([since.discrepancies, whole.discrepancies]).to.deep.equal([[], []]);
    expect(since.counted).to.include({ ledger_heads: 1, issuance_ledger: 1 });
    expect(whole.counted['issuance_ledger']).to.equal(2);
    expect(since.counted['events']).to.be.within(1, Number(whole.counted['events']) / 2 + 5);
  });

  it('finds each edit of what came since', async () => {
    if (!recent) throw new Error('Nothing came since');
    for (const [name, edit] of Object.entries(edits(recent))) {
      const found = await whileEdited([edit], () => tables(true));
      expect(found.goesOn, name).to.equal(true);
      expect(found.tables, name).to.include(certificates(name));
    }
  });

  it('leaves each edit of what is older to a check from the beginning, which finds it', async () => {
    if (!old) throw new Error('Nothing is older');
    // Of the last minutes before a head, changes of state are looked at again.
    const { revocations: _, ...older } = edits(old);
    const events: Statement = [
      'update events set actor_id = null where chain = $1 and seq = 1',
      [old.organisationId],
    ];
    for (const [name, edit] of Object.entries({ ...older, events })) {
      const [since, whole] = await whileEdited([edit], async () => [await tables(true), await tables(false)]);
      expect(since, name).to.deep.equal({ goesOn: true, tables: [] });
      expect(whole?.tables, name).to.include(certificates(name));
    }
  });

  it('finds a revocation that was taken out or put in since', async () => {
    const forged: Statement = [
      `insert into revocations (certificate_id, organisation_id, reason, revoked_at)
       select certificate_id, organisation_id, 'not-earned', ${Date.now()} from issuance_ledger where seq = $1`,
      [recent?.ledgerSeq ?? 0],
    ];
    const removed: Statement = ['delete from revocations where certificate_id = $1', [recent?.id ?? '']];
    expect((await whileEdited([removed], () => tables(true))).tables).to.include('revocations');
    expect((await whileEdited([removed, forged], () => tables(true))).tables).to.include('revocations');
  });

  it('computes everything where the database does not have the head as it was, and names it', async () => {
    const number = checkpoints.proven()?.number ?? 0;
    for (const statement of [
      ['delete from ledger_heads where number = $1', [number]],
      [`update ledger_heads set content = '{}', sha256 = '' where number = $1`, [number]],
    ] satisfies Statement[])
      expect(await whileEdited([statement], () => tables(true))).to.satisfy(
        (found: Awaited<ReturnType<typeof tables>>) => !found.goesOn && found.tables.includes('ledger_heads'),
      );
  });

  it('computes everything where a chain does not stand where the head says', async () => {
    const number = checkpoints.proven()?.number ?? 0;
    const moved: Statement = [`update chain_ends set hash = 'x' where number = $1`, [number]];
    const found = await whileEdited([moved], () => tables(true));
    expect([found.goesOn, found.tables.includes('chain_ends')]).to.deep.equal([false, true]);
  });

  it('marks no head as proven where it finds something', async () => {
    const before = checkpoints.proven();
    const refused = await said('--head', `1:${'0'.repeat(64)}`).catch((fault: Error) => fault.message);
    expect(refused).to.include('issuance_ledger, row 1');
    expect(checkpoints.proven()).to.deep.equal(before);
  });

  it('says how far it looked, and the log says on which days', async () => {
    const whole = checkpoints.proven()?.wholeAt;
    expect(await said()).to.match(/after signed head \d+, .*--whole/);
    const mark = checkpoints.proven();
    expect([mark?.number, mark?.wholeAt]).to.deep.equal([(await latestHead())?.number, whole]);
    await said('--whole');
    expect(checkpoints.proven()?.wholeAt).to.equal(checkpoints.proven()?.at);
  });
});
