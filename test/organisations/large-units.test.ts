import { expect } from 'chai';
import { database } from '../../server/db/connect.js';
import type { Param } from '../../server/db/lanes.js';
import { columns, sql, type Sql } from '../../server/db/sql.js';
import { inTransaction } from '../../server/db/transaction.js';
import { newId } from '../../server/lib/ids.js';
import { insertMany } from '../../server/organisations/many-rows.js';
import { findMembers, memberLists } from '../../server/organisations/people/find-members.js';
import { visibleRows, visibleTo } from '../../server/organisations/reach.js';
import { Membership, MemberWord, Placement } from '../../server/organisations/tables.js';
import type { Actor } from '../../server/policy.js';
import { unitIn } from '../support/organisations.js';
import { otherOrganisation } from '../support/roles.js';
import { rows } from '../support/rows.js';
import { ownWorld } from '../support/world.js';

/** So many that the people of a unit in which nearly all of them work are asked for one by one. */
const PEOPLE = 120;

describe('the reach of who manages a large unit', () => {
  ownWorld();
  let organisation: string;
  let [large, small] = ['', ''];

  before(async () => {
    organisation = await otherOrganisation();
    [large, small] = [await unitIn(organisation), await unitIn(organisation)];
    await inTransaction(() => fill());
  });

  const cases: [string, () => string, RegExp, RegExp][] = [
    [
      'of most people asks each row of a list',
      () => large,
      /CORRELATED/,
      /placements_(membership|person) on placements/,
    ],
    ['of few gathers its people first', () => small, /LIST SUBQUERY/, /placements_\w+ on placements/],
  ];
  for (const [who, unit, onSqlite, onPostgres] of cases) {
    it(who, async () => {
      const expected = database().dialect === 'sqlite' ? onSqlite : onPostgres;
      for (const limited of [visibleTo, visibleRows]) {
        const { condition, params } = await limited(manager(unit()), { alias: sql`m`, first: 2 });
        expect(await planOf(listOf(condition), [organisation, ...params])).to.match(expected);
      }
    });
  }

  it('begins a list of few with them, and never walks through all names to find them', async () => {
    const { few } = await visibleTo(manager(small), { alias: sql`m`, first: 1 });
    expect(few?.text).to.include('placements');
    expect((await visibleTo(manager(large), { alias: sql`m`, first: 1 })).few).to.equal(null);
  });

  it('lists the same people either way, each once', async () => {
    const listed = async (unit: string, query = '') => {
      const asked = { organisationId: organisation, query, after: '', limit: PEOPLE * 2 };
      return (await findMembers(manager(unit), asked)).map(({ sortName }) => sortName);
    };
    expect(await listed(large)).to.deep.equal(names(PEOPLE - 5));
    expect(await listed(small)).to.deep.equal(names(PEOPLE).slice(-5));
    expect((await listed(large, 'person 01')).sort()).to.deep.equal(names(20).slice(10));
    expect((await listed(small, 'person 11')).sort()).to.deep.equal(names(PEOPLE).slice(-5));
    expect(await listed(large, 'person 119')).to.deep.equal([]);
  });

  it('looks for a word in its index from where the list goes on, and never reads all words or all people', async () => {
    const isSqlite = database().dialect === 'sqlite';
    const asked = { organisationId: organisation, query: 'person 11', after: '', limit: 50 };
    for (const unit of [large, small]) {
      const lists = await memberLists(manager(unit), asked);
      expect(lists).to.have.length(3);
      for (const [at, list] of lists.entries()) {
        const { query, params } = await list(50);
        const plan = await planOf(query, params);
        expect(plan).to.match((isSqlite ? ON_SQLITE : ON_POSTGRES)[at === 2 ? 'word' : 'name']);
        expect(plan).to.not.match(/Seq Scan|"SCAN (member_words|m\b)/);
      }
    }
  });

  it('asks everybody in indexes alone: only of those on the page a row is read', async () => {
    const [list] = await memberLists(manager(large), {
      ...{ organisationId: organisation, query: '', after: '', limit: 50 },
    });
    const { query, params } = (await list?.(50)) ?? { query: sql``, params: [] };
    const [walk] = (await planOf(query, params)).split('SCAN f');
    const isSqlite = database().dialect === 'sqlite';
    for (const index of ['memberships_names', 'placements_person'])
      expect(walk).to.include(isSqlite ? `USING COVERING INDEX ${index}` : `${index} on`);
    expect(walk).to.not.match(/USING INDEX|Seq Scan/);
  });

  it('goes on from page to page, first by names that begin with what was typed, and leaves nobody out', async () => {
    await odds(['zed 11x person', 'person zed 11y']);
    const paged = async (query: string, limit: number) => {
      const found: { id: string; sortName: string; next: string }[] = [];
      for (let after = ''; ;) {
        const asked = { organisationId: organisation, query, after, limit };
        const page = await findMembers({ ...manager(large), isAdministrator: true }, asked);
        found.push(...page);
        if (page.length < limit) return found.map(({ sortName }) => sortName);
        after = page.at(-1)?.next ?? '';
      }
    };
    const named = names(PEOPLE).filter(name => name.startsWith('person 11'));
    const all = [...named, 'person zed 11y', 'zed 11x person'];
    for (const query of ['person 11', '11 person']) {
      for (const limit of [1, 3, 10, 11, 50]) {
        const found = await paged(query, limit);
        expect(found.slice(0, 10), `${query}, ${limit} a page`).to.deep.equal(named);
        expect(found.sort(), `${query}, ${limit} a page`).to.deep.equal(all);
      }
    }
    expect(await paged('11 zed person', 2)).to.have.members(['person zed 11y', 'zed 11x person']);
    expect(await paged('zed 11x', 2)).to.deep.equal(['zed 11x person']);
  });

  const manager = (unitId: string): Actor => ({
    ...{ id: newId(), name: 'Luc Moreau', isAdministrator: false, memberships: [] },
    grants: [{ organisationId: organisation, role: 'manager', unitId }],
  });

  /** People with these names, in no unit. Returns their ids. */
  async function odds(sortNames: readonly string[]): Promise<string[]> {
    const people = sortNames.map(sortName => ({
      id: newId(),
      organisationId: organisation,
      sortName,
      createdAt: 1,
    }));
    await inTransaction(async () => {
      await insertMany(Membership, people);
      await insertMany(MemberWord, people.flatMap(wordsOf));
    });
    return people.map(({ id }) => id);
  }

  const wordsOf = ({ id: membershipId, sortName }: { id: string; sortName: string }) =>
    sortName.split(' ').map(word => ({ organisationId: organisation, word, membershipId }));

  /** All but five work in the large unit, twice over: today's placement and a further one. */
  async function fill(): Promise<void> {
    const people = names(PEOPLE).map(sortName => ({
      id: newId(),
      organisationId: organisation,
      sortName,
      createdAt: 1,
    }));
    await insertMany(Membership, people);
    await insertMany(MemberWord, people.flatMap(wordsOf));
    const places = people.flatMap(({ id: membershipId }, at) => {
      const unitId = at < PEOPLE - 5 ? large : small;
      const of = { membershipId, organisationId: organisation, unitId, hasReach: true };
      return [true, false].map(isHome => ({
        id: newId(),
        ...of,
        isHome,
        fromDay: '2026-01-01',
        recordedAt: 1,
      }));
    });
    await insertMany(Placement, places);
  }
});

/** Where each kind of list is looked up, from where it goes on. */
const ON_SQLITE = {
  name: /\(organisation_id=\? AND \(sort_name,id\)>\(\?,\?\) AND sort_name</,
  word: /\(organisation_id=\? AND \(word,membership_id\)>\(\?,\?\) AND word</,
};
const ON_POSTGRES = { name: /memberships_names on memberships/, word: /member_words_pkey on member_words/ };

const names = (count: number) =>
  Array.from({ length: count }, (_, at) => `person ${String(at).padStart(3, '0')}`);

const listOf = (condition: Sql) =>
  sql`select ${columns(Membership, 'm', 'id')} from ${Membership} m where m.organisation_id = $1 and ${condition}
    order by m.sort_name, m.id limit 50`;

/** The plan, as the database words it. PostgreSQL is kept from what it prefers for as few people as a test has. */
const planOf = ({ text }: Sql, params: readonly Param[]): Promise<string> =>
  inTransaction(async () => {
    const isSqlite = database().dialect === 'sqlite';
    for (const way of isSqlite ? [] : ['seqscan', 'bitmapscan', 'sort', 'hashjoin', 'mergejoin'])
      await rows(`set local enable_${way} = off`);
    return JSON.stringify(await rows(`explain ${isSqlite ? 'query plan ' : ''}${text}`, params));
  });
