import { expect } from 'chai';
import { inTransaction } from '../../../../server/platform/db/transaction.js';
import type { OrganisationFacts } from '../../../../server/people/organisations/memberships.js';
import { unitSpans } from '../../../../server/people/organisations/units/stored-units.js';
import { unitsInOrder } from '../../../../server/people/organisations/units/unit-order.js';
import { unitOptions } from '../../../../server/people/organisations/units/unit-options.js';
import { moveUnit, renameUnit } from '../../../../server/people/organisations/units/units.js';
import { bySystem, employer, manyUnits, TODAY, unit } from '../../../support/organisations.js';
import { ownWorld } from '../../../support/world.js';

describe('the tree that is kept in memory', () => {
  ownWorld();
  let organisation: OrganisationFacts;
  let oslo: string;
  beforeEach(async () => {
    organisation = await employer();
    oslo = await unit(organisation, 'Oslo', { code: 'OSL' });
  });

  const spans = () => unitSpans(organisation.id);
  const named = async () => (await spans()).map(({ value }) => value.name).sort();
  const labels = async () =>
    (await unitOptions(organisation.id, unitsInOrder(await spans(), TODAY, 'en'))).map(({ label }) => label);

  it('is read once, and put in order once for a day', async () => {
    const first = await spans();
    expect(await spans()).to.equal(first);
    expect(unitsInOrder(first, TODAY, 'en')).to.equal(unitsInOrder(first, TODAY, 'en'));
  });

  it('is read again after each change: a unit that is new, a name, a code, a place', async () => {
    expect(await labels()).to.deep.equal(['Oslo (OSL)']);
    await unit(organisation, 'Bergen');
    expect(await named()).to.deep.equal(['Bergen', 'Oslo']);
    const change = { organisation, ...bySystem() };
    await renameUnit(change, { unitId: oslo, name: 'Oslo airport', code: 'OSL', fromDay: TODAY });
    expect(await labels()).to.deep.equal(['Bergen', 'Oslo airport (OSL)']);
    await renameUnit(change, { unitId: oslo, name: 'Oslo airport', code: '0047', fromDay: TODAY });
    expect(await labels()).to.deep.equal(['Bergen', 'Oslo airport (0047)']);
    const norway = await unit(organisation, 'Norway');
    expect(await labels()).to.deep.equal(['Bergen', 'Norway', 'Oslo airport (0047)']);
    await moveUnit(change, { unitId: oslo, parentId: norway, fromDay: TODAY });
    expect(await labels()).to.deep.equal(['Bergen', 'Norway', 'Norway › Oslo airport (0047)']);
  });

  it('never holds what a transaction wrote and took back', async () => {
    await spans();
    const writing = inTransaction(async () => {
      await unit(organisation, 'Nowhere');
      expect(await named()).to.deep.equal(['Nowhere', 'Oslo']);
      throw new Error('taken back');
    });
    expect(await writing.catch((error: Error) => error.message)).to.equal('taken back');
    // As another process changes it: nothing is read, and the count is the one that was taken back.
    await manyUnits(organisation.id, 1);
    expect(await named()).to.deep.equal(['Base 0', 'Oslo']);
  });
});
