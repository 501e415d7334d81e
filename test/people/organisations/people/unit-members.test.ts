import { expect } from 'chai';
import { inTransaction } from '../../../../server/platform/db/transaction.js';
import { turnDays } from '../../../../server/people/organisations/day-turn.js';
import type { OrganisationFacts } from '../../../../server/people/organisations/memberships.js';
import { closeMember, reopenMember } from '../../../../server/people/organisations/merging/closed-members.js';
import { eraseMembers } from '../../../../server/people/organisations/people/erase-members.js';
import { indexMembershipsOf } from '../../../../server/people/organisations/people/member-words.js';
import {
  addMember,
  changeMember,
  comeBack,
  endEmployment,
  endPlacement,
  moveHome,
  placeAlso,
} from '../../../../server/people/organisations/people/members.js';
import { mergeUnits } from '../../../../server/people/organisations/units/merge-units.js';
import { closeUnit, moveUnit, openUnit } from '../../../../server/people/organisations/units/units.js';
import { employer, inDays, linked, member, noon, unit } from '../../../support/organisations.js';
import { person } from '../../../support/people.js';
import { rows, write } from '../../../support/rows.js';
import { ownWorld } from '../../../support/world.js';

/** By chance, which repeats (`test/support/chance.ts`). */
const one = <T>(of: readonly T[]): T => of[Math.floor(Math.random() * of.length)] as T;

describe('who is seen from which unit', () => {
  ownWorld();
  let organisation: OrganisationFacts;
  let units: string[] = [];
  const people: string[] = [];
  let today = 0;
  const merged: { keptId: string; closedId: string; asBefore: string }[] = [];

  before(async () => {
    organisation = await employer();
    const top = await unit(organisation, 'Top');
    const east = await unit(organisation, 'East', { below: top });
    units = [top, east, await unit(organisation, 'West', { below: top })];
    units.push(await unit(organisation, 'Far', { below: east }), await unit(organisation, 'Other'));
    await turnDays(noon(inDays(0)));
    for (let at = 0; at < 12; at += 1)
      people.push(
        await member(organisation, { name: `Person ${at}`, home: { unitId: one(units), job: null } }),
      );
    // Some have an account of another name.
    for (const id of people.slice(0, 4)) await linked(id, (await person()).id);
  });

  const by = () => ({ actorId: null, now: noon(inDays(today)) });
  const of = (membershipId = one(people)) => ({
    ...{ organisation, membershipId, fromDay: inDays(today + one([-3, 0, 0, 0, 1, 2])), ...by() },
  });
  const tree = () => ({ organisation, ...by() });
  const at = () => ({ unitId: one(units), fromDay: inDays(today + one([0, 0, 1])) });
  const post = () => ({ unitId: one(units), job: null });

  const changes: Record<string, () => Promise<unknown>> = {
    'moves home': () => moveHome(of(), post()),
    'works elsewhere as well': () => placeAlso(of(), post()),
    'ends a place': () => endPlacement(of(), one(units)),
    leaves: () => endEmployment(of()),
    'comes back': () => comeBack(of(), one([{}, { home: post() }])),
    'is renamed': () =>
      changeMember(of(), {
        person: { name: `${one(['Ada', 'Zoe'])} ${one(people)}`, email: null, staffNumber: null },
      }),
    'renames the account': async () => {
      const [found] = await rows<{ id: string }>(
        'select user_id as id from memberships where user_id is not null and organisation_id = $1 order by id limit 1',
        [organisation.id],
      );
      await write('update users set name = $1 where id = $2', [`Eve ${one(people)}`, found?.id ?? '']);
      await write('delete from membership_people where membership_id = $1', [people[0] ?? '']);
      await indexMembershipsOf(found?.id ?? '');
    },
    'is added': async () => {
      const added = {
        person: { name: 'New', email: null, staffNumber: null },
        ...one([{}, { home: post() }]),
      };
      const outcome = await addMember({ organisation, fromDay: inDays(today), ...by() }, added);
      if (outcome.kind === 'changed') people.push(outcome.membershipId);
    },
    'is merged': () =>
      inTransaction(async () => {
        const [keptId, closedId] = [one(people), one(people)];
        if (
          keptId === closedId ||
          merged.some(each => each.closedId === closedId || each.closedId === keptId)
        )
          return;
        const asBefore = await closeMember({ organisation, keptId, closedId }, by());
        merged.push({ keptId, closedId, asBefore });
      }),
    'is merged no more': () =>
      inTransaction(async () => {
        const last = merged.pop();
        if (last) await reopenMember({ organisation, ...last }, { ...last, own: [] }, by());
      }),
    'is erased': () => eraseMembers({ userId: null, membershipIds: [one(people)] }, by()),
    'moves a unit': () => moveUnit(tree(), { ...at(), parentId: one([null, ...units]) }),
    'closes a unit': () => closeUnit(tree(), at()),
    'merges units': () => mergeUnits(tree(), { ...at(), intoId: one(units) }),
    'opens a unit': async () => {
      const opened = { name: `Unit ${units.length}`, code: null, parentId: one([null, ...units]) };
      const outcome = await openUnit(tree(), { ...opened, fromDay: inDays(today) });
      if (outcome.kind === 'changed') units.push(outcome.unitId);
    },
    'turns the day': () => turnDays(noon(inDays((today += 1)))),
  };

  it('is what places, the tree and names say, whatever happens to them', async () => {
    for (let turn = 0; turn < 220; turn += 1) {
      const what = one(Object.keys(changes));
      await changes[what]?.();
      expect(await kept(), `${turn}: somebody or something ${what}`).to.deep.equal(await computed());
    }
    expect((await kept()).length).to.be.greaterThan(10);
  });

  it('is so when a place, the tree and the name of an account change at once', async () => {
    // Units that no change before has closed.
    const [west, east] = [await unit(organisation, 'New West'), await unit(organisation, 'New East')];
    const id = await member(organisation, { home: { unitId: west, job: null } });
    const account = await person();
    await linked(id, account.id);
    await write('delete from membership_people where membership_id = $1', [id]);
    const rename = (name: string) =>
      inTransaction(async () => {
        await rows('update users set name = $1 where id = $2', [name, account.id]);
        await indexMembershipsOf(account.id);
      });
    for (let turn = 0; turn < 12; turn += 1) {
      await Promise.all([
        rename(`Name ${turn}`),
        moveHome({ ...of(id), fromDay: inDays(today) }, one([{ unitId: east, job: null }, post()])),
        moveUnit(tree(), { unitId: east, parentId: one([null, ...units]), fromDay: inDays(today) }),
      ]);
      expect(await kept(), `${turn}`).to.deep.equal(await computed());
    }
  });
});

const kept = () =>
  rows(
    'select ancestor_id, sort_name, membership_id from unit_members order by ancestor_id, membership_id, sort_name',
  );

const computed = () =>
  rows(`select distinct a.ancestor_id, m.sort_name, m.id as membership_id from placements p
    join unit_ancestors a on a.unit_id = p.unit_id join memberships m on m.id = p.membership_id
    where p.has_reach order by 1, 3, 2`);
