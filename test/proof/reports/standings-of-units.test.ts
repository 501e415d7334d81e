import { expect } from 'chai';
import { inTransaction } from '../../../server/platform/db/transaction.js';
import { newId } from '../../../server/platform/lib/ids.js';
import { insertMany } from '../../../server/people/organisations/many-rows.js';
import type { OrganisationFacts } from '../../../server/people/organisations/memberships.js';
import { refreshUnitMembers } from '../../../server/people/organisations/people/unit-members.js';
import { Membership, Placement } from '../../../server/people/organisations/tables.js';
import type { Actor } from '../../../server/policy.js';
import type { AskedStandings } from '../../../server/proof/reports/asked-intervals.js';
import { peopleStanding } from '../../../server/proof/reports/find-standings.js';
import { askedBy, type Shown } from '../../../server/proof/reports/standing-filters.js';
import {
  Assignment,
  Requirement,
  StandingCount,
  StandingInterval,
} from '../../../server/proof/requirements/tables.js';
import { employer, TODAY, unit } from '../../support/organisations.js';
import { ownWorld } from '../../support/world.js';

/** So many that those of a unit in which nearly all of them work are asked one by one. */
const PEOPLE = 120;

describe('the list of how the people of a unit stand', () => {
  ownWorld();
  let organisation: OrganisationFacts;
  const requirementId = newId();
  let [large, small] = ['', ''];
  const people = Array.from({ length: PEOPLE }, (_, at) => ({ id: newId(), at, name: `person ${100 + at}` }));
  const standingOf = (at: number) => (at === 10 ? 'gap' : at % 3 === 1 ? 'overdue' : 'current');
  const worksIn = (at: number) => (at % 20 === 7 ? small : large);

  before(async () => {
    organisation = await employer();
    [large, small] = [await unit(organisation, 'Large'), await unit(organisation, 'Small')];
    await inTransaction(fill);
  });

  const cases: [string, () => string[] | null, number[]][] = [
    ['all of the organisation', () => null, people.map(({ at }) => at)],
    ['many', () => [large], people.flatMap(({ at }) => (at % 20 === 7 ? [] : at))],
    ['few', () => [small], [7, 27, 47, 67, 87, 107]],
    ['both', () => [large, small], people.map(({ at }) => at)],
  ];
  for (const [who, units, all] of cases)
    it(`is the same however it is read, of ${who} who work there, and goes on from page to page`, async () => {
      const stand = all.filter(at => at % 3 !== 0);
      const overdue = stand.filter(at => standingOf(at) === 'overdue');
      const gaps = all.filter(at => standingOf(at) === 'gap');
      const of = { unitIds: units(), tops: units() };
      for (const isCounted of [true, false]) {
        expect(await listed({ ...of, isCounted }, null)).to.deep.equal(stand);
        expect(await listed({ ...of, isCounted }, 'overdue')).to.deep.equal(overdue);
        // Of whom too few are counted to ask everybody.
        expect(await listed({ ...of, isCounted }, 'gap')).to.deep.equal(gaps);
      }
    });

  async function listed(of: Pick<AskedStandings, 'unitIds' | 'tops' | 'isCounted'>, shown: Shown | null) {
    const asked: AskedStandings = {
      ...{ organisationId: organisation.id, requirementIds: [requirementId], day: TODAY, saidAt: null },
      ...{ ...of, ...askedBy(shown, TODAY) },
    };
    const found: string[] = [];
    for (let after = ''; ;) {
      const part = await peopleStanding(READER, asked, { after, limit: 4 });
      found.push(...part.map(({ id }) => id));
      if (part.length < 4) return found.map(id => people.find(each => each.id === id)?.at);
      after = part.at(-1)?.next ?? '';
    }
  }

  /** Of three people one stands with nothing, one is overdue, one is current; of all of them one is a gap. */
  async function fill() {
    const of = { organisationId: organisation.id };
    await insertMany(Requirement, [{ id: requirementId, ...of, createdAt: 1 }]);
    const since = { fromDay: '2026-01-01', recordedAt: 1 };
    await insertMany(
      Membership,
      people.map(({ id, name }) => ({ id, ...of, sortName: name, createdAt: 1 })),
    );
    await insertMany(
      Placement,
      people.map(({ id: membershipId, at }) => ({
        ...{ id: newId(), membershipId, ...of, unitId: worksIn(at), hasReach: true, isHome: true, ...since },
      })),
    );
    await refreshUnitMembers(
      people.map(({ id }) => id),
      () => Promise.resolve(),
    );
    const standing = people
      .filter(({ at }) => at % 3 !== 0)
      .map(each => ({ ...each, assignmentId: newId() }));
    await insertMany(
      Assignment,
      standing.map(({ id: membershipId, assignmentId: id }) => ({
        id,
        requirementId,
        membershipId,
        ...of,
        createdAt: 1,
      })),
    );
    await insertMany(
      StandingInterval,
      standing.map(({ id: membershipId, at, assignmentId }) => ({
        ...{ id: newId(), ...of, requirementId, assignmentId, membershipId, unitId: worksIn(at) },
        ...{ standing: standingOf(at), because: '{}', ...since },
      })),
    );
    await insertMany(
      StandingCount,
      ['', large, small].flatMap(unitId =>
        (['overdue', 'current', 'gap'] as const).map(each => {
          const own = standing.filter(({ at }) => unitId === '' || worksIn(at) === unitId);
          const stands = own.filter(({ at }) => standingOf(at) === each);
          return { requirementId, unitId, standing: each, ...of, people: stands.length };
        }),
      ),
    );
  }
});

const READER: Actor = { id: newId(), name: 'Dina Aziz', isAdministrator: true, memberships: [], grants: [] };
