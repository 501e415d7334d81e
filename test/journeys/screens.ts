import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Page } from 'playwright-core';
import { closeBrowser } from '../support/programs/browser.js';
import { closeWorld, openWorld } from '../support/world.js';
import { contactSheets } from './looks/contact-sheets.js';
import { scenes } from './scenes/scenes.js';
import type { Scene } from './scenes/scene.js';
import { visit } from './browsing/visit.js';

// `npm run screens -- --out data/screens [--only lesson]`: every page narrow and wide, light, dark and in forced colours, and
// on paper; and contact sheets of all that, `sheet-…`, to look over.

/** What a page is seen on. Paper without its margins, in CSS px: A4 and Letter. */
const LOOKS = [
  { name: '360', width: 360 },
  { name: '360-dark', width: 360, media: { colorScheme: 'dark' } },
  { name: '360-forced', width: 360, media: { forcedColors: 'active' } },
  { name: '1280', width: 1280 },
  { name: '1280-dark', width: 1280, media: { colorScheme: 'dark' } },
  { name: 'a4', width: 718, media: { media: 'print' } },
  { name: 'letter', width: 740, media: { media: 'print' } },
] as const;
const PLAIN = { colorScheme: 'light', forcedColors: 'none', media: 'screen' } as const;

const { values } = parseArgs({
  options: { out: { type: 'string', default: 'data/screens' }, only: { type: 'string', default: '' } },
});

await openWorld();
await mkdir(values.out, { recursive: true });
const shown = (await scenes()).filter(({ name }) => name.startsWith(values.only));
for (const scene of shown) await takePictures(scene);
const names = shown.map(({ name }) => name);
const sheets = await contactSheets(values.out, names, LOOKS);
process.stdout.write(`${shown.length * LOOKS.length} pictures and ${sheets} sheets in ${values.out}\n`);
await closeBrowser();
await closeWorld();

async function takePictures({ name, path, as, act }: Scene): Promise<void> {
  const { page, close } = await visit(as);
  await page.goto(path);
  await act?.(page);
  for (const look of LOOKS) {
    await page.setViewportSize({ width: look.width, height: 800 });
    await page.emulateMedia({ ...PLAIN, ...('media' in look ? look.media : {}) });
    await picture(page, `${name}-${look.name}`);
  }
  await close();
}

function picture(page: Page, name: string): Promise<Buffer> {
  return page.screenshot({ path: join(values.out, `${name}.png`), fullPage: true });
}
