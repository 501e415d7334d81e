import { readFile } from 'node:fs/promises';
import { expect } from 'chai';
import { setNameVisibility } from '../../../server/people/organisations/certificate-settings.js';
import { openOrganisation } from '../../../server/people/organisations/memberships.js';
import { dina, signedIn } from '../../support/people.js';
import { fromTheRight, readPaper } from '../../support/programs/paper.js';
import { said } from '../../support/said.js';
import { almostThrough, enrolled, takeQuiz } from '../../support/walk.js';
import { world } from '../../support/world.js';
import { inChromium, likeness, onPaper } from '../../proof/certificates/documents/fonts/rendering.js';
import { addressOn, downloaded } from '../../journeys/browsing/printed.js';
import { visit } from '../../journeys/browsing/visit.js';
import { inFolder } from '../in-folder.js';

export const id = 'J5';
export const title =
  'confirmed a name in Arabic script, got it right on paper with a code that checks, and hid the surname';

const GIVEN = 'فاطمة';
const NAME = `${GIVEN} الزهراء`;

export const walk = (): Promise<void> =>
  inFolder(async folder => {
    const by = { actorId: (await dina()).id, now: Date.now() };
    await setNameVisibility((await openOrganisation()).id, 'full', by);
    const learner = await signedIn({ name: 'Fatima' });
    const cycle = await enrolled(learner);
    await almostThrough(cycle, ['final']);
    const { page, expectQuiet, close } = await visit(learner.browser);

    await page.goto(`/learning/${cycle.id}/name`);
    await page.getByLabel(said('naming.label')).fill(NAME);
    await page.getByRole('button', { name: said('naming.confirm') }).click();
    await page
      .getByRole('region', { name: said('naming.preview') })
      .getByText(NAME)
      .waitFor();
    await page.getByRole('button', { name: said('naming.confirm') }).click();
    await page.waitForURL('**/quizzes/final');
    await takeQuiz(cycle, 'final');
    await world().worker.drain();

    await page.goto('/certificates');
    await page.locator('main a[href^="/certificates/"]').first().click();
    await page.waitForURL('**/certificates/*');
    const pdf = await downloaded(page, folder);
    expect(fromTheRight(await readPaper(await readFile(pdf)))).to.equal(NAME.replace(' ', ''));
    const screen = await visit(null);
    expect(likeness(await onPaper(NAME), await inChromium(NAME, screen.page))).to.be.greaterThan(0.95);
    await screen.close();

    const address = await addressOn(pdf);
    const stranger = await visit(null);
    await stranger.page.goto(address);
    await stranger.page.locator('[data-verdict=valid]').getByText(NAME).waitFor();
    await page.goto(`${new URL(page.url()).pathname}/shown-name`);
    await page.locator('[name=shown][value=masked]').check();
    await page.getByRole('button', { name: said('shownName.save') }).click();
    await page.waitForURL('**?done=shown-name');
    await stranger.page.reload();
    await stranger.page.locator('[data-verdict=valid]').waitFor();
    expect(await stranger.page.content()).to.not.include(NAME.replace(`${GIVEN} `, ''));
    for (const { expectQuiet: quiet } of [stranger, { expectQuiet }]) quiet();
    await stranger.close();
    await close();
  });
