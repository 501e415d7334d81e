import { AsyncLocalStorage } from 'node:async_hooks';
import { expect } from 'chai';
import { row, rows, count } from '../../support/rows.js';
import {
  afterCommit,
  currentTransaction,
  inTransaction,
  toHold,
  writeLast,
} from '../../../server/platform/db/transaction.js';
import { newId } from '../../../server/platform/lib/ids.js';
import { elsewhere } from '../../support/programs/elsewhere.js';
import { person } from '../../support/people.js';
import { appoint } from '../../support/roles.js';
import { ownWorld, world } from '../../support/world.js';
import { onPostgresOnly, onSqliteOnly } from '../../support/dialect.js';

// The table of rate limits serves as a table of counters here; each test has keys of its own.
const add = (key: string, points = 1) =>
  rows('insert into rate_limits (key, points, expire) values ($1, $2, 0)', [key, points]);
const pointsOf = async (key: string) =>
  (await row<{ points: number }>('select points from rate_limits where key = $1', [key]))?.points ?? null;
const fault = (work: Promise<unknown>) => work.then(() => null).catch((thrown: unknown) => thrown as Error);

describe('a transaction', () => {
  ownWorld();
  it('commits when the work succeeds, and returns its result', async () => {
    const key = newId();
    expect(await inTransaction(async () => (await add(key, 7), 'done'))).to.equal('done');
    expect(await pointsOf(key)).to.equal(7);
  });

  it('rolls back when the work fails, and throws its error', async () => {
    const key = newId();
    const wrong = new Error('wrong');
    const thrown = await fault(
      inTransaction(async () => {
        await add(key);
        throw wrong;
      }),
    );
    expect(thrown).to.equal(wrong);
    expect(await pointsOf(key)).to.equal(null);
  });

  it('is joined by an inner one; an error outside rolls back both', async () => {
    const [outer, inner] = [newId(), newId()];
    await fault(
      inTransaction(async () => {
        await add(outer);
        await inTransaction(() => add(inner));
        throw new Error('wrong');
      }),
    );
    expect([await pointsOf(outer), await pointsOf(inner)]).to.deep.equal([null, null]);
  });

  it('is joined by an inner one; an error inside rolls back both', async () => {
    const [outer, inner] = [newId(), newId()];
    await fault(
      inTransaction(async () => {
        await add(outer);
        await inTransaction(async () => {
          await add(inner);
          throw new Error('wrong');
        });
      }),
    );
    expect([await pointsOf(outer), await pointsOf(inner)]).to.deep.equal([null, null]);
  });

  it('is the same for the inner one', async () => {
    await inTransaction(async () => {
      const outer = currentTransaction();
      expect(outer).to.not.equal(null);
      await inTransaction(async () => expect(currentTransaction()).to.equal(outer));
    });
    expect(currentTransaction()).to.equal(null);
  });

  it('sees its own writes; others see them after the commit', async () => {
    const key = newId();
    let written = () => {};
    let seen = () => {};
    const isWritten = new Promise<void>(done => (written = done));
    const isSeen = new Promise<void>(done => (seen = done));
    const writing = inTransaction(async () => {
      await add(key);
      expect(await pointsOf(key)).to.equal(1);
      written();
      await isSeen;
    });
    await isWritten;
    expect(await pointsOf(key)).to.equal(null);
    seen();
    await writing;
    expect(await pointsOf(key)).to.equal(1);
  });

  it('is rolled back alone; others at the same moment are kept', async () => {
    const keys = Array.from({ length: 9 }, () => newId());
    const results = await Promise.allSettled(
      keys.map((key, at) =>
        inTransaction(async () => {
          await add(key, at);
          await inTransaction(() => add(`${key}:inner`));
          if (at % 3 === 0) throw new Error('wrong');
          return at;
        }),
      ),
    );
    for (const [at, key] of keys.entries()) {
      const isWrong = at % 3 === 0;
      expect(results[at]).to.include(isWrong ? { status: 'rejected' } : { status: 'fulfilled', value: at });
      const found = [await pointsOf(key), await pointsOf(`${key}:inner`)];
      expect(found).to.deep.equal(isWrong ? [null, null] : [at, 1]);
    }
  });

  it('resolves after its commit, like all that share the commit', async () => {
    const keys = Array.from({ length: 5 }, () => newId());
    const seen = await Promise.all(
      keys.map(async key => {
        let seenByHook: Promise<number | null> | undefined;
        await inTransaction(async () => {
          await add(key, 7);
          afterCommit(() => (seenByHook = pointsOf(key)));
        });
        return [await seenByHook, await pointsOf(key)];
      }),
    );
    expect(seen).to.deep.equal(keys.map(() => [7, 7]));
  });

  onSqliteOnly.it(
    'that cannot be committed rejects for all that share the commit, and the next ones go on',
    async () => {
      // On PostgreSQL each has a commit of its own.
      await world().worker.drain();
      const keys = Array.from({ length: 3 }, () => newId());
      const results = await Promise.allSettled(
        keys.map((key, at) =>
          inTransaction(async () => {
            await add(key);
            // The whole transaction ends early, as on a full disk.
            if (at === 2) await rows('rollback');
          }),
        ),
      );
      expect(results.map(({ status }) => status)).to.deep.equal(['rejected', 'rejected', 'rejected']);
      for (const key of keys) expect(await pointsOf(key)).to.equal(null);
      await inTransaction(() => add(keys[0] ?? ''));
      expect(await pointsOf(keys[0] ?? '')).to.equal(1);
    },
  );

  it('keeps the context of its own request, not of the one that it shares a commit with', async () => {
    const request = new AsyncLocalStorage<number>();
    const found = await Promise.all(
      [1, 2, 3].map(each => request.run(each, () => inTransaction(async () => request.getStore()))),
    );
    expect(found).to.deep.equal([1, 2, 3]);
  });

  it('loses none of a hundred read-then-write changes at the same moment', async () => {
    const key = newId();
    await inTransaction(() => add(key, 0));
    const addOne = () =>
      inTransaction(async () => {
        const found = await row<{ points: number }>(
          `select points from rate_limits where key = $1${toHold().text}`,
          [key],
        );
        await rows('update rate_limits set points = $1 where key = $2', [(found?.points ?? 0) + 1, key]);
      });
    await Promise.all(Array.from({ length: 100 }, addOne));
    expect(await pointsOf(key)).to.equal(100);
  });

  onPostgresOnly.it('that holds a row does not block writes that refer to it', async () => {
    // On SQLite one writes at a time.
    const somebody = await person();
    let [hold, letGo] = [() => {}, () => {}];
    const isHeld = new Promise<void>(done => (hold = done));
    const isOver = new Promise<void>(done => (letGo = done));
    const holding = inTransaction(async () => {
      await rows(`select id from users where id = $1${toHold().text}`, [somebody.id]);
      hold();
      await isOver;
    });
    await isHeld;
    await appoint(somebody, 'auditor');
    letGo();
    await holding;
  });

  it('loses no change of several processes', async () => {
    await elsewhere(async ({ run, steps }) => {
      await steps('up', 'zero');
      await Promise.all([run('add', '40'), run('add', '40'), run('add', '40')]);
      expect(await run('counter')).to.deep.equal(['120']);
    });
  });

  it('that fails does not stop the next one', async () => {
    const key = newId();
    await inTransaction(() => add(key));
    const results = await Promise.allSettled([
      inTransaction(() => add(key)),
      inTransaction(() => rows('select nonsense from nowhere')),
      inTransaction(() => add(`${key}:2`)),
    ]);
    expect(results.map(({ status }) => status)).to.deep.equal(['rejected', 'rejected', 'fulfilled']);
    expect(await pointsOf(`${key}:2`)).to.equal(1);
  });

  it('enforces foreign keys', async () => {
    const thrown = await fault(
      inTransaction(() =>
        rows(
          `insert into memberships (id, organisation_id, user_id, created_at) values ($1, 'none', 'nobody', 0)`,
          [newId()],
        ),
      ),
    );
    expect(thrown).to.be.instanceOf(Error);
    expect(await count(`memberships where user_id = 'nobody'`)).to.equal(0);
  });

  it('runs after-commit work after the commit, and never after an error', async () => {
    const order: string[] = [];
    await inTransaction(async () => {
      afterCommit(() => order.push('after'));
      await inTransaction(async () => afterCommit(() => order.push('after the inner one')));
      order.push('inside');
    });
    await fault(
      inTransaction(async () => {
        afterCommit(() => order.push('never'));
        throw new Error('wrong');
      }),
    );
    afterCommit(() => order.push('at once'));
    expect(order).to.deep.equal(['inside', 'after', 'after the inner one', 'at once']);
  });

  it('writes at its end what was left to it, by rank, so that all wait for each other in one order', async () => {
    const order: unknown[] = [];
    const write = (rank: number) => ({ rank, write: async (all: readonly string[]) => void order.push(all) });
    const [first, second] = [write(1), write(2)];
    await inTransaction(async () => {
      writeLast(second, 'c');
      writeLast(first, 'a');
      writeLast(first, 'b');
      order.push('work');
    });
    expect(order).to.deep.equal(['work', ['a', 'b'], ['c']]);
    expect(() => writeLast(first, 'never')).to.throw();
  });
});

describe('rows', () => {
  ownWorld();
  it('treats parameters as values, never as SQL', async () => {
    const key = `'; drop table rate_limits; --${newId()}`;
    await inTransaction(() => add(key, 3));
    expect(await pointsOf(key)).to.equal(3);
  });

  it('returns texts, numbers, nulls and booleans unchanged', async () => {
    const found = await row<{ big: number; empty: null; text: string }>(
      'select max(created_at) as big, cast($1 as varchar(100)) as text, null as empty from organisations',
      ['Zoë 😀 \' " \\ %'],
    );
    expect(found?.text).to.equal('Zoë 😀 \' " \\ %');
    expect(found?.empty).to.equal(null);
    expect(found?.big).to.be.a('number').and.be.greaterThan(1.7e12);
  });

  it('returns null without a row', async () => {
    expect(await row('select 1 as one from users where id = $1', ['nobody'])).to.equal(null);
    expect(await rows('select 1 as one from users where id = $1', ['nobody'])).to.deep.equal([]);
  });

  it('rejects a wrong statement, and runs the next', async () => {
    expect(await fault(rows('select nonsense from nowhere'))).to.be.instanceOf(Error);
    expect(await fault(rows('select nonsense from nowhere'))).to.be.instanceOf(Error);
    expect(await row('select 1 as one')).to.deep.equal({ one: 1 });
  });

  onSqliteOnly.it('refuses a write outside a transaction on SQLite', async () => {
    // PostgreSQL has no queue of ours that it could bypass
    const key = newId();
    for (const sql of [
      `insert into rate_limits (key, points, expire) values ('${key}', 1, 0)`,
      `insert into rate_limits (key, points, expire) values ('${key}', 1, 0) returning key`,
      'update rate_limits set points = 0',
      'delete from events',
      'drop table rate_limits',
    ]) {
      expect((await fault(rows(sql)))?.message, sql).to.include('SQLITE_READONLY');
    }
    expect(await pointsOf(key)).to.equal(null);
  });
});
