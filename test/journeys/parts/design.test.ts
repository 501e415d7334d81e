import { expect } from 'chai';
import { designScenes } from '../scenes/design-scenes.js';
import { layoutFaults } from '../looks/inspect.js';
import { fits } from '../looks/look-layout.js';
import { visit } from '../browsing/visit.js';
import { said } from '../../support/said.js';
import { ownWorld } from '../../support/world.js';

/** Colours hang on the scheme, and places on the direction: neither on both. */
const OTHER_WAY = '?scheme=dark&dir=rtl';

/** As they are by themselves every-page.test.ts looks at them, with all other pages: here, as they can be asked for. */
describe('the parts of pages', () => {
  ownWorld();

  it('can be used by all in the dark, and from right to left', async () => {
    const { page, expectQuiet, close } = await visit(null);
    const faults: string[] = [];
    for (const { name, path } of designScenes()) {
      await page.goto(path + OTHER_WAY);
      const found = [...(await layoutFaults(page)), ...(await fits(page))];
      faults.push(...found.map(fault => `${name}: ${fault}`));
    }
    expect(faults, faults.join('\n')).to.deep.equal([]);
    expectQuiet();
    await close();
  });

  it('are shown in the chosen scheme and direction, from page to page', async () => {
    const { page, close } = await visit(null, { colorScheme: 'light' });
    await page.goto('/design?scheme=dark&dir=rtl');
    const ground = () => page.evaluate('getComputedStyle(document.body).backgroundColor');
    expect(await ground()).to.equal('rgb(15, 30, 35)');
    await page.getByRole('link', { name: said('design.group.fields') }).click();
    await page.waitForURL('**/design/fields?*');
    expect(await ground()).to.equal('rgb(15, 30, 35)');
    expect(await page.locator('html').getAttribute('dir')).to.equal('rtl');
    await page.getByRole('link', { name: said('design.as.light'), exact: true }).click();
    await page.waitForURL('**scheme=light**');
    expect(await ground()).to.equal('rgb(255, 255, 255)');
    await close();
  });
});
