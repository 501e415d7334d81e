import { expect } from 'chai';
import { inTransaction } from '../../../../server/platform/db/transaction.js';
import { newId } from '../../../../server/platform/lib/ids.js';
import { insertMany } from '../../../../server/people/organisations/many-rows.js';
import { rarestOf } from '../../../../server/people/organisations/people/asked-words.js';
import {
  findMembers,
  membersStatement,
  memberLists,
} from '../../../../server/people/organisations/people/find-members.js';
import { refreshUnitMembers } from '../../../../server/people/organisations/people/unit-members.js';
import { Membership, MemberWord, Placement } from '../../../../server/people/organisations/tables.js';
import type { Actor, Grant } from '../../../../server/policy.js';
import { unitIn } from '../../../support/organisations.js';
import { otherOrganisation } from '../../../support/roles.js';
import { rows } from '../../../support/rows.js';
import { ownWorld } from '../../../support/world.js';
import { onPostgresOnly, onSqliteOnly } from '../../../support/dialect.js';

const PEOPLE = 160;
/** More than are counted to find the rarest of some words. */
const CROWD = 2_001;
const WORDS = ['fa', 'fatima', 'fay', 'ga', 'garcia', 'gala', 'zoe', 'zuraw'];
const BEGINNINGS = ['f', 'fa', 'fat', 'g', 'gar', 'z', 'zo', 'zuraw', 'none'];

/** Somebody who may be found, by these words, by those who manage one of these units. */
interface Somebody {
  readonly id: string;
  readonly words: readonly string[];
  readonly units: readonly string[];
}

/** By chance, which repeats (`test/support/chance.ts`). */
const one = <T>(of: readonly T[]): T => of[Math.floor(Math.random() * of.length)] as T;

const personInCrowd = (_: unknown, at: number): Somebody => ({
  id: newId(),
  words: ['zy', 'zz', ...(at < 5 ? ['rare'] : [])],
  units: [],
});

describe('people found by words', () => {
  ownWorld();
  let organisation: string;
  let crowd: string;
  let [all, half, few] = ['', '', ''];
  let people: Somebody[] = [];
  const below: Record<string, string[]> = {};

  before(async () => {
    organisation = await otherOrganisation();
    all = await unitIn(organisation);
    [half, few] = [await unitIn(organisation, all), await unitIn(organisation, all)];
    Object.assign(below, { [all]: [all, half, few], [half]: [half], [few]: [few] });
    people = Array.from({ length: PEOPLE }, (_, at) => ({
      id: newId(),
      words: [...new Set(Array.from({ length: 1 + (at % 3) }, () => one(WORDS)))],
      units: at % 9 === 0 ? [few, one([half, all])] : at % 40 === 1 ? [] : [one([half, all])],
    }));
    await store(people);
    crowd = await otherOrganisation();
    await store(Array.from({ length: CROWD }, personInCrowd), crowd);
  });

  it('are the same for whoever may see them, in however many pages they come', async () => {
    for (let turn = 0; turn < 60; turn += 1) {
      const unitIds = one([null, [all], [half], [few], [half, few]]);
      const words = Array.from({ length: 1 + (turn % 3) }, () => one(BEGINNINGS));
      const limit = one([2, 7, 400]);
      const expected = people.filter(
        person =>
          words.every(asked => person.words.some(word => word.startsWith(asked))) &&
          (unitIds === null || unitIds.some(id => person.units.some(unit => below[id]?.includes(unit)))),
      );
      const ids = await paged(manager(unitIds), words.join(' '), limit);
      const asked = `"${words.join(' ')}", ${limit} a page, in ${unitIds?.map(nameOf).join() ?? 'the organisation'}`;
      expect([...ids].sort(), asked).to.deep.equal(expected.map(({ id }) => id).sort());
    }
  });

  it('are looked up by their rarest word, and the others gathered only where even that is of many', async () => {
    expect(await rarestOf(crowd, ['zy', 'zz'])).to.deep.equal({ word: 'zy', isOfMany: true });
    expect(await rarestOf(crowd, ['zz', 'ra'])).to.deep.equal({ word: 'ra', isOfMany: false });
  });

  onPostgresOnly.it(
    'are as many by the estimate of PostgreSQL as there are, also at the end of the alphabet',
    async () => {
      const asked = { organisationId: crowd, query: 'zz', after: '', limit: 50 };
      const list = (await memberLists({ ...manager(null), isAdministrator: true }, asked)).at(-1);
      const statement = await list?.(50);
      const plan = await inTransaction(async () => {
        await rows('analyze member_words');
        for (const way of ['seqscan', 'bitmapscan']) await rows(`set local enable_${way} = off`);
        return JSON.stringify(await rows(`explain ${statement?.query.text}`, statement?.params));
      });
      const estimated = Number(/member_words_pkey on member_words .*?rows=(\d+)/.exec(plan)?.[1]);
      expect(estimated).to.be.within(CROWD / 5, CROWD);
    },
  );

  onSqliteOnly.it('by the number of a certificate are not looked for among all names', async () => {
    const { query, params } = await membersStatement(
      manager(null),
      organisation,
      Array.from({ length: 20 }, newId),
    );
    const plan = JSON.stringify(await rows(`explain query plan ${query.text}`, params));
    expect(plan).to.match(/memberships_person \(organisation_id=\? AND user_id=\?\)/);
  });

  const nameOf = (unit: string) => ({ [all]: 'all', [half]: 'half', [few]: 'few' })[unit] ?? unit;

  const manager = (unitIds: readonly string[] | null): Actor => {
    const grant = (unitId: string | null): Grant => ({
      organisationId: organisation,
      role: 'manager',
      unitId,
    });
    return {
      ...{ id: newId(), name: 'Luc Moreau', isAdministrator: false, memberships: [] },
      grants: unitIds?.map(grant) ?? [grant(null)],
    };
  };

  async function paged(actor: Actor, query: string, limit: number): Promise<string[]> {
    const ids: string[] = [];
    for (let after = ''; ;) {
      const page = await findMembers(actor, { organisationId: organisation, query, after, limit });
      ids.push(...page.map(({ id }) => id));
      if (page.length < limit) return ids;
      after = page.at(-1)?.next ?? '';
    }
  }

  const store = (all: readonly Somebody[], organisationId = organisation): Promise<void> =>
    inTransaction(async () => {
      await insertMany(
        Membership,
        all.map(({ id, words }) => ({ id, organisationId, sortName: words.join(' '), createdAt: 1 })),
      );
      await insertMany(
        MemberWord,
        all.flatMap(({ id: membershipId, words }) =>
          words.map(word => ({ organisationId, word, membershipId })),
        ),
      );
      const since = { organisationId, hasReach: true, fromDay: '2026-01-01', recordedAt: 1 };
      await insertMany(
        Placement,
        all.flatMap(({ id: membershipId, units }) =>
          units.map((unitId, at) => ({ id: newId(), membershipId, unitId, isHome: at === 0, ...since })),
        ),
      );
      await refreshUnitMembers(
        all.map(({ id }) => id),
        () => Promise.resolve(),
      );
    });
});
