import { expect } from 'chai';
import { database } from '../../../../server/platform/db/connect.js';
import type { Param } from '../../../../server/platform/db/lanes.js';
import { columns, sql, type Sql } from '../../../../server/platform/db/sql.js';
import { inTransaction } from '../../../../server/platform/db/transaction.js';
import { newId } from '../../../../server/platform/lib/ids.js';
import { insertMany } from '../../../../server/people/organisations/many-rows.js';
import { findMembers, memberLists } from '../../../../server/people/organisations/people/find-members.js';
import { nextByName } from '../../../../server/people/organisations/people/next-by-name.js';
import { refreshUnitMembers } from '../../../../server/people/organisations/people/unit-members.js';
import { visibleRows, visibleTo } from '../../../../server/people/organisations/reach.js';
import {
  Membership,
  MemberWord,
  Placement,
  UnitMember,
} from '../../../../server/people/organisations/tables.js';
import type { Actor } from '../../../../server/policy.js';
import { unitIn } from '../../../support/organisations.js';
import { otherOrganisation } from '../../../support/roles.js';
import { rows } from '../../../support/rows.js';
import { ownWorld } from '../../../support/world.js';
import { onSqliteOnly } from '../../../support/dialect.js';

const PEOPLE = 120;
/** More than are gathered: they are seen from a unit in which none of the people works. */
const CROWD = 5_000;

describe('a list of people in the order of names', () => {
  ownWorld();
  let organisation: string;
  let [large, small, crowded] = ['', '', ''];

  before(async () => {
    organisation = await otherOrganisation();
    [large, small, crowded] = [
      await unitIn(organisation),
      await unitIn(organisation),
      await unitIn(organisation),
    ];
    await inTransaction(() => fill());
  });

  it('has the people of each unit of its reader, each once', async () => {
    const listed = async (units: string[], query = '') =>
      (await findMembers(manager(...units), { ...everybody(), query, limit: PEOPLE * 2 })).map(
        ({ sortName }) => sortName,
      );
    expect(await listed([large])).to.deep.equal(names(PEOPLE - 5));
    expect(await listed([small])).to.deep.equal(names(PEOPLE).slice(-5));
    expect(await listed([large, small])).to.deep.equal(names(PEOPLE));
    expect(await listed([large, large, small], 'person 11')).to.deep.equal(names(PEOPLE).slice(110));
    expect(await listed([large], 'person 01')).to.deep.equal(names(20).slice(10));
    expect(await listed([large], 'person 119')).to.deep.equal([]);
    expect(await listed([])).to.deep.equal([]);
  });

  it('is the same for whoever manages more units than are read one after the other', async () => {
    const asked = { ...everybody(), limit: PEOPLE * 2 };
    const found = await findMembers(manager(small, ...Array.from({ length: 600 }, () => large)), asked);
    expect(found.map(({ sortName }) => sortName)).to.deep.equal(names(PEOPLE));
  });

  it('has nobody of a unit of another organisation, nor of a chosen one that somebody else manages', async () => {
    const other = await unitIn(await otherOrganisation());
    expect(await findMembers(manager(other), everybody())).to.deep.equal([]);
    const asked = { ...walk(), units: [large, small] };
    const { people, params } = await nextByName(manager(small), asked);
    expect(await rows(people.text, params)).to.have.length(5);
  });

  it('goes on from page to page, first by names that begin with what was typed, and leaves nobody out', async () => {
    await odds(['zed 11x person', 'person zed 11y']);
    const paged = async (actor: Actor, query: string, limit: number) => {
      const found: { sortName: string; next: string }[] = [];
      for (let after = ''; ;) {
        const page = await findMembers(actor, { organisationId: organisation, query, after, limit });
        found.push(...page);
        if (page.length < limit) return found.map(({ sortName }) => sortName);
        after = page.at(-1)?.next ?? '';
      }
    };
    const named = names(PEOPLE).filter(name => name.startsWith('person 11'));
    const all = [...named, 'person zed 11y', 'zed 11x person'];
    const administrator = { ...manager(), isAdministrator: true };
    for (const limit of [1, 3, 10, 11, 50]) {
      for (const query of ['person 11', '11 person']) {
        const found = await paged(administrator, query, limit);
        expect(found.slice(0, 10), `${query}, ${limit} a page`).to.deep.equal(named);
        expect(found.sort(), `${query}, ${limit} a page`).to.deep.equal(all);
      }
      expect(await paged(manager(large, small), '', limit), `${limit} a page`).to.deep.equal(names(PEOPLE));
      expect(await paged(administrator, 'zed', limit), `${limit} a page`).to.deep.equal([
        'zed 11x person',
        'person zed 11y',
      ]);
    }
    expect(await paged(administrator, '11 zed person', 2)).to.have.members([
      'person zed 11y',
      'zed 11x person',
    ]);
    expect(await paged(administrator, 'zed 11x', 2)).to.deep.equal(['zed 11x person']);
  });

  it('is read from where it goes on, in the unit or in the organisation, and never sorted', async () => {
    const isSqlite = database().dialect === 'sqlite';
    const after = isSqlite
      ? /=\? AND \(sort_name,(membership_)?id\)>\(\?,\?\) AND sort_name</
      : /Index Cond[^"]*sort_name >=/;
    for (const [reader, index] of [
      [manager(crowded), isSqlite ? 'sqlite_autoindex_unit_members_1' : 'unit_members_pkey'],
      [manager(small), isSqlite ? 'sqlite_autoindex_unit_members_1' : 'unit_members_pkey'],
      [{ ...manager(), isAdministrator: true }, 'memberships_names'],
    ] as const) {
      const { people, params } = await nextByName(reader, walk());
      const plan = await planOf(people, params);
      expect(plan).to.include(index);
      expect(plan).to.match(after);
      expect(plan).to.not.match(/Seq Scan|SCAN [a-z]\b|TEMP B-TREE|"Sort\b/);
    }
  });

  onSqliteOnly.it('of units is read unit by unit, each from where it goes on', async () => {
    const { people, params } = await nextByName(manager(large, small), walk());
    const plan = await planOf(people, params);
    expect(plan.match(/unit_members_1 \(ancestor_id=\? AND \(sort_name,membership_id\)>/g)).to.have.length(2);
    expect(plan).to.not.match(/"SCAN [mnpa]\b|LIST SUBQUERY/);
  });

  it('of words is looked up from where it goes on, by the word or by the few people, and never reads all words or all people', async () => {
    const isSqlite = database().dialect === 'sqlite';
    const asked = { ...everybody(), query: 'person 11' };
    for (const unit of [crowded, small]) {
      const lists = await memberLists(manager(unit), asked);
      expect(lists).to.have.length(3);
      for (const [at, list] of lists.entries()) {
        const { query, params } = await list(50);
        const plan = await planOf(query, params);
        if (at === 2) expect(plan).to.match(isSqlite ? WORD_ON_SQLITE : /member_words_pkey on member_words/);
        expect(plan).to.not.match(/Seq Scan|"SCAN (member_words|m\b)/);
      }
    }
  });

  it('gathers those of few, and asks each row for those of many', async () => {
    const isSqlite = database().dialect === 'sqlite';
    for (const limited of [visibleTo, visibleRows])
      for (const [unit, way] of [
        [
          small,
          isSqlite ? /LIST SUBQUERY|unit_members_1 \(ancestor_id=\?\)/ : /unit_members_pkey on unit_members/,
        ],
        [crowded, /placements_(membership|person)/],
      ] as const) {
        const { condition, params } = await limited(manager(unit), { alias: sql`m`, first: 2 });
        expect(await planOf(listOf(condition), [organisation, ...params])).to.match(way);
      }
    expect((await visibleTo(manager(crowded), { alias: sql`m`, first: 1 })).few).to.equal(null);
    expect((await visibleTo(manager(small), { alias: sql`m`, first: 1 })).few).to.not.equal(null);
  });

  const everybody = () => ({ organisationId: organisation, query: '', after: '', limit: 50 });
  const walk = () => ({
    ...{
      organisationId: organisation,
      units: null,
      after: { name: 'person', id: '' },
      before: 'q',
      limit: 50,
    },
    ...{ also: sql`m.merged_into is null`, params: [] },
  });

  const manager = (...unitIds: string[]): Actor => ({
    ...{ id: newId(), name: 'Luc Moreau', isAdministrator: false, memberships: [] },
    grants: unitIds.map(unitId => ({ organisationId: organisation, role: 'manager', unitId })),
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
    const ids = await odds(names(PEOPLE));
    const places = ids.flatMap((membershipId, at) => {
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
    await refreshUnitMembers(ids, () => insertMany(Placement, places));
    const [membershipId = ''] = ids;
    const crowd = Array.from({ length: CROWD }, (_, at) => ({
      ancestorId: crowded,
      sortName: `${at}`,
      membershipId,
    }));
    await insertMany(UnitMember, crowd);
  }
});

const WORD_ON_SQLITE =
  /\(organisation_id=\? AND \(word,membership_id\)>\(\?,\?\) AND word<|member_words_member \(membership_id=\? AND word>/;

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
