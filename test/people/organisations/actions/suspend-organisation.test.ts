import { expect } from 'chai';
import { TrainingPaused } from '../../../../server/errors.js';
import { openNextCycle, enrol } from '../../../../server/teaching/learning/enrolments.js';
import { setCertificateSettings } from '../../../../server/people/organisations/certificate-settings.js';
import { keptOrganisation } from '../../../../server/people/organisations/settings/keep-organisations.js';
import { goesOn } from '../../../../server/people/organisations/settings/pausing.js';
import {
  reopenOrganisation,
  suspendOrganisation,
} from '../../../../server/people/organisations/settings/suspension.js';
import { newId } from '../../../../server/platform/lib/ids.js';
import { endRole, giveRole } from '../../../../server/people/organisations/grants/role-grants.js';
import { invite, inviteAll } from '../../../../server/people/organisations/invitations/invite.js';
import { openOrganisation } from '../../../../server/people/organisations/memberships.js';
import { findAttempt } from '../../../../server/teaching/quizzes/attempts/attempts.js';
import { startAttempt } from '../../../../server/teaching/quizzes/attempts/start/start.js';
import { submitAttempt } from '../../../../server/teaching/quizzes/attempts/submit.js';
import { byOperator } from '../../../support/grants.js';
import { cleo, dina, person } from '../../../support/people.js';
import { plain, send } from '../../../support/pages.js';
import { appoint, otherOrganisation } from '../../../support/roles.js';
import { under } from '../../../support/quizzes/policies.js';
import { rows, write } from '../../../support/rows.js';
import { errorsOn, said } from '../../../support/said.js';
import { answerAll, course } from '../../../support/walk.js';
import { ownWorld } from '../../../support/world.js';

const CONTACT = 'training@northern-air.example';

/** An organisation that says whom to write to. */
async function organisation(): Promise<string> {
  const id = await otherOrganisation();
  await write('update organisations set contact = $1 where id = $2', [CONTACT, id]);
  return id;
}

const pause = (id: string) => suspendOrganisation(id, byOperator());

/** Whether the work was refused because training is paused. */
const isPaused = (work: Promise<unknown>): Promise<boolean> =>
  work.then(
    () => false,
    (fault: unknown) => {
      if (fault instanceof TrainingPaused) return fault.contact === CONTACT;
      throw fault;
    },
  );

describe('an organisation whose training is paused', () => {
  ownWorld();

  it('lets people finish and read, and begin or change nothing', () => {
    const all = ['begin', 'finish', 'read', 'change'] as const;
    expect(all.filter(what => goesOn(what, { suspendedAt: 1 }))).to.deep.equal(['finish', 'read']);
    expect(all.filter(what => goesOn(what, { suspendedAt: null }))).to.deep.equal(all);
  });

  it('lets an attempt that was begun be answered and submitted, and no other begin', async () => {
    const id = await organisation();
    const { cycle, quiz } = await under({}, undefined, id);
    const attempt = await startAttempt(cycle, quiz, Date.now());
    await pause(id);
    expect((await startAttempt(cycle, quiz, Date.now())).id).to.equal(attempt.id);
    await answerAll(attempt, quiz);
    await submitAttempt(attempt, quiz, Date.now());
    expect((await findAttempt(attempt.id))?.passed).to.be.ok;
    expect(await isPaused(startAttempt(cycle, quiz, Date.now()))).to.equal(true);
    await reopenOrganisation(id, byOperator());
    expect((await startAttempt(cycle, quiz, Date.now())).number).to.equal(2);
  });

  it('opens no enrolment and no cycle, and keeps those that there are', async () => {
    const id = await organisation();
    const [begun, other] = [await person(), await person()];
    const asked = { organisationId: id, course: await course(), now: Date.now() };
    const cycle = await enrol({ userId: begun.id, ...asked });
    await pause(id);
    expect(await isPaused(enrol({ userId: other.id, ...asked }))).to.equal(true);
    expect(
      await isPaused(
        openNextCycle(cycle, asked.course, { because: 'window', path: 'whole', now: Date.now() }),
      ),
    ).to.equal(true);
    expect((await enrol({ userId: begun.id, ...asked })).id).to.equal(cycle.id);
  });

  it('says so to its learners, with whom to write to, and offers no quiz', async () => {
    const id = await organisation();
    const { browser, start, cycle } = await under({}, undefined, id);
    expect((await browser.get(start)).text).to.include(`action="${start}/attempts"`);
    await pause(id);
    for (const path of ['/learning', `/learning/${cycle.id}`, start]) {
      const { text } = await browser.get(path);
      expect(plain(text), path).to.include(said('paused.text')).and.include(CONTACT);
      expect(text, path).to.not.include(`${start}/attempts`);
    }
    const refused = await send(browser, `${start}/attempts`, {});
    expect(refused.status).to.equal(409);
    expect(plain(refused.text)).to.include(CONTACT);
    await reopenOrganisation(id, byOperator());
    expect(plain((await browser.get('/learning')).text)).to.not.include(said('paused.text'));
  });

  it('can be read by its administrators, and changed by nobody until it is reopened', async () => {
    const id = await organisation();
    const own = await cleo();
    await appoint(own, 'administrator', id);
    await pause(id);
    const settings = `/organisations/${id}/settings`;
    expect((await own.browser.get(settings)).status).to.equal(200);
    expect((await own.browser.get(`/organisations/${id}/evidence`)).status).to.equal(200);
    const chosen = { shown: 'full', paper: 'letter' } as const;
    const refused = await send(own.browser, `${settings}/certificates`, chosen);
    expect(refused.status).to.equal(409);
    expect(plain(refused.text)).to.include(said('problem.pausedTitle'));
    const by = { actorId: own.id, now: Date.now() };
    expect(await isPaused(setCertificateSettings(id, chosen, by))).to.equal(true);
    expect(await keptOrganisation(id)).to.deep.include({ shownName: 'masked', paper: 'a4' });
  });

  it('gives no role and sends no invitation, and a role can still be ended', async () => {
    const id = await organisation();
    const [own, other] = [await cleo(), await person()];
    await appoint(own, 'administrator', id);
    await pause(id);
    const by = { actorId: own.id, now: Date.now() };
    const role = { organisationId: id, role: 'manager', unitId: null } as const;
    const given = giveRole({ ...role, userId: other.id, fromDay: '2026-01-01', untilDay: null }, by);
    expect(await isPaused(given)).to.equal(true);
    const inviting = { organisationId: id, key: Buffer.alloc(32), ...by };
    expect(await isPaused(inviteAll(inviting))).to.equal(true);
    expect(await isPaused(invite(newId(), inviting))).to.equal(true);
    const held = await rows<{ id: string }>('select id from role_grants where user_id = $1', [own.id]);
    const open = {
      ...role,
      id: held[0]?.id ?? '',
      userId: own.id,
      role: 'administrator',
      fromDay: '2026-01-01',
    } as const;
    expect(await endRole(open, { day: '2026-02-01', today: '2026-02-01' }, by)).to.equal(true);
  });

  it('is paused and reopened on a page, by an administrator of the installation alone', async () => {
    const id = await organisation();
    const [{ browser }, own] = [await dina(), await cleo()];
    await appoint(own, 'administrator', id);
    const page = `/organisations/${id}/settings/suspension`;
    expect((await own.browser.get(page)).status).to.equal(404);
    expect((await send(own.browser, page, { wish: 'suspend', sure: 'yes' })).status).to.equal(404);
    await browser.get(page);
    const unsure = await browser.submit(page);
    expect([unsure.status, errorsOn(unsure)]).to.deep.equal([422, { sure: said('errors.sure') }]);
    const paused = await browser.submit(page, { sure: 'yes' });
    expect(plain(paused.text)).to.include(said('done.organisation-suspended'));
    expect((await browser.get('/admin/organisations')).text).to.include('data-state="suspended"');
    // A page that was opened before wants what has happened already.
    await send(browser, page, { wish: 'suspend', sure: 'yes' });
    await browser.get(page);
    const again = await browser.submit(page, { sure: 'yes' });
    expect(plain(again.text)).to.include(said('done.organisation-reopened'));
    expect((await keptOrganisation(id))?.suspendedAt).to.equal(null);
    const events = await rows<{ name: string }>(
      'select name from events where organisation_id = $1 order by seq',
      [id],
    );
    expect(events.map(({ name }) => name)).to.deep.equal(['organisation.suspended', 'organisation.reopened']);
  });

  it('is never the open one', async () => {
    const { id } = await openOrganisation();
    expect(await pause(id)).to.equal(false);
    const { browser } = await dina();
    const page = `/organisations/${id}/settings/suspension`;
    expect((await browser.get(page)).text).to.not.include(`action="${page}"`);
  });
});
