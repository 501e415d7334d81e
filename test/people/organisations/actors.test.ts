import { expect } from 'chai';
import { recentActors } from '../../../server/people/accounts/people.js';
import { newId } from '../../../server/platform/lib/ids.js';
import { loadActor } from '../../../server/people/organisations/actors.js';
import { person, type Person } from '../../support/people.js';
import { appoint, dismiss, otherOrganisation } from '../../support/roles.js';
import { row, write } from '../../support/rows.js';
import { ownWorld } from '../../support/world.js';

/** Noon in UTC; in Auckland the next day has begun. */
const NOON = Date.parse('2026-12-31T12:00:00Z');

describe('the grants of a person', () => {
  ownWorld();

  it('count from their first day until the day on which they end', async () => {
    const ada = await person();
    const organisation = await otherOrganisation();
    await grant(ada, organisation, ['2027-01-01', '2027-01-03']);
    const days = ['2026-12-31', '2027-01-01', '2027-01-02', '2027-01-03'];
    expect(await Promise.all(days.map(day => countsAt(ada, `${day}T12:00:00Z`)))).to.deep.equal([
      false,
      true,
      true,
      false,
    ]);
  });

  it('begin with the day of their organisation, not with ours', async () => {
    const [ada, ben] = [await person(), await person()];
    const [here, there] = [await otherOrganisation(), await otherOrganisation()];
    await write(`update organisations set time_zone = 'Pacific/Auckland' where id = $1`, [there]);
    await grant(ada, here, ['2027-01-01', null]);
    await grant(ben, there, ['2027-01-01', null]);
    expect((await loadActor(ada.id, NOON))?.grants).to.deep.equal([]);
    expect((await loadActor(ben.id, NOON))?.grants).to.deep.equal([
      { organisationId: there, role: 'manager', unitId: null },
    ]);
  });

  it('name the unit to which they are limited', async () => {
    const ada = await person();
    const [organisation, unit] = [await otherOrganisation(), newId()];
    await appoint(ada, 'manager', organisation, unit);
    expect((await loadActor(ada.id, NOON))?.grants).to.deep.equal([
      { organisationId: organisation, role: 'manager', unitId: unit },
    ]);
  });

  it('do not count once they are ended, or once the person has left', async () => {
    const [ada, ben] = [await person(), await person()];
    await appoint(ada, 'manager');
    await appoint(ben, 'administrator');
    await write(`update memberships set employment = 'left' where user_id = $1`, [ben.id]);
    recentActors().remove(ben.id);
    await dismiss(ada);
    expect((await loadActor(ada.id, NOON))?.grants).to.deep.equal([]);
    expect((await loadActor(ben.id, NOON))?.grants).to.deep.equal([]);
  });

  it('ask for a second factor from the first of the last twelve months on, which has ended or not', async () => {
    const [ada, day] = [await person(), 86_400_000];
    const organisation = await otherOrganisation();
    const askedFrom = async () => {
      recentActors().remove(ada.id);
      return ((await loadActor(ada.id, NOON))?.factorAskedFrom ?? 0) - NOON;
    };
    await write('update users set created_at = 1 where id = $1', [ada.id]);
    const given = (role: string, from: number, ended: number | null) =>
      write(
        `insert into role_grants (id, organisation_id, user_id, role, from_day, granted_at, ended_at)
         values ($1, $2, $3, $4, '2025-01-01', $5, $6)`,
        [newId(), organisation, ada.id, role, NOON + from * day, ended === null ? null : NOON + ended * day],
      );
    await given('manager', -1, null);
    expect(await askedFrom()).to.equal(-day);
    await given('manager', -20, -2);
    expect(await askedFrom(), 'ended and given again').to.equal(-20 * day);
    await given('instructor', -40, -2);
    await given('administrator', -500, -366);
    expect(await askedFrom(), 'long past, or harmless').to.equal(-20 * day);
    expect((await loadActor(ada.id, NOON))?.grants).to.have.length(1);
  });

  it('have one of the known roles; the database refuses others', async () => {
    const refusal = await appoint(await person(), 'emperor' as 'manager').catch((fault: unknown) => fault);
    expect(refusal).to.be.instanceOf(Error);
    expect(await row('select 1 as one from role_grants where role = $1', ['emperor'])).to.equal(null);
  });
});

async function countsAt(somebody: Person, moment: string): Promise<boolean> {
  recentActors().remove(somebody.id);
  return (await loadActor(somebody.id, Date.parse(moment)))?.grants.length === 1;
}

async function grant({ id }: Person, organisation: string, [from, until]: [string, string | null]) {
  await write(
    `insert into role_grants (id, organisation_id, user_id, role, from_day, until_day, granted_at)
     values ($1, $2, $3, 'manager', $4, $5, 1)`,
    [newId(), organisation, id, from, until],
  );
}
