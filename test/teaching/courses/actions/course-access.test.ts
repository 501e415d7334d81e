import { expect } from 'chai';
import { grantCourse, revokeGrant } from '../../../../server/teaching/courses/access/granting.js';
import { isGranted } from '../../../../server/teaching/courses/grants.js';
import { row } from '../../../support/rows.js';
import { openOrganisation } from '../../../../server/people/organisations/memberships.js';
import { byOperator, RESTRICTED, whileOpenToEveryone } from '../../../support/grants.js';
import { ada, dina } from '../../../support/people.js';
import { appoint, otherOrganisation } from '../../../support/roles.js';
import { send } from '../../../support/pages.js';
import { ownWorld } from '../../../support/world.js';

const HOME = '/admin/course-access';
const COURSE = `${HOME}/${RESTRICTED}`;
const revocation = (organisationId: string, slug = RESTRICTED) =>
  `${HOME}/${slug}/grants/${organisationId}/revocation`;

const granterOf = async (organisationId: string) =>
  (
    await row<{ by: string | null }>(
      'select granted_by as by from course_grants where organisation_id = $1',
      [organisationId],
    )
  )?.by;

describe('the page of access to restricted courses', () => {
  ownWorld();
  it('grants a course to a chosen organisation, and lists the grant; twice is once', async () => {
    const [{ browser, id }, organisation] = [await dina(), await otherOrganisation()];
    const form = await browser.get(`${COURSE}/organisation`);
    expect(form.text).to.include(`value="${organisation}"`);
    expect((await browser.submit(`${COURSE}/organisation`, { organisation: '' })).status).to.equal(422);
    const page = await browser.submit(`${COURSE}/organisation`, { organisation });
    expect([page.status, page.path]).to.deep.equal([200, `${HOME}?done=access-granted`]);
    expect(page.text).to.include(`href="${revocation(organisation)}"`);
    expect(await granterOf(organisation)).to.equal(id);
    expect((await send(browser, `${COURSE}/organisation`, { organisation })).status).to.equal(200);
    expect((await browser.get(`${COURSE}/organisation`)).text).to.not.include(`value="${organisation}"`);
  });

  it('refuses an unknown organisation and the open one', async () => {
    const { browser } = await dina();
    const open = (await openOrganisation()).id;
    for (const organisation of ['nonsense', open, '11111111-1111-4111-8111-111111111111'])
      expect((await send(browser, `${COURSE}/organisation`, { organisation })).status).to.equal(422);
    expect(await isGranted(open, RESTRICTED, Date.now())).to.equal(false);
  });

  it('opens a course to everyone only after a confirmation', async () => {
    const [{ browser }, { id }] = [await dina(), await openOrganisation()];
    try {
      await browser.get(`${COURSE}/everyone`);
      expect((await browser.submit(`${COURSE}/everyone`)).status).to.equal(422);
      expect(await isGranted(id, RESTRICTED, Date.now())).to.equal(false);
      const page = await browser.submit(`${COURSE}/everyone`, { sure: 'yes' });
      expect(page.text)
        .to.include(`href="${revocation(id)}"`)
        .and.not.include(`href="${COURSE}/everyone"`);
      expect(await isGranted(id, RESTRICTED, Date.now())).to.equal(true);
    } finally {
      await revokeGrant(RESTRICTED, id, byOperator());
    }
    expect((await browser.get(HOME)).text).to.include(`href="${COURSE}/everyone"`);
  });

  it('revokes a grant only after a confirmation, and returns 404 afterwards', async () => {
    const [{ browser }, organisation] = [await dina(), await otherOrganisation()];
    await grantCourse(RESTRICTED, organisation, byOperator());
    const path = revocation(organisation);
    await browser.get(path);
    expect((await browser.submit(path)).status).to.equal(422);
    expect(await isGranted(organisation, RESTRICTED, Date.now())).to.equal(true);
    const page = await browser.submit(path, { sure: 'yes' });
    expect([page.status, page.path]).to.deep.equal([200, `${HOME}?done=access-revoked`]);
    expect(page.text).to.not.include(organisation);
    expect(await isGranted(organisation, RESTRICTED, Date.now())).to.equal(false);
    expect((await browser.get(path)).status).to.equal(404);
  });

  it('says before a revocation when everyone has access anyway', async () => {
    const [{ browser }, organisation] = [await dina(), await otherOrganisation()];
    await grantCourse(RESTRICTED, organisation, byOperator());
    const asked = async () =>
      /<main[\s\S]*<form/.exec((await browser.get(revocation(organisation))).text)?.[0];
    const before = await asked();
    expect(await whileOpenToEveryone(asked)).to.not.equal(before);
    expect(await asked()).to.equal(before);
  });

  it('refuses to grant an open or unknown course, but revokes such a grant', async () => {
    const [{ browser }, organisation] = [await dina(), await otherOrganisation()];
    expect((await send(browser, `${HOME}/volunteers/organisation`, { organisation })).status).to.equal(404);
    for (const [slug, status] of [
      ['volunteers', 409],
      ['long-gone', 409],
    ] as const) {
      await grantCourse(slug, organisation, byOperator());
      expect((await browser.get(HOME)).text).to.include(`href="${revocation(organisation, slug)}"`);
      for (const step of ['organisation', 'everyone'])
        expect(
          (await send(browser, `${HOME}/${slug}/${step}`, { organisation, sure: 'yes' })).status,
        ).to.equal(status);
      await send(browser, revocation(organisation, slug), { sure: 'yes' });
      expect(await isGranted(organisation, slug, Date.now())).to.equal(false);
    }
    expect((await browser.get(revocation(organisation, 'volunteers'))).status).to.equal(404);
  });

  it('is only for administrators', async () => {
    const [manager, organisation] = [await ada(), await otherOrganisation()];
    await appoint(manager, 'manager', organisation);
    await grantCourse(RESTRICTED, organisation, byOperator());
    for (const path of [`${COURSE}/organisation`, `${COURSE}/everyone`, revocation(organisation)])
      expect((await send(manager.browser, path, { organisation, sure: 'yes' })).status, path).to.equal(404);
    expect((await manager.browser.get(HOME)).status).to.equal(404);
    expect(await isGranted(organisation, RESTRICTED, Date.now())).to.equal(true);
  });
});
