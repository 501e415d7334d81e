import { AsyncResource } from 'node:async_hooks';
import { expect } from 'chai';
import { rows, count, write } from '../../support/rows.js';
import { inTransaction } from '../../../server/platform/db/transaction.js';
import {
  endOfChain,
  hashBeforeChain,
  holdEnd,
  inTurnFor,
  moveFrom,
} from '../../../server/platform/events/chains.js';
import { eventHash, record } from '../../../server/platform/events/record.js';
import type { Json } from '../../../server/platform/lib/canonical-json.js';
import { newId } from '../../../server/platform/lib/ids.js';
import { sha256 } from '../../../server/platform/lib/tokens.js';
import { ownWorld } from '../../support/world.js';

interface Row {
  chain: string;
  seq: number;
  name: string;
  payload: string;
  actorId: string | null;
  organisationId: string | null;
  createdAt: number;
  previousHash: string;
  hash: string;
}

/** The numbers of the events of a chain that do not fit the one before, or their own hash. */
async function faults(chain = 'account'): Promise<number[]> {
  const events = await rows<Row>(
    `select chain, seq, name, payload, actor_id as "actorId", organisation_id as "organisationId", created_at as "createdAt",
       previous_hash as "previousHash", hash from events where chain = $1 order by seq`,
    [chain],
  );
  return events
    .filter(({ chain: _, payload, previousHash, hash, ...entry }, index) => {
      const before = events[index - 1];
      const follows = entry.seq === index + 1 && previousHash === (before?.hash ?? hashBeforeChain(chain));
      return !follows || hash !== eventHash({ ...entry, payload: JSON.parse(payload) as Json }, previousHash);
    })
    .map(({ seq }) => seq);
}

const tell = (userId = newId()) =>
  inTransaction(() =>
    record('account.renamed', { userId }, { actorId: userId, organisationId: null, now: Date.now() }),
  );

/** Runs `work`, looks, and leaves no trace. */
async function undone<T>(work: () => Promise<T>): Promise<T> {
  let result: T | undefined;
  const stop = new Error('undone');
  await inTransaction(async () => {
    result = await work();
    throw stop;
  }).catch((fault: unknown) => {
    if (fault !== stop) throw fault;
  });
  return result as T;
}

/** Outside the context of whoever calls, such as their transaction. */
const elsewhere = new AsyncResource('elsewhere');
const inOtherContext = <T>(work: () => T): T => elsewhere.runInAsyncScope(work);

describe('recording an event', () => {
  ownWorld();
  it('is refused outside a transaction', async () => {
    const before = await count('events');
    const circumstances = { actorId: null, organisationId: null, now: 0 };
    const refusal = await record('account.renamed', { userId: 'x' }, circumstances).catch(
      (fault: unknown) => fault,
    );
    expect(refusal).to.be.instanceOf(Error);
    expect((refusal as Error).message).to.include('outside a transaction');
    expect(await count('events')).to.equal(before);
  });

  it('is rolled back with its change', async () => {
    const userId = newId();
    await undone(() => tell(userId));
    expect(await count('events where payload like $1', [`%${userId}%`])).to.equal(0);
  });

  it('makes a chain without gaps that verifies from the first event on', async () => {
    await tell();
    expect(await faults()).to.deep.equal([]);
  });

  it('makes one chain of concurrent transactions, some of them rolled back', async () => {
    const before = await count('events');
    await Promise.all(Array.from({ length: 40 }, (_, n) => (n % 4 === 0 ? undone(() => tell()) : tell())));
    expect(await count('events')).to.be.at.least(before + 30);
    expect(await faults()).to.deep.equal([]);
  });

  it('moves a chain for one after the other, also after one that failed', async () => {
    const chain = newId();
    const moved: string[] = [];
    const move = (name: string) =>
      inTurnFor(chain, async () => {
        moved.push(`${name} begins`);
        await new Promise(setImmediate);
        if (name === 'second') throw new Error('undone');
        moved.push(`${name} ends`);
      });
    await Promise.allSettled(['first', 'second', 'third'].map(move));
    expect(moved).to.deep.equal([
      'first begins',
      'first ends',
      'second begins',
      'third begins',
      'third ends',
    ]);
  });

  it('finds a chain where the transaction left it that it waited for', async () => {
    const chain = newId();
    const end = (seq: number) => ({ chain, seq, hash: sha256(`${chain} ${seq}`) });
    await inTransaction(async () => moveFrom(await holdEnd(chain), end(1)));
    let second: Promise<boolean> | undefined;
    const first = await inTransaction(async () => {
      const isMoved = await moveFrom(end(1), end(2));
      second = inOtherContext(() => inTransaction(() => moveFrom(end(2), end(3))));
      // Long enough for the second to wait in the database.
      for (let reads = 0; reads < 20; reads += 1) await endOfChain(chain);
      return isMoved;
    });
    expect([first, await second, (await endOfChain(chain)).seq]).to.deep.equal([true, true, 3]);
  });

  it('writes several events of one transaction in their order', async () => {
    const users = [newId(), newId(), newId()];
    await inTransaction(async () => {
      for (const user of users) await tell(user);
    });
    const told = await rows<{ actor: string }>(
      'select actor_id as actor from events where actor_id in ($1, $2, $3) order by seq',
      users,
    );
    expect(told.map(({ actor }) => actor)).to.deep.equal(users);
  });

  describe('keeps a chain', () => {
    const tellIn = (organisationId: string | null) =>
      record('paper.set', { paper: 'a4' }, { actorId: null, organisationId, now: Date.now() });
    const seqOf = async (chain: string) => (await endOfChain(chain)).seq;

    it('for each organisation, for accounts, and for the installation', async () => {
      const [one, other] = [newId(), newId()];
      const before = await seqOf('installation');
      await inTransaction(async () => {
        for (const place of [one, null, other, one]) await tellIn(place);
      });
      expect([await seqOf(one), await seqOf(other)]).to.deep.equal([2, 1]);
      expect(await seqOf('installation')).to.equal(before + 1);
      for (const chain of [one, other, 'installation']) expect(await faults(chain), chain).to.deep.equal([]);
    });

    it('without a gap while many write to several at once, in any order', async () => {
      const chains = [newId(), newId(), newId()];
      const write = (n: number) =>
        inTransaction(async () => {
          for (const place of n % 2 === 0 ? chains : chains.toReversed()) await tellIn(place);
        });
      await Promise.all(Array.from({ length: 20 }, (_, n) => write(n)));
      for (const chain of chains) {
        expect(await seqOf(chain)).to.equal(20);
        expect(await faults(chain)).to.deep.equal([]);
      }
    });

    it('into which no event of another can be moved', async () => {
      const [one, other] = [newId(), newId()];
      await inTransaction(() => tellIn(one));
      const found = await undone(async () => {
        await write('update events set chain = $1 where chain = $2', [other, one]);
        return faults(other);
      });
      expect(found).to.deep.equal([1]);
    });
  });

  describe('detects what was changed afterwards', () => {
    const last = async () =>
      (await rows<{ seq: number }>(`select max(seq) as seq from events where chain = 'account'`))[0]?.seq ??
      0;
    const changes: [string, string][] = [
      ['another payload', `payload = '{"userId":"somebody else"}'`],
      ['another name', `name = 'account.created'`],
      ['another actor', `actor_id = 'somebody else'`],
      ['no actor', 'actor_id = null'],
      ['another organisation', `organisation_id = 'elsewhere'`],
      ['another time', 'created_at = created_at + 1'],
      ['another hash', `hash = '${'0'.repeat(64)}'`],
      ['another hash before', `previous_hash = '${'0'.repeat(64)}'`],
    ];
    for (const [name, change] of changes) {
      it(name, async () => {
        await tell();
        await tell();
        const target = (await last()) - 1;
        const found = await undone(async () => {
          await write(`update events set ${change} where chain = 'account' and seq = $1`, [target]);
          return faults();
        });
        expect(found).to.include(target);
        expect(await faults()).to.deep.equal([]);
      });
    }

    it('an event that was removed', async () => {
      await tell();
      await tell();
      const target = (await last()) - 1;
      const found = await undone(async () => {
        await write(`delete from events where chain = 'account' and seq = $1`, [target]);
        return faults();
      });
      expect(found).to.deep.equal([target + 1]);
    });

    it('two events that changed places', async () => {
      await tell();
      await tell();
      const target = await last();
      const found = await undone(async () => {
        await write(`update events set seq = -1 where chain = 'account' and seq = $1`, [target]);
        await write(`update events set seq = $1 where chain = 'account' and seq = $2`, [target, target - 1]);
        await write(`update events set seq = $1 where chain = 'account' and seq = -1`, [target - 1]);
        return faults();
      });
      expect(found).to.include.members([target - 1, target]);
    });
  });

  it('never holds a name, an address or an answer', async () => {
    const payloads = await rows<{ payload: string }>('select payload from events');
    for (const { payload } of payloads)
      expect(payload).to.not.match(/@|"(name|email|password|response|choice|note)":/);
  });
});
