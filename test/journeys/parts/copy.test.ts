import { expect } from 'chai';
import { signedInHolder } from '../../support/holders.js';
import { visit } from '../browsing/visit.js';
import { ownWorld } from '../../support/world.js';

/** What a browser does when a page copies: takes it, refuses, or has no clipboard, as without https. */
const CLIPBOARDS = {
  takes: `{ writeText: async text => { window.copied = text } }`,
  refuses: `{ writeText: async () => { throw new DOMException('Write permission denied.', 'NotAllowedError') } }`,
  none: 'undefined',
};

/** The page of a certificate, its button pressed. */
async function pressed(clipboard: keyof typeof CLIPBOARDS) {
  const { holder, certificate } = await signedInHolder();
  const visited = await visit(holder.browser, { viewport: { width: 360, height: 640 } });
  const { page } = visited;
  await page.addInitScript(
    `Object.defineProperty(Navigator.prototype, 'clipboard', { get: () => (${CLIPBOARDS[clipboard]}) })`,
  );
  await page.goto(`/certificates/${certificate.id}`);
  const button = page.locator('[data-copy]');
  await button.click();
  const [field, told] = [page.locator('[data-copy] + input'), page.locator('[data-copy] ~ [role=status]')];
  await told.and(page.locator(':not(:empty)')).waitFor({ state: 'attached' });
  return { ...visited, button, field, told };
}

describe('a link that is copied', () => {
  ownWorld();

  it('is in the clipboard, and the button confirms it', async () => {
    const { page, button, field, told, expectQuiet, close } = await pressed('takes');
    expect(await page.evaluate('window.copied')).to.equal(await field.inputValue());
    const copied = await button.getAttribute('data-copied');
    expect([await button.innerText(), await told.textContent()]).to.deep.equal([copied, copied]);
    expect(await field.isVisible()).to.equal(false);
    expectQuiet();
    await close();
  });

  for (const clipboard of ['refuses', 'none'] as const) {
    it(`is shown, selected, where the browser ${clipboard === 'none' ? 'has no clipboard' : 'refuses'}`, async () => {
      const { page, button, field, told, expectQuiet, close } = await pressed(clipboard);
      expect(await told.textContent()).to.equal(await button.getAttribute('data-refused'));
      expect(await told.isVisible()).to.equal(true);
      expect(await page.evaluate('getSelection().toString()')).to.equal(await field.inputValue());
      expect(await field.inputValue()).to.match(/^http.*\/verify\//);
      expectQuiet();
      await close();
    });
  }
});
