import { expect } from 'chai';
import { rows } from '../../../server/platform/db/rows.js';
import { columns, sql } from '../../../server/platform/db/sql.js';
import { loadActor } from '../../../server/people/organisations/actors.js';
import {
  placed,
  placedAll,
  placedMember,
  visibleRows,
  visibleTo,
} from '../../../server/people/organisations/reach.js';
import { Membership } from '../../../server/people/organisations/tables.js';
import { can, type Actor } from '../../../server/policy.js';
import { person, type Person } from '../../support/people.js';
import { placeIn, unitIn } from '../../support/organisations.js';
import { appoint, otherOrganisation } from '../../support/roles.js';
import { write } from '../../support/rows.js';
import { ownWorld } from '../../support/world.js';

describe('the reach of a manager', () => {
  ownWorld();
  let organisation: string;
  let units: Record<'europe' | 'lyon' | 'oslo', string>;
  let people: Record<'inEurope' | 'inLyon' | 'inOslo' | 'abroad', Person>;

  before(async () => {
    organisation = await otherOrganisation();
    const europe = await unitIn(organisation);
    units = { europe, lyon: await unitIn(organisation, europe), oslo: await unitIn(organisation) };
    const abroad = await unitIn(await otherOrganisation());
    people = {
      inEurope: await placedPerson(europe),
      inLyon: await placedPerson(units.lyon),
      inOslo: await placedPerson(units.oslo),
      abroad: await placedPerson(abroad),
    };
  });

  const cases: [string, (manager: Person) => Promise<void>, string[]][] = [
    ['of nobody', () => Promise.resolve(), []],
    [
      'of a region',
      manager => appoint(manager, 'manager', organisation, units.europe),
      ['inEurope', 'inLyon'],
    ],
    ['of a base', manager => appoint(manager, 'manager', organisation, units.lyon), ['inLyon']],
    [
      'of two bases',
      async manager => {
        await appoint(manager, 'manager', organisation, units.lyon);
        await appoint(manager, 'manager', organisation, units.oslo);
      },
      ['inLyon', 'inOslo'],
    ],
    [
      'of an organisation',
      manager => appoint(manager, 'manager', organisation),
      ['inEurope', 'inLyon', 'inOslo'],
    ],
    [
      'who administers an organisation',
      manager => appoint(manager, 'administrator', organisation),
      ['inEurope', 'inLyon', 'inOslo'],
    ],
    ['who only audits', manager => appoint(manager, 'auditor', organisation), []],
    ['who only teaches', manager => appoint(manager, 'instructor', organisation, units.lyon), []],
  ];

  for (const [who, make, expected] of cases) {
    it(`${who}: ${expected.join(', ') || 'nobody'}`, async () => {
      const manager = await person();
      await make(manager);
      const actor = await actorOf(manager);
      expect(await listed(actor)).to.have.members(expected);
      expect(await seenSingly(actor)).to.have.members(expected);
    });
  }

  it('of an administrator of the installation: everybody', async () => {
    const actor = await actorOf(await person({ isAdministrator: true }));
    expect(await listed(actor)).to.have.members(Object.keys(people));
    expect(await seenSingly(actor)).to.have.members(Object.keys(people));
  });

  it('ends once a person works elsewhere', async () => {
    const [manager, mover] = [await person(), await placedPerson(units.oslo)];
    await appoint(manager, 'manager', organisation, units.oslo);
    const sees = async () => {
      const thing = await placed(await actorOf(manager), { userId: mover.id, organisationId: organisation });
      return can(await actorOf(manager), 'person.see', thing ?? { userId: '', organisationId: '' });
    };
    expect(await sees()).to.equal(true);
    await write('update placements set has_reach = $1 where unit_id = $2 and membership_id = $3', [
      false,
      units.oslo,
      await placeIn(mover, units.lyon),
    ]);
    expect(await sees()).to.equal(false);
  });

  it('includes people who have no account yet', async () => {
    const [manager, other] = [await person(), await placedPerson(units.oslo)];
    await appoint(manager, 'manager', organisation, units.lyon);
    const membership = { id: await placeIn(other, units.lyon), organisationId: organisation, userId: null };
    await write('update memberships set user_id = null where id = $1', [membership.id]);
    const seen = await placedMember(await actorOf(manager), membership);
    expect(seen).to.deep.equal({ ...membership, units: [units.lyon] });
    expect(can(await actorOf(manager), 'person.see', seen ?? membership)).to.equal(true);
    expect(await placedMember(await actorOf(manager), null)).to.equal(null);
  });

  const named = (ids: readonly (string | null)[]): string[] =>
    Object.entries(people).flatMap(([name, { id }]) => (ids.includes(id) ? name : []));

  /** Both conditions, which must agree, behind a parameter of the statement's own. */
  async function listed(actor: Actor): Promise<string[]> {
    const into = { alias: sql`m`, first: 2 };
    const found = await Promise.all(
      [visibleTo, visibleRows].map(async limited => {
        const { condition, params } = await limited(actor, into);
        return rows(
          sql`select ${columns(Membership, 'm', 'userId')} from ${Membership} m where m.employment = $1 and ${condition}`,
          ['active', ...params],
        );
      }),
    );
    const [one = [], other = []] = found.map(each => each.map(({ userId }) => userId));
    expect(one).to.have.members(other);
    return named(one);
  }

  async function seenSingly(actor: Actor): Promise<string[]> {
    const things = Object.entries(people).map(([name, { id }]) => ({
      userId: id,
      organisationId: name === 'abroad' ? '' : organisation,
    }));
    const all = await placedAll(actor, things);
    return named(all.filter(thing => can(actor, 'person.see', thing)).map(({ userId }) => userId));
  }
});

async function placedPerson(unit: string): Promise<Person> {
  const somebody = await person();
  await placeIn(somebody, unit);
  return somebody;
}

async function actorOf({ id }: Person): Promise<Actor> {
  const actor = await loadActor(id, Date.now());
  if (!actor) throw new Error('This person is gone');
  return actor;
}
