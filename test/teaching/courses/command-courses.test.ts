import { expect } from 'chai';
import { runCourses } from '../../../server/teaching/courses/command-courses.js';
import { askForCourse } from '../../../server/teaching/courses/access/course-requests.js';
import { grantCourse, revokeGrant } from '../../../server/teaching/courses/access/granting.js';
import { isGranted, mayTakeIn } from '../../../server/teaching/courses/grants.js';
import { row, write } from '../../support/rows.js';
import { runOrganisations } from '../../../server/people/organisations/command-organisations.js';
import { openOrganisation } from '../../../server/people/organisations/memberships.js';
import { byOperator, RESTRICTED } from '../../support/grants.js';
import { newId } from '../../../server/platform/lib/ids.js';
import { placeIn, unitIn } from '../../support/organisations.js';
import { ada } from '../../support/people.js';
import { otherOrganisation } from '../../support/roles.js';
import { course } from '../../support/walk.js';
import { ownWorld } from '../../support/world.js';

/** What a command said, its exit code, and the message with which it refused. */
async function run(...args: string[]) {
  const said: string[] = [];
  try {
    return { code: await runCourses(args, line => void said.push(line)), said, refusal: null };
  } catch (fault) {
    return { code: null, said, refusal: fault instanceof Error ? fault.message : 'no error' };
  }
}

/** An organisation with a name that no other has. */
async function called(name = `Academy ${newId().slice(0, 8)}`) {
  const id = await otherOrganisation();
  await write('update organisations set name = $1 where id = $2', [name, id]);
  return { id, name };
}

const lastEvent = (organisationId: string) =>
  row<{ name: string; actorId: string | null }>(
    'select name, actor_id as "actorId" from events where organisation_id = $1 order by seq desc limit 1',
    [organisationId],
  );

describe('the commands for access to courses', () => {
  ownWorld();
  it('grant a course to an organisation, by its id or its name, and revoke it; twice is once', async () => {
    const { id, name } = await called();
    for (const named of [id, name, name.toUpperCase()]) {
      const [grant, revoke] = ['grant', 'revoke-grant'].map(verb => [
        verb,
        RESTRICTED,
        '--organisation',
        named,
      ]);
      for (const isFirst of [true, false]) {
        const { code, said } = await run(...(grant ?? []));
        expect([code, await isGranted(id, RESTRICTED, Date.now())]).to.deep.equal([0, true]);
        expect(said.join().includes('nothing to change'), named).to.equal(!isFirst);
      }
      expect(await lastEvent(id)).to.deep.equal({ name: 'course.granted', actorId: null });
      for (const isFirst of [true, false]) {
        const { code, said } = await run(...(revoke ?? []));
        expect([code, await isGranted(id, RESTRICTED, Date.now())]).to.deep.equal([0, false]);
        expect(said.join().includes('nothing to change'), named).to.equal(!isFirst);
      }
      expect(await lastEvent(id)).to.deep.equal({ name: 'course.grant-revoked', actorId: null });
    }
  });

  it('grant a course to everyone only with --yes, and revoke it', async () => {
    const { id } = await openOrganisation();
    try {
      const asked = await run('grant', RESTRICTED, '--everyone');
      expect([asked.code, await isGranted(id, RESTRICTED, Date.now())]).to.deep.equal([2, false]);
      expect(asked.said.join()).to.include('--yes');
      expect((await run('grant', RESTRICTED, '--everyone', '--yes')).code).to.equal(0);
      expect(await isGranted(id, RESTRICTED, Date.now())).to.equal(true);
      expect((await run('grant', RESTRICTED, '--everyone')).code).to.equal(0);
      expect((await run('revoke-grant', RESTRICTED, '--everyone')).code).to.equal(0);
      expect(await isGranted(id, RESTRICTED, Date.now())).to.equal(false);
    } finally {
      await revokeGrant(RESTRICTED, id, byOperator());
    }
  });

  it('refuse an unknown course and name those that can be granted; an open one needs no grant', async () => {
    const { id } = await called();
    for (const verb of ['grant', 'revoke-grant']) {
      const { refusal } = await run(verb, 'nonsense', '--organisation', id);
      expect(refusal).to.include('"nonsense"').and.include(RESTRICTED).and.not.include('volunteers');
      const open = await run(verb, 'volunteers', '--organisation', id);
      expect([open.code, open.refusal, open.said.length]).to.deep.equal([0, null, 1]);
    }
    expect((await run('grant', 'volunteers', '--everyone', '--yes')).code).to.equal(0);
    expect(await isGranted(id, 'volunteers', Date.now())).to.equal(false);
  });

  it('revoke the grant of a course that no longer exists', async () => {
    const { id } = await called();
    await grantCourse('long-gone', id, byOperator());
    const { said } = await run('grants');
    expect(said.filter(line => line.startsWith('long-gone') && line.includes(id))).to.have.lengthOf(1);
    expect((await run('revoke-grant', 'long-gone', '--organisation', id)).code).to.equal(0);
    expect(await isGranted(id, 'long-gone', Date.now())).to.equal(false);
  });

  it('refuse an unknown organisation, a name that two share, and the open one', async () => {
    const { id, name } = await called();
    await called(name);
    const open = await openOrganisation();
    const refusal = async (named: string) =>
      (await run('grant', RESTRICTED, '--organisation', named)).refusal;
    expect(await refusal('Nobody Ltd')).to.include('organisations list');
    expect(await refusal('')).to.include('organisations list');
    expect(await refusal(name)).to.include('organisations list');
    expect(await refusal(open.id)).to.include('--everyone');
    expect(await isGranted(open.id, RESTRICTED, Date.now())).to.equal(false);
    expect(await isGranted(id, RESTRICTED, Date.now())).to.equal(false);
  });

  it('grant a course unit by unit, on some days, and take it from one unit', async () => {
    const { id, name } = await called();
    const unitId = await unitIn(id);
    const person = await ada();
    await placeIn(person, unitId);
    const may = async () =>
      mayTakeIn({ userId: person.id, organisationId: id }, await course(RESTRICTED), Date.now());
    const to = ['--organisation', name];
    await run('grant', RESTRICTED, ...to, '--by-unit');
    expect(await may()).to.equal(false);
    const granted = await run('grant', RESTRICTED, ...to, '--unit', unitId, '--last', '2999-12-31');
    expect([granted.refusal, await may()]).to.deep.equal([null, true]);
    const listed = (await run('grants')).said.filter(line => line.includes(id));
    expect(listed.join('|')).to.match(/by unit.*\|.*and below.*last day 2999-12-31/);
    await run('revoke-grant', RESTRICTED, ...to, '--unit', unitId);
    expect(await may()).to.equal(false);
    expect((await run('grant', RESTRICTED, ...to, '--from', '2020-01-01')).refusal).to.include('dates');
  });

  it('list the requests that wait', async () => {
    const { id } = await called();
    const [{ id: actorId }, now] = [await ada(), Date.now()];
    const asked = { organisationId: id, courseSlug: RESTRICTED, unitId: '', reason: 'Recruits begin in May' };
    await askForCourse(asked, { actorId, now });
    const lines = async () => (await run('requests')).said.filter(line => line.includes(id));
    expect((await lines()).join()).to.include('Recruits begin in May');
    await run('grant', RESTRICTED, '--organisation', id);
    expect(await lines()).to.deep.equal([]);
  });

  it('refuse incomplete commands', async () => {
    const { id } = await called();
    for (const args of [
      [],
      ['sing'],
      ['grant'],
      ['grant', RESTRICTED],
      ['grant', RESTRICTED, '--yes'],
      ['grant', RESTRICTED, '--everyone', '--yes', '--organisation', id],
      ['revoke-grant', RESTRICTED],
    ])
      expect((await run(...args)).refusal, args.join(' ')).to.include('grant SLUG');
  });

  it('list each course with its grants, or nobody, and all organisations', async () => {
    const { id, name } = await called();
    await grantCourse(RESTRICTED, id, byOperator());
    const lines = async () => (await run('grants')).said.filter(line => line.includes(id));
    expect(await lines()).to.have.lengthOf(1);
    await revokeGrant(RESTRICTED, id, byOperator());
    expect(await lines()).to.deep.equal([]);
    const said: string[] = [];
    expect(await runOrganisations(['list'], line => void said.push(line))).to.equal(0);
    expect(said.filter(line => line.startsWith(id) && line.includes(name))).to.have.lengthOf(1);
    const open = await openOrganisation();
    expect(said.some(line => line.startsWith(open.id))).to.equal(true);
  });
});
