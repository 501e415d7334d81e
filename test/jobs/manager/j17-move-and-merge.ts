import { expect } from 'chai';
import { creditsOf } from '../../../server/teaching/learning/credits/credits.js';
import { voidsOf } from '../../../server/teaching/learning/credits/voids.js';
import { enrol } from '../../../server/teaching/learning/enrolments.js';
import type { OrganisationFacts } from '../../../server/people/organisations/memberships.js';
import { indexMembershipsOf } from '../../../server/people/organisations/people/member-words.js';
import type { Client } from '../../../server/workshop/smoke/client.js';
import { mailsTo } from '../../people/accounts/mails.js';
import { visit } from '../../journeys/browsing/visit.js';
import { send, signingIn } from '../../journeys/scenes/scene.js';
import { employer, linked, member, memberOf, unit } from '../../support/organisations.js';
import { PASSWORD, person, signedIn, type Person } from '../../support/people.js';
import { appoint } from '../../support/roles.js';
import { said } from '../../support/said.js';
import { browserOf } from '../../support/session.js';
import { almostThrough, course, MODULE, readLessons, takeQuiz } from '../../support/walk.js';
import { goThrough } from '../../journeys/browsing/go-through.js';

export const id = 'J17';
export const title =
  'moved somebody to another unit from today: their history stayed, the new manager saw it, the old one saw them no more; and merged ' +
  'a double account after looking at both: the certificate counted for the one that was kept, its owner was told where to sign in, ' +
  'and the mailbox of the closed one undid it';

export async function walk(): Promise<void> {
  const organisation = await employer();
  const [oslo, rome] = [await unit(organisation, 'Oslo'), await unit(organisation, 'Rome')];
  const ada = await person({ name: 'Ada Marlow' });
  const membershipId = await member(organisation, {
    name: 'Ada Marlow',
    home: { unitId: oslo, job: 'Cabin crew' },
  });
  await linked(membershipId, ada.id);
  const taken = { userId: ada.id, organisationId: organisation.id, course: await course(), now: Date.now() };
  const cycle = await enrol(taken);
  await readLessons(cycle, MODULE);
  await takeQuiz(cycle, MODULE);
  const [otto, luc, rita] = [await signedIn(), await signedIn(), await signedIn()];
  await appoint(otto, 'administrator', organisation.id);
  await appoint(luc, 'manager', organisation.id, oslo);
  await appoint(rita, 'manager', organisation.id, rome);
  const home = `/organisations/${organisation.id}/people/${membershipId}`;
  expect((await luc.browser.get(home)).status).to.equal(200);
  expect((await rita.browser.get(home)).status).to.equal(404);

  const { page, close, expectQuiet } = await visit(otto.browser, { viewport: { width: 360, height: 740 } });
  await page.goto(home);
  await page.locator(`a[href="${home}/places"]`).click();
  await page.locator(`a[href="${home}/places/move"]`).click();
  await page.locator('#unit').selectOption({ label: 'Rome' });
  await page.locator('main form[action$="/move"] button').click();
  await page.locator('[data-state=now]').first().waitFor();
  const places = await page.locator('main ul.lined li').allInnerTexts();
  expect(places.map(text => /Rome|Oslo/.exec(text)?.[0])).to.deep.equal(['Rome', 'Oslo']);
  expectQuiet();
  await close();

  const { status, text } = await rita.browser.get(home);
  expect(status).to.equal(200);
  expect(text, 'what they learned before').to.match(/data-state="open"/);
  expect((await luc.browser.get(home)).status).to.equal(404);

  await mergeDouble(organisation, otto.browser, { home, ada });
}

/** The same person signed up once more by a code, with another address, and completed the course with that account. */
async function mergeDouble(
  organisation: OrganisationFacts,
  manager: Client,
  { home, ada }: { home: string; ada: Person },
): Promise<void> {
  const double = await person({ name: 'Ada Marlow' });
  const people = `/organisations/${organisation.id}/people`;
  const doubled = await memberOf(double, organisation.id);
  await indexMembershipsOf(double.id);
  const taken = {
    userId: double.id,
    organisationId: organisation.id,
    course: await course(),
    now: Date.now(),
  };
  await almostThrough(await enrol(taken), []);
  const kept = home.split('/').at(-1) ?? '';
  const { page, close, expectQuiet } = await visit(manager, { viewport: { width: 360, height: 740 } });
  await page.goto(home);
  await page.locator(`a[href="${home}/merge"]`).click();
  await goThrough(page.locator(`a[href="${home}/merge/${doubled}"]`));
  expect(await page.locator('[data-side]').count()).to.equal(2);
  for (const box of await page.locator('main input[type=checkbox]').all()) await box.check();
  await page.locator('main form[method=post] button').click();
  await page.locator('[data-state=open]').waitFor();
  await page.goto(home);
  expect(await page.locator('[data-merged=kept]').count()).to.equal(1);
  await page.goto(`${people}/${doubled}`);
  expect(await page.locator('[data-merged=closed]').count()).to.equal(1);
  expectQuiet();
  await close();
  const credits = () => creditsOf([kept]);
  expect(await credits()).to.have.length(1);
  const wallet = (await (await browserOf(ada.id)).get('/certificates')).text;
  expect(wallet).to.match(/href="\/certificates\/[\w-]{36}"/);

  const owner = await visit(null, { viewport: { width: 360, height: 740 } });
  await owner.page.goto('/sign-in');
  await signingIn({ email: double.email, password: PASSWORD })(owner.page);
  expect(await owner.page.locator('h1').innerText()).to.equal(said('mergedAccount.heading'));
  const mail = (await mailsTo(double.email)).at(-1);
  await owner.page.goto(/\/merged\?token=[\w.-]+/.exec(mail?.text ?? '')?.[0] ?? '');
  await send(owner.page);
  expect(new URL(owner.page.url()).pathname).to.equal('/merged/undone');
  await owner.page.goto('/sign-in');
  await signingIn({ email: double.email, password: PASSWORD })(owner.page);
  await owner.page.waitForURL(url => url.pathname === '/learning');
  await owner.close();
  const voids = await voidsOf((await credits()).map(credit => credit.id));
  expect(voids.map(({ because }) => because)).to.deep.equal(['undone']);
}
