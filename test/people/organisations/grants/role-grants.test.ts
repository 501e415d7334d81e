import { expect } from 'chai';
import { loadActor } from '../../../../server/people/organisations/actors.js';
import { giveRole, handRoleOver } from '../../../../server/people/organisations/grants/role-grants.js';
import { rolesHeldBy } from '../../../../server/people/organisations/grants/role-queries.js';
import { comeBack, endEmployment } from '../../../../server/people/organisations/people/members.js';
import { bySystem, employer, inDays, linked, member, TODAY } from '../../../support/organisations.js';
import { person } from '../../../support/people.js';
import { count } from '../../../support/rows.js';
import { ownWorld } from '../../../support/world.js';

describe('a role', () => {
  ownWorld();
  const wholeDays = { unitId: null, fromDay: TODAY, untilDay: null };

  it('is given once, however often it is given at the same moment', async () => {
    const [{ id: organisationId }, { id: userId }] = [await employer(), await person()];
    const give = () => giveRole({ organisationId, userId, role: 'manager', ...wholeDays }, bySystem());
    const outcomes = await Promise.all([give(), give(), give()]);
    expect(outcomes.sort()).to.deep.equal(['held', 'held', 'made']);
    expect(await count('role_grants where user_id = $1', [userId])).to.equal(1);
  });

  it('passes to one successor, of two who hand it over at the same moment', async () => {
    const { id: organisationId } = await employer();
    const [first, second, third] = [await person(), await person(), await person()];
    await giveRole({ organisationId, userId: first.id, role: 'manager', ...wholeDays }, bySystem());
    const [role] = await rolesHeldBy(first.id, TODAY);
    if (!role) throw new Error('The role was not given');
    const end = { day: TODAY, today: TODAY };
    const outcomes = await Promise.allSettled(
      [second, third].map(({ id: userId }) => handRoleOver(role, { userId, ...end }, bySystem())),
    );
    expect(outcomes.map(({ status }) => status).sort()).to.deep.equal(['fulfilled', 'rejected']);
    expect(
      await count('role_grants where organisation_id = $1 and ended_at is null', [organisationId]),
    ).to.equal(1);
  });

  it('ends when its holder leaves, and does not come back with them', async () => {
    const organisation = await employer();
    const { id: userId } = await person();
    const membershipId = await member(organisation);
    await linked(membershipId, userId);
    const role = { organisationId: organisation.id, userId, role: 'manager' as const, ...wholeDays };
    await giveRole(role, bySystem());
    await giveRole({ ...role, role: 'instructor', fromDay: inDays(30) }, bySystem());
    await endEmployment({ organisation, membershipId, fromDay: TODAY, ...bySystem() });
    await comeBack({ organisation, membershipId, fromDay: TODAY, ...bySystem() }, {});
    expect(await loadActor(userId, Date.now())).to.deep.include({ grants: [] });
    expect(await count('role_grants where user_id = $1 and ended_at is null', [userId])).to.equal(0);
    expect(
      await count(`events where name = 'grant.ended' and organisation_id = $1`, [organisation.id]),
    ).to.equal(2);
  });
});
