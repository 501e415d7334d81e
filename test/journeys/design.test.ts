import { expect } from 'chai';
import { designScenes } from './design-scenes.js';
import { inspect } from './inspect.js';
import { visit } from './visit.js';
import './close.js';

const WAYS = ['?scheme=light&dir=rtl', '?scheme=dark&dir=ltr', '?scheme=dark&dir=rtl'];

/** What stands on a ground of its own, or is pressed. */
const EDGED = [
  '.button',
  '.tag',
  '.notice',
  '.panel',
  '.choice',
  '.choice input',
  '.input',
  '.summary',
  '.card',
];

/** As they are by themselves, light and from left to right, budgets.test.ts looks at them with all other pages. */
describe('the parts of pages', function () {
  this.timeout(120_000);

  for (const way of WAYS) {
    it(`can be used by all, ${way}`, async () => {
      const { page, expectQuiet, close } = await visit(null);
      const faults: string[] = [];
      for (const { name, path } of designScenes()) {
        const answer = await page.goto(path + way);
        const html = (await answer?.text()) ?? '';
        await inspect(page, html).catch((fault: Error) => faults.push(`${name}: ${fault.message}`));
      }
      expect(faults.join('\n\n')).to.equal('');
      expectQuiet();
      await close();
    });
  }

  it('keep their edges in forced colours, where no ground tells them apart', async () => {
    const { page, close } = await visit(null, { forcedColors: 'active' });
    const seen = new Set<string>();
    for (const { path } of designScenes()) {
      await page.goto(path);
      for (const name of EDGED) {
        const bare = await page.evaluate<string[] | null>(
          `(all => all.length && all.filter(each => !parseFloat(getComputedStyle(each).borderTopWidth)).map(each => each.outerHTML.slice(0, 100)))([...document.querySelectorAll('main ${name}')])`,
        );
        if (bare) {
          seen.add(name);
          expect(bare, `${path} ${name}`).to.deep.equal([]);
        }
      }
    }
    expect([...seen].sort()).to.deep.equal([...EDGED].sort());
    await close();
  });

  it('are shown in the scheme and the direction that were asked for, and keep them from page to page', async () => {
    const { page, close } = await visit(null, { colorScheme: 'light' });
    await page.goto('/design?scheme=dark&dir=rtl');
    const ground = () => page.evaluate('getComputedStyle(document.body).backgroundColor');
    expect(await ground()).to.equal('rgb(15, 30, 35)');
    await page.getByRole('link', { name: 'Fields' }).click();
    await page.waitForURL('**/design/fields?*');
    expect(await ground()).to.equal('rgb(15, 30, 35)');
    expect(await page.locator('html').getAttribute('dir')).to.equal('rtl');
    await page.getByRole('link', { name: 'Light', exact: true }).click();
    expect(await ground()).to.equal('rgb(255, 255, 255)');
    await close();
  });
});
