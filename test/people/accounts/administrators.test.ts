import { expect } from 'chai';
import { randomUUID } from 'node:crypto';
import { endAdministrator, makeAdministrator } from '../../../server/people/accounts/administrators.js';
import { blockOf, blockPerson, unblockPerson } from '../../../server/people/accounts/blocking.js';
import { runAdministrators, runPeople } from '../../../server/people/accounts/command-people.js';
import { loadActor } from '../../../server/people/organisations/actors.js';
import { database } from '../../../server/platform/db/connect.js';
import { row, rows, count, write } from '../../support/rows.js';
import { inTransaction } from '../../../server/platform/db/transaction.js';
import { dina, person } from '../../support/people.js';
import { ownWorld } from '../../support/world.js';

const by = (actorId: string | null = null) => ({ actorId, now: Date.now() });
const events = (name: string, userId: string) =>
  rows<{ actorId: string | null }>(
    `select actor_id as "actorId" from events where name = $1 and payload like $2`,
    [name, `%${userId}%`],
  );
const roleOf = (id: string) =>
  count('users where id = $1 and is_administrator', [id]).then(found => found === 1);

/** Two who are the only administrators. */
async function two(): Promise<[string, string]> {
  await write('update users set is_administrator = $1', [false]);
  return [(await person({ isAdministrator: true })).id, (await person({ isAdministrator: true })).id];
}

/** Begins once it is called, outside the transaction of its caller. */
function later<T>(work: () => Promise<T>): { begin: () => void; outcome: Promise<T> } {
  let begin = () => undefined as void;
  const outcome = new Promise<void>(go => (begin = go)).then(work);
  return { begin, outcome };
}

/** Until a session of this server waits for a lock, or `outcome` has come without. (Other views show one moment a transaction.) */
async function untilItWaits(outcome: Promise<unknown>): Promise<void> {
  let isOver = false;
  void outcome.then(() => (isOver = true));
  while (!isOver && !(await row('select 1 as found from pg_locks where not granted limit 1'))) continue;
}

describe('administrators', () => {
  ownWorld();
  it('are made once, with an event that names who did it', async () => {
    const [{ id: actor }, { id }] = [await dina(), await person()];
    expect(await makeAdministrator(id, by(actor))).to.equal('made');
    expect(await makeAdministrator(id, by(actor))).to.equal('unchanged');
    expect(await events('account.administrator-made', id)).to.deep.equal([{ actorId: actor }]);
    expect(await roleOf(id)).to.equal(true);
  });

  it('cannot be people who are unconfirmed, blocked or unknown', async () => {
    const [unconfirmed, blocked] = [await person(), await person()];
    await write('update users set email_confirmed_at = null where id = $1', [unconfirmed.id]);
    await blockPerson(blocked.id, 'Why', by());
    for (const id of [unconfirmed.id, blocked.id, randomUUID()])
      expect(await makeAdministrator(id, by())).to.equal('unready');
  });

  it('lose the role at once, also when another process ends it', async () => {
    const { id } = await dina();
    expect((await loadActor(id, Date.now()))?.isAdministrator).to.equal(true);
    // As another process does it: this one's cache is not cleared.
    await write('update users set is_administrator = $1 where id = $2', [false, id]);
    expect((await loadActor(id, Date.now()))?.isAdministrator).to.equal(false);
  });

  it('may leave, except the last one, who can neither leave nor be blocked', async () => {
    const [first, second] = await two();
    expect(await endAdministrator(first, by(first))).to.equal('ended');
    expect(await endAdministrator(first, by(first))).to.equal('unchanged');
    expect(await endAdministrator(second, by())).to.equal('last');
    expect(await blockPerson(second, 'Why', by())).to.equal('last');
    expect(await roleOf(second)).to.equal(true);
    expect(await count('blocks where user_id = $1', [second])).to.equal(0);
    expect(await events('account.administrator-ended', first)).to.deep.equal([{ actorId: first }]);
  });

  it('do not count while they are blocked', async () => {
    const [first, second] = await two();
    expect(await blockPerson(first, 'Why', by(second))).to.equal('blocked');
    expect(await endAdministrator(second, by())).to.equal('last');
    expect(await endAdministrator(first, by(second))).to.equal('ended');
  });

  for (const [how, leave] of [
    ['leave', endAdministrator],
    ['are blocked', (id: string) => blockPerson(id, 'Why', by())],
  ] as const) {
    it(`keep at least one: of two who ${how} at the same moment, one stays`, async () => {
      const [first, second] = await two();
      const other = later(() => leave(second, by()));
      const mine = await inTransaction(async () => {
        const outcome = await leave(first, by());
        other.begin();
        if (database().dialect === 'postgres') await untilItWaits(other.outcome);
        return outcome;
      });
      expect([mine, await other.outcome]).to.deep.equal([how === 'leave' ? 'ended' : 'blocked', 'last']);
    });
  }
});

describe('blocking a person', () => {
  ownWorld();
  it('stores who, when and why, once; unblocking keeps it', async () => {
    const [{ id: actor }, { id }] = [await dina(), await person()];
    expect(await blockPerson(id, 'Shared the password', by(actor))).to.equal('blocked');
    expect(await blockPerson(id, 'Again', by(actor))).to.equal('unchanged');
    expect(await blockOf(id)).to.include({ reason: 'Shared the password', by: 'Dina Aziz' });
    expect(await unblockPerson(id, by(actor))).to.equal(true);
    expect(await unblockPerson(id, by(actor))).to.equal(false);
    expect(await blockOf(id)).to.equal(null);
    expect(
      await rows('select reason, blocked_by as a, lifted_by as b from blocks where user_id = $1', [id]),
    ).to.deep.equal([{ reason: 'Shared the password', a: actor, b: actor }]);
    for (const name of ['account.blocked', 'account.unblocked'])
      expect(await events(name, id), name).to.deep.equal([{ actorId: actor }]);
    expect(await blockPerson(id, 'Once more', by(actor))).to.equal('blocked');
  });

  it('can be undone for a block without a stored reason', async () => {
    const { id } = await person();
    await write('update users set disabled_at = 1 where id = $1', [id]);
    expect(await blockOf(id)).to.equal(null);
    expect(await unblockPerson(id, by())).to.equal(true);
  });
});

describe('the commands for people', () => {
  ownWorld();
  const told: string[] = [];
  const say = (line: string) => void told.push(line);
  const refusal = (work: Promise<number>) =>
    work.then(
      () => null,
      (fault: unknown) => (fault instanceof Error ? fault.message : 'no error'),
    );

  it('make an administrator by address, list them, and end the role', async () => {
    const [{ id, email }] = [await person(), await dina()];
    expect(await runAdministrators(['make', email.toUpperCase()], say)).to.equal(0);
    expect(await roleOf(id)).to.equal(true);
    await runAdministrators(['list'], say);
    expect(told.some(line => line.startsWith(email))).to.equal(true);
    expect(await runAdministrators(['end', email], say)).to.equal(0);
    expect(await roleOf(id)).to.equal(false);
    expect(await events('account.administrator-ended', id)).to.deep.equal([{ actorId: null }]);
  });

  it('block by address with a reason, and unblock', async () => {
    const { id, email } = await person();
    expect(await refusal(runPeople(['block', email], say))).to.include('--reason');
    expect(await runPeople(['block', email, '--reason', 'Left the company'], say)).to.equal(0);
    expect(await blockOf(id)).to.include({ reason: 'Left the company', by: null });
    expect(await runPeople(['unblock', email], say)).to.equal(0);
    expect(await blockOf(id)).to.equal(null);
  });

  it('refuse what they cannot do and say why', async () => {
    const nobody = `${randomUUID()}@example.org`;
    for (const work of [
      () => runAdministrators(['make', nobody], say),
      () => runAdministrators(['sing'], say),
      () => runPeople(['block', nobody, '--reason', 'Why'], say),
      () => runPeople([], say),
    ])
      expect(await refusal(work())).to.be.a('string');
    await write('update users set is_administrator = $1', [false]);
    const { email } = await person({ isAdministrator: true });
    expect(await refusal(runAdministrators(['end', email], say))).to.include('administrators make');
    expect(await refusal(runPeople(['block', email, '--reason', 'Why'], say))).to.include(
      'administrators make',
    );
  });
});
