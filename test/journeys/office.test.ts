import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { requestName } from '../../server/certificates/holder/name-corrections.js';
import { displayCode } from '../../server/lib/ids.js';
import { keep, madeUpAttempt } from '../support/quizzes/made-up-attempts.js';
import { dina, person, signedIn } from '../support/people.js';
import { under } from '../support/quizzes/policies.js';
import { ruledCourse } from '../support/quizzes/ruled-course.js';
import { appoint, completed, MODULE, otherOrganisation, takeQuiz, wrongAnswer } from '../support/walk.js';
import { keyboard, type Hand } from './browsing/hand.js';
import { visit, type Visit } from './browsing/visit.js';
import { ownWorld } from '../support/world.js';

/** A phone; nothing but its keyboard. */
const PHONE = { width: 360, height: 740 };

/** Everything that administrators and managers do, on a narrow screen and without a pointer. */
describe('the office, with nothing but a keyboard', function () {
  ownWorld();
  this.timeout(180_000);

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

      it('suspends a certificate, lifts that, corrects the name and withdraws it', async () => {
        const { certificate } = await completed(await person(), 'volunteers');
        await arrive((await dina()).browser);
        await goTo('Certificates');
        await hand.fill(field('Find'), displayCode(certificate.code));
        await hand.press(button('Search'));
        await hand.press(link('Ada Marlow'));
        await hand.press(link('Suspend for a while'));
        await hand.choose(page.getByLabel('Under review'));
        await hand.press(button('Suspend certificate'));
        await hand.press(link('Lift the suspension'));
        await hand.press(button('Lift the suspension'));
        await hand.press(link('Correct the name'));
        await page.getByLabel('Name on the certificate').waitFor();
        await hand.fill(page.getByLabel('Name on the certificate'), 'Ada Brandt');
        await hand.press(button('Issue with this name'));
        await heading(/Brandt/);
        await hand.press(link('Withdraw for good'));
        await hand.choose(page.getByLabel('Issued in error'));
        await hand.choose(page.getByLabel('Yes, withdraw the certificate of Ada Brandt for good'));
        await hand.press(button('Withdraw certificate'));
        await page.locator('.tag').getByText('Withdrawn').waitFor();
      });

      it('puts a new key in use, and first asks whether that is meant', async () => {
        await arrive((await dina()).browser);
        await goTo('Keys');
        const inUse = page
          .locator('li', { has: page.getByText('In use', { exact: true }) })
          .locator('dd.code');
        const before = await inUse.innerText();
        await hand.press(link('Put a new key in use'));
        await hand.press(button('Put a new key in use'));
        await page.getByRole('alert').waitFor();
        await hand.choose(page.getByLabel('Yes, do this now'));
        await hand.press(button('Put a new key in use'));
        await heading('Signing keys');
        expect(await inUse.innerText()).to.not.equal(before);
      });

      it('agrees on extra time, and grants one more try', async () => {
        const { learner, cycle, quiz } = await under({ attempts: 1, ask: 'Ask Ben.', timeLimit: 45 });
        await takeQuiz(cycle, quiz.name, wrongAnswer);
        await arrive((await dina()).browser);
        await goTo('People');
        await hand.fill(field('Find'), learner.email);
        await hand.press(button('Search'));
        await hand.press(link(learner.name));
        await hand.choose(page.getByLabel('A quarter more (25%)'));
        await hand.fill(page.getByLabel('Agreed by'), 'The head of training');
        await fillDay('agreedOn');
        await hand.press(button('Write down the agreement'));
        await page.getByRole('status').getByText('The agreement is written down').waitFor();
        await hand.press(button('Grant one more try'));
        await page.getByRole('status').getByText('One more try is granted').waitFor();
      });

      it('rules on a question from its figures, sees whom that touches, and puts it into force', async () => {
        const place = await ruledCourse();
        await keep(Array.from({ length: 6 }, () => madeUpAttempt(place, { items: place.quiz.items })));
        await arrive((await dina()).browser);
        await page.goto(`/admin/statistics/${place.courseSlug}/${place.version}/${MODULE}`);
        await hand.press(page.locator(`main a[href*="/items/${place.ruled.id}/"]`));
        await hand.press(link('Rule on this question'));
        await hand.choose(page.getByLabel(/^Take it out of the scoring/));
        await hand.fill(page.getByLabel('Why', { exact: true }), 'Two answers can be defended.');
        await hand.press(button('See who would be affected'));
        await hand.press(button(/^Put into force/));
        await heading('The ruling is in force');
      });

      it('brings questions in, and takes a bank out', async () => {
        await arrive((await dina()).browser);
        await goTo('Questions');
        await hand.pick(page.locator('#bank'), 'foundations');
        await hand.choose(page.locator('#format'));
        await hand.fill(
          page.locator('#text'),
          '::Gate 12:: What do you do first?{=Tell the supervisor ~Wait}',
        );
        await hand.press(button('Read questions'));
        await heading('GIFT file for');
        await button('Save quiz.yaml').waitFor();
        await goTo('Questions');
        await hand.pick(page.locator('#out-bank'), 'foundations');
        await hand.choose(page.locator('#out-format'));
        await hand.press(button('See the report'));
        await link('Download the file').waitFor();
      });

      it('enters the own reporting line, and takes it away', async () => {
        await arrive((await dina()).browser);
        await goTo('Reporting line');
        for (const [name, value] of [
          ['What it is called', 'Duty manager'],
          ['Telephone number', '+47 22 33 44 55'],
        ] as const) {
          // The Tab key marks what stands in a field, so that typing takes its place.
          await hand.fill(field(name), value);
        }
        await fillDay('checkedOn');
        await hand.press(button('Save the line'));
        await page.getByRole('status').getByText('Saved').waitFor();
        await hand.press(link('Take the line away'));
        await hand.press(button('Take the line away'));
        await page.getByRole('alert').waitFor();
        await hand.choose(page.getByLabel('Yes, take the line away'));
        await hand.press(button('Take the line away'));
        await page.getByRole('status').getByText('Taken away').waitFor();
      });

      it('looks at figures, signals and previews', async () => {
        await arrive((await dina()).browser);
        await goTo('Statistics');
        await hand.press(page.locator('main a[href="/admin/signals"]'));
        await page.waitForURL('**/admin/signals');
        await goTo('Preview');
        await hand.press(page.locator('main a[href*="/quizzes/"]').first());
        await hand.press(button('Result after a pass'));
        await page.waitForURL('**/result?*');
      });

      it('decides about names, and what others see of them, as a manager', async () => {
        const manager = await signedIn({ name: 'Ben Okafor' });
        await appoint(manager, 'manager');
        // What that one shows is nobody else's matter.
        const elsewhere = await otherOrganisation();
        await appoint(manager, 'manager', elsewhere);
        const wishes = ['Ada Brandt', 'Ada Holm'];
        for (const name of wishes) {
          const { certificate } = await completed(await person({ name: `${name} Marlow` }), 'volunteers');
          await requestName(certificate, { name, why: 'I married' }, Date.now());
        }
        await arrive(manager.browser);
        await page.goto('/name-requests');
        await hand.press(link('Ada Brandt Marlow'));
        await hand.press(button('Correct the name'));
        await hand.press(link('Ada Holm Marlow'));
        await hand.press(button('Do not change the name'));
        await page.getByRole('alert').waitFor();
        await hand.fill(field('Why the name stays as it is'), 'The passport says otherwise.');
        await hand.press(button('Do not change the name'));
        await heading('Names to correct');
        expect(await link(/Ada (Brandt|Holm) Marlow/).count()).to.equal(0);
        await page.goto(`/organisations/${elsewhere}/shown-name`);
        await hand.choose(page.getByLabel('A hidden form of the name'));
        await hand.press(button('Save'));
        await page.getByRole('status').getByText('Saved').waitFor();
      });
    });
  }
});
