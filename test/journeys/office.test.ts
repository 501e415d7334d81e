import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { requestName } from '../../server/proof/certificates/holder/name-corrections.js';
import { displayCode } from '../../server/platform/lib/ids.js';
import { keep, madeUpAttempt } from '../support/quizzes/made-up-attempts.js';
import { dina, person, signedIn } from '../support/people.js';
import { under } from '../support/quizzes/policies.js';
import { ruledCourse } from '../support/quizzes/ruled-course.js';
import { appoint, otherOrganisation } from '../support/roles.js';
import { completed } from '../support/holders.js';
import { MODULE, takeQuiz } from '../support/walk.js';
import { wrongAnswer } from '../support/answers.js';
import { keyboard, type Hand } from './browsing/hand.js';
import { visit, type Visit } from './browsing/visit.js';
import { said } from '../support/said.js';
import { ownWorld } from '../support/world.js';

/** A phone; nothing but its keyboard. */
const PHONE = { width: 360, height: 740 };

/** Everything that administrators and managers do, on a narrow screen and without a pointer. */
describe('the office, with a keyboard alone', () => {
  ownWorld();

  for (const javaScriptEnabled of [true, false]) {
    describe(javaScriptEnabled ? 'and JavaScript' : 'and no JavaScript', () => {
      let open: Visit;
      let page: Page;
      let hand: Hand;

      const arrive = async (who: Parameters<typeof visit>[0]) => {
        open = await visit(who, { viewport: PHONE, javaScriptEnabled });
        ({ page } = open);
        hand = keyboard(page);
      };
      const link = (name: string | RegExp) => page.locator('main').getByRole('link', { name });
      const button = (name: string | RegExp) => page.locator('main').getByRole('button', { name });
      const heading = (name: string | RegExp) => page.getByRole('heading', { name }).first().waitFor();
      const field = (name: string) => page.getByLabel(name, { exact: true });
      /** Yesterday, into the three boxes of a day. */
      const fillDay = async (name: string) => {
        const [year = '', month = '', day = ''] = new Date(Date.now() - 86_400_000)
          .toISOString()
          .slice(0, 10)
          .split('-');
        await hand.fill(page.locator(`#${name}`), day);
        await hand.fill(page.locator(`#${name}-month`), month);
        await hand.fill(page.locator(`#${name}-year`), year);
      };
      /** By the menu of the administration, which is folded on a phone. */
      const goTo = async (tab: string) => {
        await page.goto('/admin');
        await hand.press(page.locator('main .menu summary'));
        await hand.press(page.locator('.tabs').getByRole('link', { name: tab, exact: true }));
        await page.waitForLoadState();
      };
      afterEach(async () => {
        open.expectQuiet();
        await open.close();
      });

      it('suspends and reinstates a certificate, corrects its name and revokes it', async () => {
        const { certificate } = await completed(await person(), 'volunteers');
        await arrive((await dina()).browser);
        await goTo(said('frame.certificates'));
        await hand.fill(field(said('admin.find')), displayCode(certificate.code));
        await hand.press(button(said('admin.search')));
        await hand.press(link('Ada Marlow'));
        await hand.press(link(said('rulings.suspension.heading')));
        await hand.choose(page.getByLabel(said('reason.under-review')));
        await hand.press(button(said('rulings.suspension.button')));
        await hand.press(link(said('rulings.reinstatement.heading')));
        await hand.press(button(said('rulings.reinstatement.button')));
        await hand.press(link(said('rulings.correction.heading')));
        await page.getByLabel(said('rulings.correction.name')).waitFor();
        await hand.fill(page.getByLabel(said('rulings.correction.name')), 'Ada Brandt');
        await hand.press(button(said('rulings.correction.button')));
        await heading(/Brandt/);
        await hand.press(link(said('rulings.revocation.heading')));
        await hand.choose(page.getByLabel(said('reason.issued-in-error')));
        await hand.choose(page.getByLabel(said('rulings.revocation.sure', { holder: 'Ada Brandt' })));
        await hand.press(button(said('rulings.revocation.button')));
        await page.locator('.tag').getByText(said('state.revoked')).waitFor();
      });

      it('rotates the signing key after a confirmation', async () => {
        await arrive((await dina()).browser);
        await goTo(said('keys.tab'));
        const inUse = page
          .locator('li', { has: page.getByText(said('keys.state.inUse'), { exact: true }) })
          .locator('dd.code');
        const before = await inUse.innerText();
        await hand.press(link(said('keys.rotation.link')));
        await hand.press(button(said('keys.rotation.button')));
        await page.getByRole('alert').waitFor();
        await hand.choose(page.getByLabel(said('keys.sure')));
        await hand.press(button(said('keys.rotation.button')));
        await heading(said('keys.heading'));
        expect(await inUse.innerText()).to.not.equal(before);
      });

      it('records extra time, and grants one more attempt', async () => {
        const { learner, cycle, quiz } = await under({ attempts: 1, ask: 'Ask Ben.', timeLimit: 45 });
        await takeQuiz(cycle, quiz.name, wrongAnswer);
        await arrive((await dina()).browser);
        await goTo(said('admin.people'));
        await hand.fill(field(said('admin.find')), learner.email);
        await hand.press(button(said('admin.search')));
        await hand.press(link(learner.name));
        await hand.choose(page.getByLabel(said('person.allowance.25')));
        await hand.fill(page.getByLabel(said('person.agreedBy')), 'The head of training');
        await fillDay('agreedOn');
        await hand.press(button(said('person.keep')));
        await page.getByRole('status').getByText(said('person.kept')).waitFor();
        await hand.press(button(said('person.grant')));
        await page.getByRole('status').getByText(said('person.granted')).waitFor();
      });

      it('rules on an item from its figures, sees whom that affects, and confirms it', async () => {
        const place = await ruledCourse();
        await keep(Array.from({ length: 6 }, () => madeUpAttempt(place, { items: place.quiz.items })));
        await arrive((await dina()).browser);
        await page.goto(`/admin/statistics/${place.courseSlug}/${place.version}/${MODULE}`);
        await hand.press(page.locator(`main a[href*="/items/${place.ruled.id}/"]`));
        await hand.press(link(said('regrade.ruleLink')));
        await hand.choose(page.getByLabel(said('regrade.kind.void')));
        await hand.fill(
          page.getByLabel(said('regrade.reason'), { exact: true }),
          'Two answers can be defended.',
        );
        await hand.press(button(said('regrade.toPreview')));
        await hand.press(page.locator('main form[action$="/application"] button'));
        await heading(said('regrade.doneTitle'));
      });

      it('imports questions, and exports a bank', async () => {
        await arrive((await dina()).browser);
        await goTo(said('questions.heading'));
        await hand.pick(page.locator('#bank'), 'foundations');
        await hand.choose(page.locator('#format'));
        await hand.fill(
          page.locator('#text'),
          '::Gate 12:: What do you do first?{=Tell the supervisor ~Wait}',
        );
        await hand.press(button(said('questions.read')));
        await heading('GIFT file for');
        await button(said('questions.save')).waitFor();
        await goTo(said('questions.heading'));
        await hand.pick(page.locator('#out-bank'), 'foundations');
        await hand.choose(page.locator('#out-format'));
        await hand.press(button(said('questions.look')));
        await link(said('questions.download')).waitFor();
      });

      it('enters the organisation’s own line, and removes it', async () => {
        await arrive((await dina()).browser);
        await page.goto('/admin/reporting-line');
        for (const [name, value] of [
          [said('ownLine.name'), 'Duty manager'],
          [said('ownLine.phone'), '+47 22 33 44 55'],
        ] as const) {
          // The Tab key marks what stands in a field, so that typing takes its place.
          await hand.fill(field(name), value);
        }
        await fillDay('checkedOn');
        await hand.press(button(said('ownLine.save')));
        await page.getByRole('status').getByText(said('ownLine.saved')).waitFor();
        await hand.press(link(said('ownLine.remove')));
        await hand.press(button(said('ownLine.remove')));
        await page.getByRole('alert').waitFor();
        await hand.choose(page.getByLabel(said('ownLine.removal.sure')));
        await hand.press(button(said('ownLine.remove')));
        await page.getByRole('status').getByText(said('ownLine.removed')).waitFor();
      });

      it('opens figures, signals and previews', async () => {
        await arrive((await dina()).browser);
        await goTo(said('statistics.tab'));
        await hand.press(page.locator('main a[href="/admin/signals"]'));
        await page.waitForURL('**/admin/signals');
        await goTo(said('preview.tab'));
        await hand.press(page.locator('main a[href*="/quizzes/"]').first());
        await hand.press(button(said('preview.pass')));
        await page.waitForURL('**/result?*');
      });

      it('decides on names, and on how much others see of them, as a manager', async () => {
        const manager = await signedIn({ name: 'Ben Okafor' });
        await appoint(manager, 'manager');
        // What that one shows is nobody else's matter.
        const elsewhere = await otherOrganisation();
        await appoint(manager, 'administrator', elsewhere);
        const wishes = ['Ada Brandt', 'Ada Holm'];
        for (const name of wishes) {
          const { certificate } = await completed(await person({ name: `${name} Marlow` }), 'volunteers');
          await requestName(certificate, { name, why: 'I married' }, Date.now());
        }
        await arrive(manager.browser);
        await page.goto('/name-requests');
        await hand.press(link('Ada Brandt Marlow'));
        await hand.press(button(said('nameRequest.approve')));
        await hand.press(link('Ada Holm Marlow'));
        await hand.press(button(said('nameRequest.refuse')));
        await page.getByRole('alert').waitFor();
        await hand.fill(field(said('nameRequest.answer')), 'The passport says otherwise.');
        await hand.press(button(said('nameRequest.refuse')));
        await heading(said('nameRequest.list'));
        expect(await link(/Ada (Brandt|Holm) Marlow/).count()).to.equal(0);
        await page.goto(`/organisations/${elsewhere}/shown-name`);
        await hand.choose(page.getByLabel(said('shownName.masked')));
        await hand.press(button(said('organisations.save')));
        await page.getByRole('status').getByText(said('done.settings')).waitFor();
      });
    });
  }
});
