import { expect } from 'chai';
import { randomUUID } from 'node:crypto';
import { addressOf, rename } from '../../../server/people/accounts/people.js';
import { loadActor } from '../../../server/people/organisations/actors.js';
import { row, rows } from '../../support/rows.js';
import { inTransaction } from '../../../server/platform/db/transaction.js';
import { openOrganisation } from '../../../server/people/organisations/memberships.js';
import { person } from '../../support/people.js';
import { ownWorld } from '../../support/world.js';

describe('the person behind a session', () => {
  ownWorld();
  it('has a name, a role and memberships', async () => {
    const { id, name } = await person({ isAdministrator: true });
    const organisation = await openOrganisation();
    const stored = await row<{ createdAt: number }>(
      'select created_at as "createdAt" from users where id = $1',
      [id],
    );
    expect(await loadActor(id, Date.now())).to.deep.equal({
      id,
      name,
      isAdministrator: true,
      isDiscreet: false,
      hasFactor: false,
      factorAskedFrom: stored?.createdAt,
      memberships: [organisation.id],
      grants: [],
    });
  });

  it('is null when they are blocked or unknown', async () => {
    const { id } = await person();
    await inTransaction(() => rows('update users set disabled_at = 1 where id = $1', [id]));
    expect(await loadActor(id, Date.now())).to.equal(null);
    expect(await loadActor(randomUUID(), Date.now())).to.equal(null);
  });

  it('is cached for at most five seconds, and until a change in this process', async () => {
    const { id } = await person({ name: 'First Name' });
    const now = performance.now();
    await loadActor(id, Date.now(), now);
    await inTransaction(() => rows(`update users set name = 'Second Name' where id = $1`, [id]));
    expect((await loadActor(id, Date.now(), now + 4_999))?.name).to.equal('First Name');
    expect((await loadActor(id, Date.now(), now + 5_000))?.name).to.equal('Second Name');
    await rename(id, 'Third Name', Date.now());
    expect((await loadActor(id, Date.now(), now + 5_001))?.name).to.equal('Third Name');
  });

  it('has an address for mail', async () => {
    const { id, email, name } = await person();
    expect(await addressOf(id)).to.deep.equal({ email, name, isDiscreet: false });
    expect(await addressOf(randomUUID())).to.equal(null);
  });
});
