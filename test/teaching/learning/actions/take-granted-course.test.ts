import { expect } from 'chai';
import { recentActors } from '../../../../server/people/accounts/people.js';
import { certificateOf } from '../../../../server/proof/certificates/queries.js';
import { grantCourse, revokeGrant } from '../../../../server/teaching/courses/access/granting.js';
import { cycleIn } from '../../../../server/teaching/learning/enrolments.js';
import { newId } from '../../../../server/platform/lib/ids.js';
import { byOperator, RESTRICTED, whileOpenToEveryone } from '../../../support/grants.js';
import { ada, type Person } from '../../../support/people.js';
import { almostThrough } from '../../../support/walk.js';
import { appoint, otherOrganisation } from '../../../support/roles.js';
import { count, write } from '../../../support/rows.js';
import { expire } from '../../../support/holders.js';
import { send } from '../../../support/pages.js';
import { ownWorld } from '../../../support/world.js';

const PAGE = `/courses/${RESTRICTED}`;

/** An organisation that may take the course, and one of its people. */
async function academy() {
  const [organisationId, recruit] = [await otherOrganisation(), await ada()];
  await join(recruit, organisationId);
  await grantCourse(RESTRICTED, organisationId, byOperator());
  return { organisationId, recruit, browser: recruit.browser };
}

async function join({ id }: Person, organisationId: string): Promise<void> {
  await write(`insert into memberships (id, organisation_id, user_id, created_at) values ($1, $2, $3, $4)`, [
    newId(),
    organisationId,
    id,
    Date.now(),
  ]);
  recentActors().remove(id);
}

/** Starts the course on its page, and returns the cycle. */
async function start({ id, browser }: Person) {
  await browser.get(PAGE);
  await browser.submit('/learning', { course: RESTRICTED });
  const cycle = await cycleIn(id, RESTRICTED);
  if (!cycle) throw new Error('The course was not started');
  return cycle;
}

const begin = (browser: Person['browser']) => send(browser, '/learning', { course: RESTRICTED });

/** What the page of the course offers. */
async function offered({ browser }: Pick<Person, 'browser'>): Promise<string> {
  const { text } = await browser.get(PAGE);
  if (text.includes('action="/learning"')) return 'start';
  if (text.includes('id="request"')) return 'how to ask';
  return /href="(\/learning\/[^"]+)"[^>]*class="button|class="button[^>]*href="(\/learning\/[^"]+)"/.test(
    text,
  )
    ? 'go on'
    : 'nothing';
}

describe('a course that is granted to an organisation', () => {
  ownWorld();
  it('can be started by the organisation’s people, in its name, and by nobody else', async () => {
    const { recruit, organisationId } = await academy();
    const [stranger, auditor] = [await ada(), await ada()];
    await appoint(auditor, 'auditor', organisationId);
    expect(await offered(recruit)).to.equal('start');
    expect((await start(recruit)).organisationId).to.equal(organisationId);
    for (const other of [stranger, auditor]) {
      expect(await offered(other)).to.equal('how to ask');
      expect((await begin(other.browser)).status).to.equal(403);
      expect(await count('enrolments where user_id = $1', [other.id])).to.equal(0);
    }
  });

  it('cannot be started by somebody who has left the organisation', async () => {
    const { recruit, organisationId } = await academy();
    await write(`update memberships set employment = 'left' where user_id = $1 and organisation_id = $2`, [
      recruit.id,
      organisationId,
    ]);
    recentActors().remove(recruit.id);
    expect((await begin(recruit.browser)).status).to.equal(403);
  });

  it('stays one enrolment for whoever began it, even once it is open to everyone', async () => {
    const { recruit } = await academy();
    const { id } = await start(recruit);
    await whileOpenToEveryone(async () => {
      expect((await begin(recruit.browser)).path).to.equal(`/learning/${id}`);
    });
    expect(await count('enrolments where user_id = $1', [recruit.id])).to.equal(1);
  });
});

describe('a course whose grant was revoked', () => {
  ownWorld();
  it('cannot be started any more', async () => {
    const { recruit, organisationId } = await academy();
    await revokeGrant(RESTRICTED, organisationId, byOperator());
    expect(await offered(recruit)).to.equal('how to ask');
    expect((await begin(recruit.browser)).status).to.equal(403);
  });

  it('can be finished by whoever has begun, with a certificate', async () => {
    const { recruit, organisationId, browser } = await academy();
    const cycle = await start(recruit);
    await revokeGrant(RESTRICTED, organisationId, byOperator());
    expect(await offered(recruit)).to.equal('go on');
    expect((await begin(browser)).path).to.equal(`/learning/${cycle.id}`);
    expect((await browser.get(`/learning/${cycle.id}`)).status).to.equal(200);
    await almostThrough(cycle, []);
    expect((await certificateOf(cycle.id))?.issuedAt).to.be.a('number');
  });

  it('cannot be renewed and leaves the certificate as it is; a renewal that was begun goes on', async () => {
    const { recruit, organisationId, browser } = await academy();
    const cycle = await start(recruit);
    await almostThrough(cycle, []);
    const earned = await certificateOf(cycle.id);
    if (!earned) throw new Error('No certificate');
    await expire(earned, 365 - 30);
    const renewal = `/certificates/${earned.id}/renewal`;
    await revokeGrant(RESTRICTED, organisationId, byOperator());
    const { text } = await browser.get(`/certificates/${earned.id}`);
    expect(text).to.not.include(renewal).and.not.include('data-renewal');
    expect((await send(browser, renewal)).status).to.equal(403);
    expect(await count('cycles where enrolment_id = $1', [cycle.enrolmentId])).to.equal(1);
    expect(await certificateOf(cycle.id)).to.include({
      revokedAt: null,
      suspendedAt: null,
      supersededAt: null,
    });

    await grantCourse(RESTRICTED, organisationId, byOperator());
    const begun = await send(browser, renewal);
    await revokeGrant(RESTRICTED, organisationId, byOperator());
    expect((await send(browser, renewal)).path).to.equal(begun.path);
    expect(begun.path).to.match(/^\/learning\/[\w-]{36}$/);
  });
});
