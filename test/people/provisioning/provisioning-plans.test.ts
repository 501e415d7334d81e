import { expect } from 'chai';
import { database } from '../../../server/platform/db/connect.js';
import type { Sql } from '../../../server/platform/db/sql.js';
import { inTransaction } from '../../../server/platform/db/transaction.js';
import { newId } from '../../../server/platform/lib/ids.js';
import { insertMany } from '../../../server/people/organisations/many-rows.js';
import { Membership, MembershipPerson } from '../../../server/people/organisations/tables.js';
import { NEXT_OPEN } from '../../../server/people/provisioning/groups/settle-groups.js';
import { peopleQueries } from '../../../server/people/provisioning/people/stored-people.js';
import { parseFilter } from '../../../server/people/provisioning/protocol/parse-filter.js';
import {
  ProvisionedGroup,
  ProvisionedGroupMember,
  ProvisionedPerson,
} from '../../../server/people/provisioning/tables.js';
import { otherOrganisation } from '../../support/roles.js';
import { rows, write } from '../../support/rows.js';
import { ownWorld } from '../../support/world.js';

/** So many that PostgreSQL would read all of them only where no index helps. */
const PEOPLE = 3_000;

describe('what a directory asks of many people', () => {
  ownWorld();
  let organisationId: string;
  before(async () => {
    organisationId = await otherOrganisation();
    const all = Array.from({ length: PEOPLE }, (_, at) => ({ id: newId(), at }));
    const since = { createdAt: 1, changedAt: 1 };
    await inTransaction(async () => {
      await insertMany(
        Membership,
        all.map(({ id, at }) => ({ id, organisationId, sortName: `person ${at}`, createdAt: 1 })),
      );
      await insertMany(
        MembershipPerson,
        all.map(({ id, at }) => ({
          ...{ membershipId: id, organisationId, name: `Person ${at}` },
          ...{ email: `p${at}@example.org`, staffNumber: `n${at}` },
        })),
      );
      await insertMany(
        ProvisionedPerson,
        all.map(({ id, at }) => ({
          ...{ id: newId(), organisationId, membershipId: id, userName: `p${at}`, externalId: `e${at}` },
          ...{ told: '{"values":{},"emails":[]}', ...since },
        })),
      );
    });
    if (database().dialect === 'postgres')
      for (const table of ['provisioned_people', 'memberships', 'membership_people'])
        await write(`analyze ${table}`);
  });

  it('is counted without reading anybody', async () => {
    const { count, params } = peopleQueries(organisationId, { filter: null, offset: 0, limit: 100 });
    expect(await planOf(count, params as readonly string[]))
      .to.include('provisioning_counts')
      .and.not.include('provisioned_people');
  });

  it('leaves the clock only what is open, however many people are in groups', async () => {
    const groupId = newId();
    const group = {
      id: groupId,
      organisationId,
      displayName: 'All',
      foldedName: 'all',
      means: 'place' as const,
    };
    const people = await rows<{ id: string }>('select id from provisioned_people');
    await inTransaction(async () => {
      await insertMany(ProvisionedGroup, [{ ...group, createdAt: 1, changedAt: 1 }]);
      await insertMany(
        ProvisionedGroupMember,
        people.map(({ id: personId }, at) => ({ groupId, personId, isOpen: at < 7 })),
      );
    });
    if (database().dialect === 'postgres') await write('analyze provisioned_group_members');
    const plan = await planOf(NEXT_OPEN, ['', '']);
    expect(plan, plan)
      .to.include('provisioned_group_members_open')
      .and.not.match(/SCAN gm|Seq Scan on provisioned_group/);
    expect(await rows(NEXT_OPEN.text, ['', ''])).to.have.length(7);
  });

  for (const [filter, index] of [
    ['userName eq "P417"', 'provisioned_people_name'],
    ['externalId eq "e417"', 'provisioned_people_external'],
    ['userName eq "p417" and active eq true', 'provisioned_people_name'],
    ['emails[type eq "work"].value eq "p417@example.org"', 'membership_people_email'],
  ] as const)
    it(`is found by an index: ${filter}`, async () => {
      const asked = { filter: parseFilter(filter), offset: 0, limit: 100 };
      const { page, count, params } = peopleQueries(organisationId, asked);
      for (const statement of [page, count]) {
        const plan = await planOf(statement, params as readonly string[]);
        expect(plan, plan).to.include(index);
      }
      expect(await rows(page.text, [...params])).to.have.length(1);
    });
});

/** In a transaction: on SQLite a connection that reads keeps what it sees as long as it explains. */
const planOf = ({ text }: Sql, params: readonly string[]): Promise<string> =>
  inTransaction(async () => {
    const explain = database().dialect === 'sqlite' ? 'explain query plan ' : 'explain ';
    return JSON.stringify(await rows<object>(`${explain}${text}`, params));
  });
