import { expect } from 'chai';
import { requestMissingCertificates } from '../../../../../server/proof/certificates/lifecycle/catch-up.js';
import { checkEvents } from '../../../../../server/proof/certificates/ledger/check/events.js';
import { checkEverything } from '../../../../../server/proof/certificates/ledger/check/check-everything.js';
import type { Discrepancy } from '../../../../../server/proof/certificates/ledger/check/discrepancy.js';
import { checkHeads } from '../../../../../server/proof/certificates/ledger/check/heads.js';
import { checkIssued } from '../../../../../server/proof/certificates/ledger/check/issued.js';
import { checkKeys } from '../../../../../server/proof/certificates/ledger/check/keys.js';
import { checkLists } from '../../../../../server/proof/certificates/ledger/check/list-versions.js';
import { checkStateChanges } from '../../../../../server/proof/certificates/ledger/check/check-state-changes.js';
import { signHead } from '../../../../../server/proof/certificates/ledger/signed-heads.js';
import { entryHash, type LedgerEntry } from '../../../../../server/proof/certificates/ledger/hash.js';
import { HASH_BEFORE_FIRST } from '../../../../../server/platform/events/chains.js';
import { record } from '../../../../../server/platform/events/record.js';
import { revoke, suspend } from '../../../../../server/proof/certificates/lifecycle/revoke.js';
import { signList } from '../../../../../server/proof/certificates/status-lists/status-lists.js';
import { supersede } from '../../../../../server/proof/certificates/lifecycle/supersede.js';
import { row, count } from '../../../../support/rows.js';
import { inTransaction } from '../../../../../server/platform/db/transaction.js';
import { dina } from '../../../../support/people.js';
import { holder } from '../../../../support/holders.js';
import { otherOrganisation } from '../../../../support/roles.js';
import { ownWorld, world } from '../../../../support/world.js';
import { whileEdited, type Statement } from './while-edited.js';

const lines = (discrepancies: readonly Discrepancy[]) =>
  discrepancies.map(each => `${each.table} ${each.row}: ${each.problem}`);

/** The parts of the check. One costs a fraction of the whole, which one test runs over all that was edited. */
const PARTS = {
  events: () => checkEvents(),
  issued: () => checkIssued(),
  rulings: () => checkStateChanges(),
  lists: () => checkLists(),
  keys: () => checkKeys(world().config),
  heads: () => checkHeads(world().config),
};
type Part = keyof typeof PARTS;

async function discrepanciesOf(part: Part): Promise<string[]> {
  const discrepancies: Discrepancy[] = [];
  for await (const discrepancy of PARTS[part]()) discrepancies.push(discrepancy);
  return lines(discrepancies);
}

/** What a part finds after some statements. */
const foundAfter = (part: Part, ...statements: readonly Statement[]): Promise<string[]> =>
  whileEdited(statements, () => discrepanciesOf(part));

/** The longest chain of events, with the number of its last event. */
async function longestChain(): Promise<{ chain: string; at: number }> {
  const found = await row<{ chain: string; at: number }>(
    'select chain, seq as at from event_chains order by seq desc limit 1',
  );
  return found ?? { chain: '', at: 0 };
}

const lastOf = async (table: string, seq = 'seq') =>
  Number((await row<{ n: number }>(`select max(${seq}) as n from ${table}`))?.n);

describe('the check of everything', function () {
  ownWorld();
  let id = '';
  let seq = 0;
  let list = 0;
  let revoked = '';
  let suspendedId = '';
  let superseded = '';

  before(async () => {
    const { certificate } = await holder();
    const { issuer, worker } = world();
    const by = { actorId: (await dina()).id, now: Date.now() };
    const others = [await holder(), await holder(), await holder()].map(each => each.certificate);
    [revoked = '', suspendedId = '', superseded = ''] = others.map(each => each.id);
    if (others[0]) await revoke(others[0], { reason: 'not-earned', note: null }, by);
    if (others[1]) await suspend(others[1], { reason: 'under-review', note: null }, by);
    await supersede(superseded, { facts: { name: 'Ada Brandt' }, reason: 'name-corrected' }, by);
    await worker.drain();
    await signList(certificate.facts.statusList.id, issuer, Date.now());
    await signHead(issuer, Date.now());
    [id, list] = [certificate.id, certificate.facts.statusList.id];
    seq = certificate.ledgerSeq ?? 0;
  });

  it('finds no discrepancy in a sound database, and counts what it checked', async () => {
    // Begun by the clock each day.
    await requestMissingCertificates(Date.now());
    const { counted, discrepancies } = await checkEverything({ addresses: world().config });
    expect(counted.events).to.equal(await count('events'));
    expect(discrepancies).to.deep.equal([]);
  });

  it('runs every part', async () => {
    const last = await lastOf('ledger_heads', 'number');
    const entry = await lastOf('issuer_key_log');
    const edited = {
      events: [`update events set payload = 'x' where seq = $1`, [1]],
      issuance_ledger: ['update issuance_ledger set issued_at = 1 where seq = $1', [seq]],
      certificates: [`update certificates set code = '0000000000000000' where id = $1`, [id]],
      revocations: [`update revocations set reason = 'holder-asked' where certificate_id = $1`, [revoked]],
      status_list_versions: [`update status_list_versions set created_at = 1 where list_id = $1`, [list]],
      issuer_key_log: [`update issuer_key_log set content = '{}' where seq = $1`, [entry]],
      ledger_heads: [`update ledger_heads set content = '{}' where number = $1`, [last]],
    } satisfies Record<string, Statement>;
    const { discrepancies } = await whileEdited(Object.values(edited), () =>
      checkEverything({ addresses: world().config }),
    );
    const tables = new Set(discrepancies.map(each => each.table));
    expect([...tables]).to.include.members(Object.keys(edited));
  });

  it('finds an event that was edited, and no others', async () => {
    const { chain, at } = await longestChain();
    for (const change of [
      `payload = '{}'`,
      `payload = 'x'`,
      `actor_id = 'somebody'`,
      `created_at = 1`,
      `name = 'course.completed'`,
    ])
      expect(
        await foundAfter('events', [
          `update events set ${change} where seq = $1 and chain = $2`,
          [at - 4, chain],
        ]),
        change,
      ).to.include(`events ${at - 4} of chain ${chain}: edited: its content does not match its hash`);
  });

  it('accepts an event that never said anything', async () => {
    const organisationId = await otherOrganisation();
    await inTransaction(() =>
      record('organisation.suspended', {}, { actorId: null, organisationId, now: Date.now() }),
    );
    expect(await discrepanciesOf('events')).to.deep.equal([]);
  });

  it('finds an event that was deleted, in the middle and at the end', async () => {
    const { chain, at } = await longestChain();
    const without = (condition: string, seq: number) =>
      foundAfter('events', [`delete from events where chain = $1 and seq ${condition} $2`, [chain, seq]]);
    expect(await without('=', at - 3)).to.include(`events ${at - 3} of chain ${chain}: missing`);
    expect(await without('>', at - 2)).to.include(
      `events ${at - 1} of chain ${chain} to ${at} of chain ${chain}: missing`,
    );
  });

  it('finds a chain that was cut off together with its end', async () => {
    const { chain, at } = await longestChain();
    const found = await foundAfter(
      'heads',
      ['delete from events where chain = $1 and seq > $2', [chain, at - 9]],
      [
        `update event_chains set seq = $2, hash = (select hash from events where chain = $1 and seq = $2) where chain = $1`,
        [chain, at - 9],
      ],
    );
    const head = await lastOf('ledger_heads', 'number');
    expect(
      found.some(line => line.endsWith(`of chain ${chain}: not as signed head ${head} has it`)),
    ).to.equal(true);
  });

  it('finds the end of a chain that was set back, and an end that a head vouches for that was edited', async () => {
    const { chain } = await longestChain();
    expect(
      await foundAfter('events', ['update event_chains set seq = seq - 1 where chain = $1', [chain]]),
    ).to.have.length(1);
    const head = await lastOf('ledger_heads', 'number');
    expect(
      await foundAfter('heads', ['update chain_ends set seq = seq + 1 where number = $1', [head]]),
    ).to.include(`chain_ends ${head}: not as signed head ${head} has them`);
  });

  it('finds two events that were swapped', async () => {
    const { chain, at } = await longestChain();
    const move = (from: number, to: number): Statement => [
      'update events set seq = $1 where seq = $2 and chain = $3',
      [to, from, chain],
    ];
    const found = await foundAfter('events', move(at - 5, -1), move(at - 4, at - 5), move(-1, at - 4));
    const place = (seq: number) => `${seq} of chain ${chain}`;
    expect(found).to.include(`events ${place(at - 5)}: moved: it was row ${place(at - 4)}`);
    expect(found).to.include(`events ${place(at - 4)}: moved: it was row ${place(at - 5)}`);
  });

  it('finds a row of the ledger that was edited, deleted or cut off', async () => {
    for (const change of [
      `sha256 = '${HASH_BEFORE_FIRST}'`,
      'issued_at = 1',
      `award_sha256 = '${HASH_BEFORE_FIRST}'`,
    ])
      expect(
        await foundAfter('issued', [`update issuance_ledger set ${change} where seq = $1`, [seq]]),
      ).to.include(`issuance_ledger ${seq}: edited: its content does not match its hash`);
    expect(await foundAfter('issued', ['delete from issuance_ledger where seq = $1', [seq]])).to.include(
      `issuance_ledger ${seq}: missing`,
    );
    const last = await lastOf('issuance_ledger');
    expect(await foundAfter('issued', ['delete from issuance_ledger where seq = $1', [last]])).to.include(
      `issuance_ledger ${last}: missing`,
    );
  });

  it('finds a row of the ledger that was rewritten with a matching hash', async () => {
    const fit = 'f'.repeat(64);
    const found = await foundAfter('issued', [
      `update issuance_ledger set hash = '${fit}' where seq = $1`,
      [seq],
    ]);
    expect(found.some(line => line.startsWith(`issuance_ledger ${seq}: `))).to.equal(true);
  });

  it('finds the row after one that was rewritten, when it was made to follow', async () => {
    const entry = await row<LedgerEntry & { previousHash: string }>(
      `select seq, certificate_id as "certificateId", organisation_id as "organisationId", sha256,
         award_sha256 as "awardSha256", event_seq as "eventSeq", event_hash as "eventHash",
         issued_at as "issuedAt", previous_hash as "previousHash" from issuance_ledger where seq = $1`,
      [seq],
    );
    if (!entry) throw new Error('The row is gone');
    const { previousHash, ...rest } = entry;
    const hash = entryHash({ ...rest, issuedAt: 1 }, previousHash);
    const found = await foundAfter(
      'issued',
      ['update issuance_ledger set issued_at = 1, hash = $1 where seq = $2', [hash, seq]],
      ['update issuance_ledger set previous_hash = $1 where seq = $2', [hash, seq + 1]],
    );
    expect(found).to.include(`issuance_ledger ${seq + 1}: edited: its content does not match its hash`);
    expect(found).to.include(`issuance_ledger ${seq}: not as the audit log records it`);
  });

  it('finds a certificate whose bytes, facts or columns were edited', async () => {
    const changes = {
      [`credential = replace(credential, 'Marlow', 'Marlov')`]: `its signed bytes are not those of ledger row ${seq}`,
      [`facts = replace(facts, 'Marlow', 'Marlov')`]: `its facts are not those of ledger row ${seq}`,
      'valid_until = valid_until + 1': `its facts are not those of ledger row ${seq}`,
      [`code = '0000000000000000'`]: `its facts are not those of ledger row ${seq}`,
      [`ledger_head = '${HASH_BEFORE_FIRST}'`]: `it does not name ledger row ${seq} as its own`,
    };
    for (const [change, problem] of Object.entries(changes))
      expect(
        await foundAfter('issued', [`update certificates set ${change} where id = $1`, [id]]),
        change,
      ).to.include(`certificates ${id}: edited: ${problem}`);
  });

  it('finds a certificate that was issued without the ledger', async () => {
    const found = await foundAfter('issued', ['delete from issuance_ledger where certificate_id = $1', [id]]);
    expect(found).to.include(`certificates ${id}: not in the ledger`);
  });

  it('finds a revocation, suspension or supersession that was edited or deleted, and its status bit', async () => {
    const rulings = { revocations: revoked, suspensions: suspendedId, supersessions: superseded };
    for (const [table, ruled] of Object.entries(rulings)) {
      expect(
        await foundAfter('rulings', [
          `update ${table} set reason = 'holder-asked' where certificate_id = $1`,
          [ruled],
        ]),
      ).to.deep.equal([`${table} ${ruled}: not as the audit log records it`]);
      expect(
        await foundAfter('rulings', [`delete from ${table} where certificate_id = $1`, [ruled]]),
      ).to.include(`${table} ${ruled}: missing, and the audit log records it`);
    }
    expect(
      await foundAfter('lists', ['delete from revocations where certificate_id = $1', [revoked]]),
    ).to.include(`certificates ${revoked}: missing: the change of state for which list ${list} has its bit`);
  });

  it('finds a version of a list that was edited, deleted or cut off', async () => {
    const last = Number(
      (
        await row<{ n: number }>('select max(number) as n from status_list_versions where list_id = $1', [
          list,
        ])
      )?.n,
    );
    const name = (number: number) => `status_list_versions list ${list}, version ${number}`;
    const where = 'where list_id = $1 and number = $2';
    expect(
      await foundAfter('lists', [
        `update status_list_versions set content = content || ' ' ${where}`,
        [list, last - 1],
      ]),
    ).to.include(`${name(last - 1)}: edited: its content does not match its hash`);
    expect(
      await foundAfter('lists', [
        `update status_list_versions set created_at = 1 ${where}`,
        [list, last - 1],
      ]),
    ).to.deep.equal([`${name(last - 1)}: not as the audit log records it`]);
    for (const gone of [last - 1, last])
      expect(
        await foundAfter('lists', [`delete from status_list_versions ${where}`, [list, gone]]),
      ).to.include(`${name(gone)}: missing`);
  });

  it('finds a version that clears a bit', async () => {
    const empty = await row<{ content: string; sha256: string }>(
      'select content, sha256 from status_list_versions where list_id = $1 and number = 1',
      [list],
    );
    const last = Number(
      (
        await row<{ n: number }>('select max(number) as n from status_list_versions where list_id = $1', [
          list,
        ])
      )?.n,
    );
    const found = await foundAfter('lists', [
      'update status_list_versions set content = $1, sha256 = $2 where list_id = $3 and number = $4',
      [empty?.content ?? '', empty?.sha256 ?? '', list, last],
    ]);
    const name = `status_list_versions list ${list}, version ${last}`;
    expect(found.filter(line => line.startsWith(name))).to.not.deep.equal([]);
  });

  it('finds a signed head and an entry of the key log that were edited or deleted', async () => {
    const head = await lastOf('ledger_heads', 'number');
    const entry = await lastOf('issuer_key_log');
    const named = async (part: Part, prefix: string, ...statements: Statement[]) =>
      expect(
        (await foundAfter(part, ...statements)).filter(line => line.startsWith(prefix)),
      ).to.not.deep.equal([]);
    const cut = `content = replace(content, '"proofValue":"z', '"proofValue":"zz')`;
    await named('heads', `ledger_heads ${head}: `, [
      `update ledger_heads set ${cut} where number = $1`,
      [head],
    ]);
    await named('heads', `ledger_heads ${head}: `, ['delete from ledger_heads where number = $1', [head]]);
    await named('keys', `issuer_key_log ${entry}: `, [
      `update issuer_key_log set ${cut} where seq = $1`,
      [entry],
    ]);
    await named('heads', `issuer_key_log ${entry}: `, ['delete from issuer_key_log where seq = $1', [entry]]);
    await named('keys', 'issuer_keys ', ['update issuer_keys set compromised_at = 1 where in_use = 1']);
  });

  it('finds a signed document that was emptied', async () => {
    const head = await lastOf('ledger_heads', 'number');
    const entry = await lastOf('issuer_key_log');
    for (const content of ['{}', 'null', '[]', '"x"', '{', '{"ledger":{},"audit":null,"statusLists":{}}']) {
      const row = (name: string, at: number) => `${name} ${at}: edited: its content does not match its hash`;
      expect(
        await foundAfter('heads', [
          'update ledger_heads set content = $1 where number = $2',
          [content, head],
        ]),
      ).to.include(row('ledger_heads', head));
      expect(
        await foundAfter('keys', ['update issuer_key_log set content = $1 where seq = $2', [content, entry]]),
      ).to.include(row('issuer_key_log', entry));
    }
  });

  it('finds rows that were cut off, by a head that somebody kept', async () => {
    const kept = await row<{ seq: number; hash: string }>(
      'select seq, hash from issuance_ledger where seq = $1',
      [seq],
    );
    if (!kept) throw new Error('The row is gone');
    const ask = async (head: { seq: number; hash: string }) =>
      lines((await checkEverything({ addresses: world().config, known: head })).discrepancies).filter(line =>
        line.includes('was given'),
      );
    expect(await ask(kept)).to.deep.equal([]);
    expect(await ask({ ...kept, hash: HASH_BEFORE_FIRST })).to.have.length(1);
    expect(await ask({ seq: 1_000_000, hash: HASH_BEFORE_FIRST })).to.have.length(1);
  });
});
