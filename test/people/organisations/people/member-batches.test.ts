import { expect } from 'chai';
import { newId } from '../../../../server/platform/lib/ids.js';
import type { OrganisationFacts } from '../../../../server/people/organisations/memberships.js';
import {
  applyMemberChanges,
  changeMembers,
} from '../../../../server/people/organisations/people/change-members.js';
import { bySystem, employer, inDays, member, TODAY, unit } from '../../../support/organisations.js';
import { count } from '../../../support/rows.js';
import { countStatements } from '../../../support/statements.js';
import { ownWorld } from '../../../support/world.js';
import { placesOn } from './of-members.js';

let organisation: OrganisationFacts;
let oslo: string;
let bergen: string;

describe('members in a batch', () => {
  ownWorld();
  beforeEach(async () => {
    organisation = await employer();
    oslo = await unit(organisation, 'Oslo');
    bergen = await unit(organisation, 'Bergen');
  });

  const added = (staffNumber: string, unitId = oslo) => ({
    membershipId: null,
    fromDay: '2025-01-01',
    person: { name: `Person ${staffNumber}`, email: null, staffNumber },
    home: { unitId, job: null },
  });

  it('are written whole or, where one is refused, not at all', async () => {
    const changes = [
      added('1'),
      added('2', newId()),
      added('1'),
      added('3'),
      { membershipId: newId(), fromDay: TODAY },
    ];
    expect(await applyMemberChanges({ organisation, importId: newId(), changes }, bySystem())).to.deep.equal({
      kind: 'refused',
      refusals: [
        { at: 1, reason: 'unit-closed' },
        { at: 2, reason: 'number-taken' },
        { at: 4, reason: 'unknown' },
      ],
    });
    expect(await count('memberships where organisation_id = $1', [organisation.id])).to.equal(0);
  });

  it('cost few statements', async () => {
    const batch = (from: number) => Array.from({ length: 300 }, (_, at) => added(String(from + at)));
    const counting = countStatements();
    const importId = newId();
    const outcome = await applyMemberChanges({ organisation, importId, changes: batch(0) }, bySystem());
    const { statements } = counting.read();
    counting.stop();
    expect(outcome.kind === 'changed' && outcome.membershipIds).to.have.length(300);
    expect(statements).to.be.lessThan(150);
    expect(await count('placements where unit_id = $1 and has_reach', [oslo])).to.equal(300);
    expect(
      await count(`events where name = 'members.imported' and payload like $1`, [`%${importId}%`]),
    ).to.equal(1);
  });

  it('may change one membership several times, in order', async () => {
    const id = await member(organisation);
    const changes = [
      {
        membershipId: id,
        fromDay: inDays(-5),
        home: { unitId: oslo, job: null },
      },
      { membershipId: id, fromDay: TODAY, home: { unitId: bergen, job: null } },
    ];
    await changeMembers(organisation, changes, bySystem());
    expect(
      [await placesOn(id, inDays(-1)), await placesOn(id, TODAY)].flat().map(each => each.unit),
    ).to.deep.equal([oslo, bergen]);
  });
});
