import { expect } from 'chai';
import { signedIn } from '../../support/people.js';
import { said } from '../../support/said.js';
import { ownWorld } from '../../support/world.js';
import { visit } from '../browsing/visit.js';

const MINUTE = 60_000;

describe('a page that lies open', () => {
  ownWorld();

  it('warns before its session ends, asks nothing of the server meanwhile, and goes on where somebody stays', async () => {
    const { browser } = await signedIn();
    const { page, context, close, expectQuiet } = await visit(browser);
    await page.clock.install();
    await page.goto('/account', { waitUntil: 'networkidle' });
    const asked: string[] = [];
    page.on('request', request => void asked.push(new URL(request.url()).pathname));
    const dialog = page.getByRole('dialog', { name: said('staying.heading') });
    const stay = dialog.getByRole('button', { name: said('staying.stay') });
    const lieOpen = async (minutes: number) => page.clock.fastForward(minutes * MINUTE);
    await page.focus('#name');
    const script = page.waitForResponse(/\/staying\.js$/);
    await lieOpen(1);
    await script;
    await lieOpen(113);
    expect(await dialog.count()).to.equal(0);
    await lieOpen(2);
    await dialog.getByText(said('staying.soon')).waitFor();
    expect(asked.filter(path => !path.startsWith('/assets/'))).to.deep.equal([]);
    await stay.press('Enter');
    await dialog.waitFor({ state: 'hidden' });
    expect(asked.at(-1)).to.equal('/account');
    expect(await page.evaluate('document.activeElement.id')).to.equal('name');
    await lieOpen(116);
    await stay.waitFor();
    const other = await context.newPage();
    await other.goto('/learning');
    await lieOpen(1);
    await dialog.waitFor({ state: 'hidden' });
    await other.close();
    await lieOpen(116);
    await stay.waitFor();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    await lieOpen(6);
    await dialog.getByText(said('staying.over')).waitFor();
    expect(await stay.isVisible()).to.equal(false);
    await dialog.getByRole('button', { name: said('staying.close') }).press('Enter');
    await dialog.waitFor({ state: 'hidden' });
    expectQuiet();
    await close();
  });
});
