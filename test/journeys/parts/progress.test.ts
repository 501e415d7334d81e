import { expect } from 'chai';
import { visit } from '../browsing/visit.js';
import { said } from '../../support/said.js';
import { ownWorld } from '../../support/world.js';

const PAGE = '/design/organisation';
const EVERY = 3000;

/** Long work as a page shows it (components/notices/progress), in a browser whose clock the test moves. */
describe('the progress of long work', () => {
  ownWorld();

  it('follows the server, and reloads the page at the end', async () => {
    const { page, close } = await visit(null);
    await page.clock.install();
    await page.goto(PAGE);
    const [bar, words] = [
      page.locator('#import-running'),
      page.locator('[data-progress] [role=status]').first(),
    ];
    const before = await page.content();
    let now = before;
    await page.route(`**${PAGE}`, route => route.fulfill({ contentType: 'text/html', body: now }));
    const after = async (html: string) => {
      now = html;
      const answer = page.waitForResponse(`**${PAGE}`);
      await page.clock.runFor(EVERY);
      await answer;
    };

    await after(before);
    expect(await bar.getAttribute('value')).to.equal('128');
    await after(before.replace('value="128"', 'value="300"').replaceAll('128 of 412', '300 of 412'));
    await page.locator('#import-running[value="300"]').waitFor();
    expect(await words.textContent()).to.include(
      said('design.sample.import.text.running', { done: 300, all: 412 }),
    );

    await Promise.all([page.waitForEvent('load'), after(before.replaceAll('data-progress', 'data-ended'))]);
    await close();
  });

  it('stays as it is without a connection', async () => {
    const { page, close } = await visit(null);
    await page.clock.install();
    await page.goto(PAGE);
    await page.route(`**${PAGE}`, route => route.abort());
    const failed = page.waitForEvent('requestfailed');
    await page.clock.runFor(EVERY);
    await failed;
    expect(await page.locator('#import-running').getAttribute('value')).to.equal('128');
    await close();
  });
});
