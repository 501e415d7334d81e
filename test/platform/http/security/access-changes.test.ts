import { expect } from 'chai';
import { blockPerson } from '../../../../server/people/accounts/blocking.js';
import { rename } from '../../../../server/people/accounts/people.js';
import { endSessionsOf, SessionStore } from '../../../../server/platform/http/security/sessions.js';
import {
  lookForAccessChanges,
  watchAccessChanges,
} from '../../../../server/platform/http/security/access-changes.js';
import { inTransaction } from '../../../../server/platform/db/transaction.js';
import { loadActor } from '../../../../server/people/organisations/actors.js';
import { person, signedIn } from '../../../support/people.js';
import { runOn } from '../../../support/programs/elsewhere.js';
import { appoint } from '../../../support/roles.js';
import { row, write } from '../../../support/rows.js';
import { countStatements } from '../../../support/statements.js';
import { ownWorld, world } from '../../../support/world.js';
import { onSqliteOnly } from '../../../support/dialect.js';

const number = async () =>
  (await row<{ number: number }>('select number as "number" from access_changes'))?.number;

describe('a change of access', () => {
  ownWorld();

  /** Elapsed time stands still, so that nothing is forgotten because it is old. */
  const at = 1_000;
  const sessions = new SessionStore(Date.now, () => at);
  const known = (id: string) => loadActor(id, Date.now(), at);
  const look = () => lookForAccessChanges(at);

  it('in another process holds in this one, once it has looked', async () => {
    const [blocked, dismissed, signedOut] = [await person(), await person(), await person()];
    await appoint(dismissed, 'manager');
    const session = await sessions.begin(signedOut.id);
    await look();
    expect([(await known(blocked.id))?.id, (await known(dismissed.id))?.grants.length]).to.deep.equal([
      blocked.id,
      1,
    ]);
    expect(await sessions.userOf(session)).to.equal(signedOut.id);

    const steps = [`block ${blocked.id}`, `dismiss ${dismissed.id}`, `sign-out ${session}`];
    await runOn(world().config.databaseUrl, 'steps', ...steps);
    await look();
    expect([await known(blocked.id), (await known(dismissed.id))?.grants]).to.deep.equal([null, []]);
    expect(await sessions.userOf(session)).to.equal(null);
  });

  it('signs people out of pages that another process has shown', async () => {
    const { id, browser } = await signedIn();
    expect((await browser.get('/account')).path).to.not.include('/sign-in');
    await runOn(world().config.databaseUrl, 'block', id);
    await lookForAccessChanges();
    expect((await browser.get('/account')).path).to.include('/sign-in');
  });

  it('in this process leaves the rest of its cache alone', async () => {
    const [changed, other] = [await person({ name: 'First Name' }), await person({ name: 'First Name' })];
    await look();
    await Promise.all([changed, other].map(({ id }) => known(id)));
    await write(`update users set name = 'Unnoticed' where id = $1`, [other.id]);
    await rename(changed.id, 'Second Name', Date.now());
    await look();
    expect((await known(changed.id))?.name).to.equal('Second Name');
    expect((await known(other.id))?.name).to.equal('First Name');
  });

  it('counts where it was committed, and only then', async () => {
    const { id } = await person();
    await sessions.begin(id);
    const before = await number();
    const undone = inTransaction(async () => {
      await endSessionsOf(id);
      throw new Error('undone');
    });
    await undone.catch(() => undefined);
    expect(await number()).to.equal(before);
    await blockPerson(id, 'Lost phone', { actorId: null, now: Date.now() });
    expect(await number()).to.equal(Number(before) + 1);
  });

  it('is looked for so often that nothing is trusted a second after the last look', async () => {
    const { id } = await person({ name: 'First Name' });
    await look();
    await known(id);
    await write(`update users set name = 'Second Name' where id = $1`, [id]);
    expect((await loadActor(id, Date.now(), at + 999))?.name).to.equal('First Name');
    expect((await loadActor(id, Date.now(), at + 1_000))?.name).to.equal('Second Name');
  });

  it('is looked for while a server runs', async () => {
    const { id } = await person();
    const stopped = new AbortController();
    try {
      void watchAccessChanges(stopped.signal);
      while ((await known(id)) !== null) {
        // As another process does it.
        await write('update users set disabled_at = 1 where id = $1', [id]);
        await write('update access_changes set number = number + 1');
      }
    } finally {
      stopped.abort();
    }
  });

  // The driver that counts them is SQLite's.
  onSqliteOnly.it('is looked for with one statement, and without a transaction', async () => {
    const counting = countStatements();
    try {
      await look();
      expect(counting.read()).to.deep.equal({ statements: 1, transactions: 0 });
    } finally {
      counting.stop();
    }
  });
});
