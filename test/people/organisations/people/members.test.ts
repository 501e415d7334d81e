import { expect } from 'chai';
import { newId } from '../../../../server/platform/lib/ids.js';
import type { OrganisationFacts } from '../../../../server/people/organisations/memberships.js';
import { changeMembers } from '../../../../server/people/organisations/people/change-members.js';
import {
  addMember,
  changeMember,
  comeBack,
  endEmployment,
  moveHome,
} from '../../../../server/people/organisations/people/members.js';
import { closeUnit } from '../../../../server/people/organisations/units/units.js';
import {
  bySystem,
  employer,
  inDays,
  linked,
  member,
  memberOf,
  reasonOf,
  TODAY,
  unit,
} from '../../../support/organisations.js';
import { person } from '../../../support/people.js';
import { count, row, rows, write } from '../../../support/rows.js';
import { ownWorld } from '../../../support/world.js';
import { employmentOf, of, reachOf } from './of-members.js';

let organisation: OrganisationFacts;
let oslo: string;
let bergen: string;

describe('members', () => {
  ownWorld();
  beforeEach(async () => {
    organisation = await employer();
    oslo = await unit(organisation, 'Oslo');
    bergen = await unit(organisation, 'Bergen');
  });

  it('are added without a login, with their facts, placement and one event', async () => {
    const home = { unitId: oslo, job: 'cabin crew' };
    const id = await member(organisation, {
      staffNumber: '00417',
      hiredOn: '2019-05-01',
      tags: ['night', 'night', 'crew'],
      home,
    });
    expect(
      await row(
        'select user_id as "userId", employment, hired_on as "hiredOn" from memberships where id = $1',
        [id],
      ),
    ).to.deep.equal({
      userId: null,
      employment: 'active',
      hiredOn: '2019-05-01',
    });
    expect(
      await rows(
        'select kind, value, from_day as "from" from membership_facts where membership_id = $1 order by kind, value',
        [id],
      ),
    ).to.deep.equal([
      { kind: 'employment', value: 'active', from: '2019-05-01' },
      { kind: 'hired', value: '2019-05-01', from: '2019-05-01' },
      { kind: 'tag', value: 'crew', from: '2024-01-01' },
      { kind: 'tag', value: 'night', from: '2024-01-01' },
    ]);
    expect(await reachOf(id)).to.deep.equal([oslo]);
    expect(await count(`events where name = 'member.changed' and payload like $1`, [`%${id}%`])).to.equal(1);
  });

  it('keep a name of one letter, one of 400, and one that is written from right to left', async () => {
    for (const name of ['O', 'ن', 'א'.repeat(400), 'نورة بنت عبد الله']) {
      const id = await member(organisation, { name });
      expect(await row('select name from membership_people where membership_id = $1', [id])).to.deep.equal({
        name,
      });
    }
  });

  it('need a known unit and number also when they are new', async () => {
    await member(organisation, { staffNumber: '7' });
    const person = { name: 'Ida Moe', email: null, staffNumber: '7' };
    expect(reasonOf(await addMember({ organisation, fromDay: TODAY, ...bySystem() }, { person }))).to.equal(
      'number-taken',
    );
  });

  it('correct their names, and exchange staff numbers', async () => {
    const [one, other] = [
      await member(organisation, { staffNumber: '1' }),
      await member(organisation, { staffNumber: '2' }),
    ];
    const called = (staffNumber: string) => ({
      name: 'Ida Moe',
      email: 'ida@example.org',
      staffNumber,
    });
    expect(reasonOf(await changeMember(of(organisation, one), { person: called('2') }))).to.equal(
      'number-taken',
    );
    const both = [
      { membershipId: one, fromDay: TODAY, person: called('2') },
      { membershipId: other, fromDay: TODAY, person: called('1') },
    ];
    expect(await changeMembers(organisation, both, bySystem())).to.include({
      kind: 'changed',
    });
    expect(
      await row(
        'select name, email, staff_number as number from membership_people where membership_id = $1',
        [one],
      ),
    ).to.deep.equal({ name: 'Ida Moe', email: 'ida@example.org', number: '2' });
  });

  it('are not placed in a closed unit, an unknown one, or one of another organisation', async () => {
    const id = await member(organisation);
    await closeUnit({ organisation, ...bySystem() }, { unitId: bergen, fromDay: inDays(10) });
    const elsewhere = await unit(await employer(), 'Elsewhere');
    for (const unitId of [bergen, elsewhere, newId()])
      expect(reasonOf(await moveHome(of(organisation, id), { unitId, job: null })), unitId).to.equal(
        'unit-closed',
      );
    expect(await count('placements where membership_id = $1', [id])).to.equal(0);
  });

  it('of another organisation are unknown', async () => {
    const stranger = await member(await employer());
    expect(reasonOf(await endEmployment(of(organisation, stranger)))).to.equal('unknown');
    expect(await employmentOf(stranger)).to.equal('active');
  });

  it('lose the sessions of its door with it, and all with their last employer, whatever the open organisation holds of them', async () => {
    const { id: userId } = await person();
    const session = () => count('sessions where user_id = $1', [userId]);
    const begun = (organisationId: string | null) =>
      write(
        `insert into sessions (id_hash, user_id, organisation_id, created_at, touched_at, expires_at) values ($1, $2, $3, 1, 1, 1)`,
        [newId(), userId, organisationId],
      );
    await begun(null);
    await begun(organisation.id);
    const id = await member(organisation);
    await memberOf({ id: userId }, (await employer()).id);
    await linked(id, userId);
    await endEmployment(of(organisation, id));
    expect(await session()).to.equal(1);
    await comeBack(of(organisation, id), {});
    await write(`update memberships set employment = 'left' where user_id = $1 and id <> $2`, [userId, id]);
    await endEmployment(of(organisation, id, inDays(1)));
    expect(await session()).to.equal(1);
    await endEmployment(of(organisation, id));
    expect(await session()).to.equal(0);
  });
});
