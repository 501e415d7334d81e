import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Page } from 'playwright-core';
import { closeBrowser } from '../support/browser.js';
import { closeWorld, openWorld } from '../support/world.js';
import { visit } from './visit.js';
import { scenes, type Scene } from './scenes.js';

// `npm run screens -- --out data/screens [--only lesson]`: a picture of every page, narrow and wide, light and dark.

const WIDTHS = [360, 1280] as const;
const SCHEMES = ['light', 'dark'] as const;

const { values } = parseArgs({
  options: { out: { type: 'string', default: 'data/screens' }, only: { type: 'string', default: '' } },
});

await openWorld();
await mkdir(values.out, { recursive: true });
const shown = (await scenes()).filter(({ name }) => name.startsWith(values.only));
for (const scene of shown) await takePictures(scene);
process.stdout.write(`${shown.length * WIDTHS.length * SCHEMES.length} pictures in ${values.out}\n`);
await closeBrowser();
await closeWorld();

async function takePictures({ name, path, as, act }: Scene): Promise<void> {
  const { page, close } = await visit(as);
  await page.goto(path);
  await act?.(page);
  for (const width of WIDTHS) {
    for (const colorScheme of SCHEMES) {
      await page.setViewportSize({ width, height: 800 });
      await page.emulateMedia({ colorScheme });
      await picture(page, `${name}-${width}${colorScheme === 'dark' ? '-dark' : ''}`);
    }
  }
  await close();
}

function picture(page: Page, name: string): Promise<Buffer> {
  return page.screenshot({ path: join(values.out, `${name}.png`), fullPage: true });
}
