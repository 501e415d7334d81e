import { expect } from 'chai';
import { findOrganisation } from '../../../server/people/organisations/memberships.js';
import { settleGroups } from '../../../server/people/provisioning/groups/settle-groups.js';
import { giveMeaning } from '../../../server/people/provisioning/settings/group-meaning.js';
import { findGroup } from '../../../server/people/provisioning/groups/stored-groups.js';
import { keepDirectorySettings } from '../../../server/people/provisioning/settings/directories.js';
import { linked, member, unit } from '../../support/organisations.js';
import { dina, signedIn } from '../../support/people.js';
import { count, row, rows, write } from '../../support/rows.js';
import { ownWorld } from '../../support/world.js';
import { directory, ENTERPRISE, mara, operations, OURS, type Directory } from './of-scim.js';

let its: Directory;

const organisation = async () => {
  const found = await findOrganisation(its.organisationId);
  if (!found) throw new Error('The organisation is gone');
  return found;
};

/** What the organisation holds of everybody, in the order in which they came. */
const people = () =>
  rows<{
    id: string;
    name: string;
    email: string | null;
    number: string | null;
    employment: string;
    hired: string | null;
  }>(
    `select m.id, p.name, p.email, p.staff_number as number, m.employment, m.hired_on as hired
     from memberships m join membership_people p on p.membership_id = m.id
     where m.organisation_id = $1 order by m.created_at, m.id`,
    [its.organisationId],
  );

const unitsOf = async (membershipId: string) =>
  (
    await rows<{ unit: string }>(
      `select u.name as unit from placements p join units u on u.id = p.unit_id
       where p.membership_id = $1 and p.retired_at is null and p.to_day is null order by p.is_home desc, u.name`,
      [membershipId],
    )
  ).map(each => each.unit);

const told = async () =>
  (
    await rows<{ name: string }>(
      `select name from events where organisation_id = $1
         and (name like 'member.%' or name like 'provisioning.%') order by seq`,
      [its.organisationId],
    )
  ).map(({ name }) => name);

const rolesOf = (userId: string) =>
  rows<{ role: string; unit: string | null }>(
    'select role, unit_id as unit from role_grants where user_id = $1 and ended_at is null',
    [userId],
  );

const ended = (path: string) => ({ op: 'Replace', path, value: 'False' });

describe('a directory', () => {
  ownWorld();
  beforeEach(async () => {
    its = await directory();
  });

  it('adds people without a login, by the verbs of the roster, and tells the log who did it', async () => {
    await its.add(mara({ [OURS]: { hireDate: '2019-05-01' } }));
    const [added] = await people();
    expect(added).to.include({
      ...{ name: 'Mara Lind', email: 'mara.lind@example.org', number: '00417' },
      ...{ employment: 'active', hired: '2019-05-01' },
    });
    expect(await told()).to.deep.equal(['member.changed', 'provisioning.person-added']);
    expect(await count('invitations')).to.equal(0);
    const events = await rows('select payload from events where organisation_id = $1', [its.organisationId]);
    expect(JSON.stringify(events)).not.to.include('Mara').and.not.include('00417');
  });

  it('changes only what it tells: what people put here beside it stays', async () => {
    const id = await its.add({ userName: 'mara', name: { givenName: 'Mara', familyName: 'Lind' } });
    const [{ id: membershipId } = { id: '' }] = await people();
    await write(
      `update membership_people set staff_number = '7', email = 'm@example.org' where membership_id = $1`,
      [membershipId],
    );
    await its.ask('PUT', `/Users/${id}`, {
      userName: 'mara',
      name: { givenName: 'Mia', familyName: 'Lind' },
    });
    expect((await people())[0]).to.include({ name: 'Mia Lind', number: '7', email: 'm@example.org' });
    expect((await its.ask('GET', `/Users/${id}`)).body[ENTERPRISE]).to.deep.equal({ employeeNumber: '7' });
    await its.patch(id, { op: 'remove', path: `${ENTERPRISE}:employeeNumber` });
    expect((await people())[0]).to.include({ number: null, email: 'm@example.org' });
  });

  it('says nothing twice: the same once more is no change', async () => {
    const id = await its.add(mara());
    const before = await told();
    await its.ask('PUT', `/Users/${id}`, mara());
    await its.patch(id, { op: 'Replace', path: 'active', value: 'True' });
    expect(await told()).to.deep.equal(before);
  });

  it('ends somebody and their sessions at once; what they are comes back with them', async () => {
    // Like everybody who signed up or came by a provider, she belongs to the open organisation, too.
    const ada = await signedIn();
    const id = await its.add(mara());
    const [{ id: membershipId } = { id: '' }] = await people();
    await linked(membershipId, ada.id);
    expect(await count('sessions where user_id = $1', [ada.id])).to.equal(1);
    const answer = await its.patch(id, ended('active'));
    expect(answer.body.active).to.equal(false);
    expect(await count('sessions where user_id = $1', [ada.id])).to.equal(0);
    expect((await people())[0]).to.include({ id: membershipId, employment: 'left', name: 'Mara Lind' });
    await its.patch(id, { op: 'Add', path: 'active', value: 'True' });
    expect(await people()).to.have.length(1);
    expect((await people())[0]).to.include({ id: membershipId, employment: 'active' });
  });

  it('that deletes somebody ends them, and finds them again by its own id', async () => {
    const id = await its.add({ userName: 'mara', externalId: 'e-1' });
    expect((await its.ask('DELETE', `/Users/${id}`)).status).to.equal(204);
    expect((await its.ask('GET', `/Users/${id}`)).status).to.equal(404);
    expect((await people())[0]?.employment).to.equal('left');
    const again = await its.add({ userName: 'mara-2', externalId: 'e-1' });
    expect(again).not.to.equal(id);
    expect(await people()).to.have.length(1);
    expect((await people())[0]?.employment).to.equal('active');
    await its.add({ userName: 'mara' });
    expect(await people()).to.have.length(2);
  });

  it('takes over whom the organisation knows by the staff number, and nobody who only looks alike', async () => {
    const known = await member(await organisation(), { name: 'Mara Lind', staffNumber: '00417' });
    await write(`update membership_people set email = 'mara.lind@example.org' where membership_id = $1`, [
      known,
    ]);
    const alike = mara({ userName: 'alike', externalId: 'e-2', [ENTERPRISE]: {} });
    await its.add(alike);
    expect(await people()).to.have.length(2);
    await its.add(mara());
    expect(await people()).to.have.length(2);
    expect(await count('provisioned_people where membership_id = $1', [known])).to.equal(1);
  });

  it('places people where its chosen attribute says, until they are moved here; an unknown unit is told', async () => {
    await unit(await organisation(), 'Lyon');
    await unit(await organisation(), 'Oslo', { code: 'OSL' });
    const by = { organisationId: its.organisationId, actorId: (await dina()).id, now: Date.now() };
    await keepDirectorySettings({ unitFrom: 'department', invites: false }, by);
    const id = await its.add(mara());
    const [{ id: membershipId } = { id: '' }] = await people();
    expect(await unitsOf(membershipId)).to.deep.equal(['Lyon']);
    await its.patch(id, { op: 'Replace', path: `${ENTERPRISE}:department`, value: 'osl' });
    expect(await unitsOf(membershipId)).to.deep.equal(['Oslo']);
    await its.patch(id, { op: 'Replace', path: `${ENTERPRISE}:department`, value: 'Atlantis' });
    expect(await unitsOf(membershipId)).to.deep.equal(['Oslo']);
    const last = await row<{ detail: string }>(
      'select detail from provisioning_requests where organisation_id = $1 order by id desc limit 1',
      [its.organisationId],
    );
    expect(last?.detail).to.include('Atlantis');
  });

  it('invites whoever is new where an administrator chose so, in their name', async () => {
    const { id: actorId } = await dina();
    const by = { organisationId: its.organisationId, actorId, now: Date.now() };
    await keepDirectorySettings({ unitFrom: 'none', invites: true }, by);
    await its.add(mara());
    await its.add({ userName: 'no-address' });
    await its.add(mara({ userName: 'gone', active: false, externalId: 'x', [ENTERPRISE]: {} }));
    const sent = await rows('select email, invited_by as by from invitations where organisation_id = $1', [
      its.organisationId,
    ]);
    expect(sent).to.deep.equal([{ email: 'mara.lind@example.org', by: actorId }]);
  });

  it('changes nothing while training is paused, and is told so', async () => {
    await write('update organisations set suspended_at = 1 where id = $1', [its.organisationId]);
    const answer = await its.ask('POST', '/Users', mara());
    expect(answer.status).to.equal(409);
    expect(await people()).to.deep.equal([]);
  });

  it('keeps its last fifty requests, with their faults and without what it told', async () => {
    for (let at = 0; at < 52; at += 1) await its.ask('POST', '/Users', { name: { givenName: 'Mara' } });
    const kept = await rows<{ status: number; detail: string }>(
      'select * from provisioning_requests where organisation_id = $1',
      [its.organisationId],
    );
    expect(kept).to.have.length(50);
    expect(JSON.stringify(kept)).to.include('userName').and.not.include('Mara');
  });
});

describe('a group of a directory', () => {
  ownWorld();
  beforeEach(async () => {
    its = await directory();
  });

  const group = async (...members: string[]) => {
    const body = { displayName: 'Crew', members: members.map(value => ({ value })) };
    return (await its.ask('POST', '/Groups', body)).body.id;
  };

  async function means(id: string, means: 'place' | 'manager' | null, unitId: string | null) {
    const found = await findGroup(its.organisationId, id);
    if (!found) throw new Error('No group');
    await giveMeaning(found, { means, unitId }, { actorId: (await dina()).id, now: Date.now() });
  }

  const change = (id: string, ...ops: object[]) =>
    its.ask('PATCH', `/Groups/${id}`, operations(...(ops as Record<string, unknown>[])));

  it('means nothing until somebody says what, and then a place for whoever is in it', async () => {
    const [lyon, oslo] = [await unit(await organisation(), 'Lyon'), await unit(await organisation(), 'Oslo')];
    const [one, two] = [await its.add({ userName: 'one' }), await its.add({ userName: 'two' })];
    const crew = await group(one);
    const [{ id: first } = { id: '' }, { id: second } = { id: '' }] = await people();
    expect(await unitsOf(first)).to.deep.equal([]);
    await means(crew, 'place', lyon);
    expect(await unitsOf(first)).to.deep.equal(['Lyon']);
    const further = await group(one, two);
    await means(further, 'place', oslo);
    expect([await unitsOf(first), await unitsOf(second)]).to.deep.equal([['Lyon', 'Oslo'], ['Oslo']]);
    await change(further, { op: 'Remove', path: `members[value eq "${one}"]` });
    expect(await unitsOf(first)).to.deep.equal(['Lyon']);
    expect((await its.ask('GET', `/Groups/${further}`)).body.members).to.have.length(1);
    await change(crew, { op: 'Add', path: 'members', value: [{ value: two }] });
    expect(await unitsOf(second)).to.deep.equal(['Oslo', 'Lyon']);
  });

  it('gives a role once somebody has an account, and takes away only what it gave', async () => {
    const [one, two] = [await its.add({ userName: 'one' }), await its.add({ userName: 'two' })];
    const crew = await group(one, two);
    const [{ id: first } = { id: '' }, { id: second } = { id: '' }] = await people();
    const [ada, cleo] = [await signedIn(), await signedIn()];
    await linked(second, cleo.id);
    await write(
      `insert into role_grants (id, organisation_id, user_id, role, from_day, granted_at) values ($1, $2, $3, 'manager', '2020-01-01', 1)`,
      [crew, its.organisationId, cleo.id],
    );
    await means(crew, 'manager', null);
    expect(await rolesOf(ada.id)).to.deep.equal([]);
    await linked(first, ada.id);
    await settleGroups(Date.now());
    expect(await rolesOf(ada.id)).to.deep.equal([{ role: 'manager', unit: null }]);
    await change(crew, { op: 'remove', path: 'members' });
    expect(await rolesOf(ada.id)).to.deep.equal([]);
    expect(await rolesOf(cleo.id)).to.have.length(1);
  });

  it('gives what it means again to whoever comes back, and forgets whom the directory deletes', async () => {
    const lyon = await unit(await organisation(), 'Lyon');
    const one = await its.add({ userName: 'one' });
    const crew = await group(one);
    await means(crew, 'place', lyon);
    const [{ id } = { id: '' }] = await people();
    await its.patch(one, ended('active'));
    expect(await unitsOf(id)).to.deep.equal([]);
    await its.patch(one, { op: 'Replace', path: 'active', value: 'True' });
    expect(await unitsOf(id)).to.deep.equal(['Lyon']);
    await its.ask('DELETE', `/Users/${one}`);
    expect((await its.ask('GET', `/Groups/${crew}`)).body.members).to.deep.equal([]);
  });

  it('that goes takes along what it gave', async () => {
    const [home, oslo] = [await unit(await organisation(), 'Lyon'), await unit(await organisation(), 'Oslo')];
    const one = await its.add({ userName: 'one' });
    const [lyon, crew] = [await group(one), await group(one)];
    await means(lyon, 'place', home);
    await means(crew, 'place', oslo);
    expect((await its.ask('DELETE', `/Groups/${crew}`)).status).to.equal(204);
    const [{ id } = { id: '' }] = await people();
    expect(await unitsOf(id)).to.deep.equal(['Lyon']);
    expect((await its.ask('GET', '/Groups')).body.totalResults).to.equal(1);
  });

  it('never makes anybody an administrator', async () => {
    const crew = await group();
    const administrator = await dina();
    const path = `/organisations/${its.organisationId}/provisioning/groups/${crew}`;
    await administrator.browser.get(path);
    const page = await administrator.browser.submit(path, { means: 'administrator', unit: '' });
    expect(page.status).to.equal(422);
  });
});
