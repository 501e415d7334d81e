import { expect } from 'chai';
import { insert } from '../../../server/platform/db/rows.js';
import { inTransaction } from '../../../server/platform/db/transaction.js';
import { onNudge } from '../../../server/platform/events/jobs/nudge.js';
import { newId } from '../../../server/platform/lib/ids.js';
import { Credit, CreditVoid } from '../../../server/teaching/learning/credits/tables.js';
import { undoMerge } from '../../../server/office/merging/undo-merge.js';
import type { OrganisationFacts } from '../../../server/people/organisations/memberships.js';
import {
  changeMember,
  endEmployment,
  goOnLeave,
  moveHome,
  placeAlso,
} from '../../../server/people/organisations/people/members.js';
import { reckonMember } from '../../../server/proof/requirements/reckoning/reckon.js';
import { bySystem, employer, inDays, member, noon, TODAY, unit } from '../../support/organisations.js';
import { ownWorld } from '../../support/world.js';
import { required } from '../../proof/requirements/reckoning/requiring.js';
import { byOperator, merged, twoMembers } from './merging.js';

let organisation: OrganisationFacts;
let units: string[];
const pick = <T>(all: readonly T[]): T => all[Math.floor(Math.random() * all.length)] as T;
const perhaps = (share = 0.5) => Math.random() < share;

/** Somebody with a history of their own: moves, tags, leave, credits and what voided them. */
async function somebody(): Promise<string> {
  const id = await member(organisation, {
    fromDay: inDays(-900),
    ...(perhaps() && { hiredOn: inDays(-700) }),
    home: { unitId: pick(units), job: pick(['Cabin crew', null]) },
  });
  const of = (days: number) => ({ organisation, membershipId: id, fromDay: inDays(days), ...bySystem() });
  if (perhaps()) await moveHome(of(-300), { unitId: pick(units), job: null });
  if (perhaps(0.3)) await placeAlso(of(-200), { unitId: pick(units), job: 'Trainer' });
  if (perhaps()) await changeMember(of(-150), { tags: ['night'] });
  if (perhaps(0.3)) await goOnLeave(of(-100), pick([null, inDays(-20), inDays(40)]));
  for (let n = 0; perhaps(0.6) && n < 3; n++) await credited(id, inDays(-Math.floor(Math.random() * 800)));
  if (perhaps(0.2)) await endEmployment(of(-5));
  return id;
}

async function credited(membershipId: string, completedOn: string): Promise<void> {
  const common = { id: newId(), organisationId: organisation.id, recordedAt: noon(completedOn) };
  await inTransaction(async () => {
    const credit = { courseSlug: 'basics', source: 'session' as const, sourceId: newId(), completedOn };
    await insert(Credit, { ...common, membershipId, ...credit });
    if (!perhaps(0.3)) return;
    const toDay = pick([null, inDays(-10)]);
    const gap = { creditId: common.id, because: 'suspended' as const, fromDay: completedOn, toDay };
    await insert(CreditVoid, { ...common, id: newId(), ...gap });
  });
}

/** How somebody stands with each requirement, from day to day, and where they count. */
const standings = async (membershipId: string) =>
  (await reckonMember(organisation, membershipId)).map(({ requirementId, intervals }) => ({
    requirementId,
    days: intervals.map(({ fromDay, toDay, standing, dueDay, unitId }) => ({
      ...{ fromDay, toDay, standing, dueDay, unitId },
    })),
  }));

describe('merging and undoing it', () => {
  ownWorld();
  before(() => void onNudge(() => undefined));
  beforeEach(async () => {
    organisation = await employer();
    units = [await unit(organisation, 'Oslo'), await unit(organisation, 'Rome')];
    await required(organisation.id, inDays(-1_000), { renewal: { kind: 'once' } });
    const rule = {
      audience: { units: [units[0] ?? ''], jobs: [], tags: ['night'], hiredSince: null, holds: null },
    };
    await required(organisation.id, inDays(-600), rule);
  });

  it('leaves everybody standing as before on every day, days later too, and merged again as when merged first', async () => {
    for (let n = 0; n < 12; n++) {
      const [kept, closed] = [await somebody(), await somebody()];
      const before = [await standings(kept), await standings(closed)];
      const first = await merged(await twoMembers(kept, closed), byOperator(noon(TODAY)));
      const together = await standings(kept);
      const by = { actorId: null, now: noon(inDays(9)) };
      expect(await undoMerge(first, 'asked', by)).to.equal('undone');
      expect([await standings(kept), await standings(closed)]).to.deep.equal(before);
      const second = await merged(await twoMembers(kept, closed), byOperator(noon(inDays(9))));
      expect(await standings(kept)).to.deep.equal(together);
      expect(await undoMerge(second, 'objection', by)).to.equal('undone');
      expect([await standings(kept), await standings(closed)]).to.deep.equal(before);
    }
  });

  it('requires nothing of the closed entry any more, and counts what it completed for the other', async () => {
    const home = { unitId: units[1] ?? '', job: null };
    const [kept, closed] = [await member(organisation, { home }), await member(organisation, { home })];
    await inTransaction(() =>
      insert(Credit, {
        ...{ id: newId(), organisationId: organisation.id, membershipId: closed, courseSlug: 'basics' },
        ...{ completedOn: inDays(-30), source: 'session', sourceId: newId(), recordedAt: noon(inDays(-30)) },
      }),
    );
    await merged(await twoMembers(kept, closed), byOperator(noon(TODAY)));
    const on = async (membershipId: string) =>
      (await standings(membershipId))[0]?.days.find(
        ({ fromDay, toDay }) => fromDay <= TODAY && (toDay === null || toDay > TODAY),
      )?.standing;
    expect(await on(kept)).to.equal('current');
    expect((await on(closed)) ?? 'not-required').to.equal('not-required');
  });
});
