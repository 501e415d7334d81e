import { expect } from 'chai';
import { joinOpenOrganisation } from '../../../server/people/organisations/people/join-open.js';
import { loadActor } from '../../../server/people/organisations/actors.js';
import { count } from '../../support/rows.js';
import {
  ensureOpenOrganisation,
  findOrganisation,
  openOrganisation,
} from '../../../server/people/organisations/memberships.js';
import { newId } from '../../../server/platform/lib/ids.js';
import { person } from '../../support/people.js';
import { appoint, dismiss, otherOrganisation } from '../../support/roles.js';
import { ownWorld } from '../../support/world.js';

describe('organisations', () => {
  ownWorld();
  it('take the name and time zone of the open one from the settings', async () => {
    expect(await openOrganisation()).to.include({
      name: 'Test Passage',
      kind: 'open',
      timeZone: 'Europe/Oslo',
    });
  });

  it('include one open one, which follows the settings', async () => {
    const before = await openOrganisation();
    const renamed = await Promise.all(
      [1, 2, 3].map(() => ensureOpenOrganisation({ name: 'Renamed', timeZone: 'UTC', now: Date.now() })),
    );
    for (const each of renamed) expect(each).to.include({ id: before.id, name: 'Renamed', timeZone: 'UTC' });
    expect(await count(`organisations where kind = 'open'`)).to.equal(1);
    await ensureOpenOrganisation({ ...before, now: Date.now() });
    expect(await openOrganisation()).to.deep.equal(before);
  });

  it('are found by id; an unknown id gives null', async () => {
    const id = await otherOrganisation();
    expect(await findOrganisation(id)).to.deep.include({ id, kind: 'customer' });
    expect(await findOrganisation(newId())).to.equal(null);
  });
});

describe('memberships', () => {
  ownWorld();
  it('are made once, however often somebody joins', async () => {
    const { id } = await person();
    await Promise.all(Array.from({ length: 10 }, () => joinOpenOrganisation(id, Date.now())));
    expect(await count('memberships where user_id = $1', [id])).to.equal(1);
  });

  it('are visible at once', async () => {
    const ada = await person();
    const open = await openOrganisation();
    expect((await loadActor(ada.id, Date.now()))?.memberships).to.deep.equal([open.id]);
    const elsewhere = await otherOrganisation();
    await appoint(ada, 'manager', elsewhere);
    expect(await loadActor(ada.id, Date.now())).to.deep.include({
      memberships: [open.id],
      grants: [{ organisationId: elsewhere, role: 'manager', unitId: null }],
    });
  });

  it('that have ended do not count, are kept, and can begin again', async () => {
    const ada = await person();
    await dismiss(ada);
    expect((await loadActor(ada.id, Date.now()))?.memberships).to.deep.equal([]);
    await joinOpenOrganisation(ada.id, Date.now());
    expect((await loadActor(ada.id, Date.now()))?.memberships).to.have.length(1);
    expect(await count('memberships where user_id = $1', [ada.id])).to.equal(1);
    const facts = `membership_facts f join memberships m on m.id = f.membership_id
      where m.user_id = $1 and f.kind = 'employment' and f.value = 'active' and f.to_day is null and f.retired_at is null`;
    expect(await count(facts, [ada.id]), 'the facts say so too').to.equal(1);
  });
});
