import { expect } from 'chai';
import { isGranted } from '../../../../server/teaching/courses/grants.js';
import { grantCourse, WHOLE } from '../../../../server/teaching/courses/access/granting.js';
import { linksIn } from '../../../../server/workshop/smoke/client.js';
import { mailsTo } from '../../../people/accounts/mails.js';
import { byOperator, RESTRICTED } from '../../../support/grants.js';
import { manyUnits, memberOf, placeIn, unitIn } from '../../../support/organisations.js';
import { send } from '../../../support/pages.js';
import { errorsOn } from '../../../support/said.js';
import { ada, dina, signedIn, type Person } from '../../../support/people.js';
import { appoint, otherOrganisation } from '../../../support/roles.js';
import { count, row } from '../../../support/rows.js';
import { codeOf, newcomer, opened } from '../../../people/organisations/joining/of-codes.js';
import { ownWorld, world } from '../../../support/world.js';

const homeOf = (organisation: string) => `/organisations/${organisation}/courses`;
const REASON = 'Our recruits begin their training in May';

/** An organisation with a manager of a unit, and its administrator. */
async function academy() {
  const organisation = await otherOrganisation();
  const unit = await unitIn(organisation);
  const [manager, administrator] = [await signedIn(), await signedIn()];
  await placeIn(manager, unit);
  await memberOf(administrator, organisation);
  await appoint(manager, 'manager', organisation, unit);
  await appoint(administrator, 'administrator', organisation);
  return { organisation, unit, manager, administrator };
}

const openRequest = async (organisation: string): Promise<string> =>
  (
    await row<{ id: string }>(
      'select id from course_requests where organisation_id = $1 and outcome is null',
      [organisation],
    )
  )?.id ?? '';

async function ask({ browser }: Person, organisation: string, more: Record<string, string> = {}) {
  const form = `${homeOf(organisation)}/${RESTRICTED}/request`;
  await browser.get(form);
  return browser.submit(form, { reason: REASON, ...more });
}

const mayStart = async ({ browser }: Person): Promise<boolean> =>
  (await browser.get(`/courses/${RESTRICTED}`)).text.includes('action="/learning"');

const letByUnit = (organisation: string) =>
  grantCourse(RESTRICTED, organisation, byOperator(), { ...WHOLE, isByUnit: true });

describe('a request for a restricted course', () => {
  ownWorld();

  it('for an organisation is answered by administrators of the installation, who are told; so is whoever asked', async () => {
    const [{ organisation, manager, administrator }, by] = [await academy(), await dina()];
    const page = await ask(manager, organisation);
    expect([page.status, page.path]).to.deep.equal([200, `${homeOf(organisation)}?done=course-requested`]);
    const request = `/organisations/${organisation}/course-requests/${await openRequest(organisation)}`;
    expect((await mailsTo(by.email)).map(({ text }) => text).join())
      .to.include(REASON)
      .and.include(request);
    expect((await by.browser.get('/admin')).text).to.include('data-warning="course-requests"');
    expect((await by.browser.get('/admin/course-access')).text).to.include(`href="${request}"`);
    expect((await administrator.browser.get(request)).status).to.equal(403);
    await by.browser.get(request);
    await by.browser.submit(request, { decision: 'all', answer: 'Welcome' });
    expect(await isGranted(organisation, RESTRICTED, Date.now())).to.equal(true);
    const answers = (await mailsTo(manager.email)).map(({ text = '' }) => text);
    expect(answers.filter(text => text.includes('Welcome'))).to.have.lengthOf(1);
    expect(await mayStart(manager)).to.equal(true);
    expect((await by.browser.get(request)).status).to.equal(409);
  });

  it('for a unit is answered by the administrators of its organisation, on their overview', async () => {
    const { organisation, unit, manager, administrator } = await academy();
    const other = await signedIn();
    await placeIn(other, await unitIn(organisation));
    await letByUnit(organisation);
    expect(await mayStart(manager)).to.equal(false);
    expect((await ask(manager, organisation, { unit })).status).to.equal(200);
    const request = `/organisations/${organisation}/course-requests/${await openRequest(organisation)}`;
    expect((await mailsTo(administrator.email)).map(({ text }) => text).join()).to.include(request);
    expect((await administrator.browser.get(`/organisations/${organisation}`)).text).to.include(
      `href="${request}"`,
    );
    expect((await manager.browser.get(request)).status).to.equal(403);
    await administrator.browser.get(request);
    await administrator.browser.submit(request, { decision: 'unit', answer: '' });
    expect([await mayStart(manager), await mayStart(other)]).to.deep.equal([true, false]);
  });

  it('that is declined says why, changes nothing, and can be made again', async () => {
    const [{ organisation, manager }, by] = [await academy(), await dina()];
    await ask(manager, organisation);
    const request = `/organisations/${organisation}/course-requests/${await openRequest(organisation)}`;
    await by.browser.get(request);
    const refusedForm = await by.browser.submit(request, { decision: 'declined', answer: 'No' });
    expect([refusedForm.status, Object.keys(errorsOn(refusedForm))]).to.deep.equal([422, ['answer']]);
    const why = 'Your people do not work in law enforcement';
    await by.browser.submit(request, { decision: 'declined', answer: why });
    expect(await isGranted(organisation, RESTRICTED, Date.now())).to.equal(false);
    expect((await mailsTo(manager.email)).map(({ text }) => text).join()).to.include(why);
    expect((await ask(manager, organisation)).status).to.equal(200);
  });

  it('is open once, says so to the next who asks, and is withdrawn by whoever made it alone', async () => {
    const { organisation, manager, administrator } = await academy();
    await ask(manager, organisation);
    expect((await ask(administrator, organisation)).status).to.equal(422);
    expect(await count('course_requests where organisation_id = $1', [organisation])).to.equal(1);
    const withdrawal = `/organisations/${organisation}/course-requests/${await openRequest(organisation)}/withdrawal`;
    expect((await send(administrator.browser, withdrawal)).status).to.equal(404);
    expect((await send(manager.browser, withdrawal)).path).to.include('done=request-withdrawn');
    expect(await openRequest(organisation)).to.equal('');
  });

  it('is answered by any grant of the same', async () => {
    const { organisation, unit, manager } = await academy();
    await letByUnit(organisation);
    await ask(manager, organisation, { unit });
    await grantCourse(RESTRICTED, organisation, byOperator());
    expect(await openRequest(organisation)).to.equal('');
  });

  it('keeps what was typed where it is refused', async () => {
    const { organisation, manager, unit } = await academy();
    await letByUnit(organisation);
    const [foreign = ''] = await manyUnits(await otherOrganisation(), 1);
    const short = await ask(manager, organisation, { reason: 'Soon', unit });
    expect([short.status, Object.keys(errorsOn(short))]).to.deep.equal([422, ['reason']]);
    expect(short.text).to.include('Soon');
    for (const wrong of [foreign, '', 'nonsense'])
      expect(
        (
          await send(manager.browser, `${homeOf(organisation)}/${RESTRICTED}/request`, {
            unit: wrong,
            reason: REASON,
          })
        ).status,
      ).to.equal(422);
    expect(await openRequest(organisation)).to.equal('');
  });

  it('is nobody’s but those who manage people there', async () => {
    const { organisation } = await academy();
    const [learner, outsider] = [await ada(), await ada()];
    await memberOf(learner, organisation);
    await appoint(outsider, 'manager', await otherOrganisation());
    for (const { browser } of [learner, outsider]) {
      for (const path of ['', `/${RESTRICTED}/request`, `/${RESTRICTED}/units`])
        expect((await browser.get(`${homeOf(organisation)}${path}`)).status, path).to.equal(404);
      expect(
        (await send(browser, `${homeOf(organisation)}/${RESTRICTED}/request`, { reason: REASON })).status,
      ).to.equal(404);
    }
  });
});

describe('the page of a restricted course', () => {
  ownWorld();
  it('names whom somebody asks where they work, and lets a manager ask', async () => {
    const { organisation, unit, manager } = await academy();
    const [learner, stranger] = [await ada(), await ada()];
    await placeIn(learner, unit);
    const nearest = await signedIn({ name: 'Benedikt Adler' });
    await appoint(nearest, 'manager', organisation, unit);
    const page = `/courses/${RESTRICTED}`;
    expect((await learner.browser.get(page)).text)
      .to.include('Benedikt Adler')
      .and.not.include(homeOf(organisation));
    expect((await manager.browser.get(page)).text).to.include(`href="${homeOf(organisation)}"`);
    expect((await stranger.browser.get(page)).text).to.not.include('Benedikt Adler');
  });

  it('survives joining by a code: with a mailed link in another browser, and signed in', async () => {
    const organisation = await otherOrganisation();
    const code = await codeOf(organisation);
    await grantCourse(RESTRICTED, organisation, byOperator());
    const chosen = `/courses/${RESTRICTED}`;
    const visitor = world().visitor();
    const { text } = await visitor.get(chosen);
    const [join = 'no link'] = linksIn(text, /^\/join\?/);
    const { path } = await visitor.get(`${join}&code=${code}`);
    const { name, email } = newcomer();
    await visitor.submit(path.split('?')[0] ?? '', { name, email, password: '' });
    expect((await opened(email)).last?.path).to.equal(`${chosen}?done=joined`);
    const { browser } = await ada();
    await browser.get(`${join}&code=${code}`);
    const page = await browser.submit(`/join/${code}/membership`, {});
    expect(page.path).to.equal(`${chosen}?done=joined`);
    expect(page.text).to.include('action="/learning"');
  });
});
