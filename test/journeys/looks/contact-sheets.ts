import { rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { newContext } from '../../support/programs/browser.js';

/** Pictures on a sheet: as many as can be told apart on it. */
const NARROW = 30;
const WIDE = 18;

interface LookedAt {
  readonly name: string;
  readonly width: number;
}

/** Puts the pictures of each look side by side on a few large ones. Returns how many sheets there are. */
export async function contactSheets(
  out: string,
  scenes: readonly string[],
  looks: readonly LookedAt[],
): Promise<number> {
  const context = await newContext({ viewport: { width: 2000, height: 1200 } });
  const page = await context.newPage();
  const paper = resolve(out, 'sheet.html');
  let sheets = 0;
  for (const { name, width } of looks) {
    const size = width > 400 ? WIDE : NARROW;
    for (let from = 0; from < scenes.length; from += size) {
      const pictures = scenes.slice(from, from + size).map(scene => `${scene}-${name}`);
      await writeFile(paper, sheetOf(pictures, width > 400 ? 320 : 190));
      await page.goto(pathToFileURL(paper).href, { waitUntil: 'load' });
      const number = String(from / size + 1).padStart(2, '0');
      await page.screenshot({ path: join(out, `sheet-${name}-${number}.png`), fullPage: true });
      sheets += 1;
    }
  }
  await rm(paper, { force: true });
  await context.close();
  return sheets;
}

/** A page of pictures, each as wide as its column and cut off after some height, with its name below. */
const sheetOf = (
  pictures: readonly string[],
  column: number,
): string => `<!doctype html><meta charset="utf-8">
<style>
  body { display: grid; grid-template-columns: repeat(auto-fill, ${column}px); gap: 16px; margin: 16px; background: #999; font: 12px sans-serif }
  figure { margin: 0 }
  a { display: block; height: 420px; overflow: hidden }
  img { display: block; width: 100% }
</style>
${pictures.map(name => `<figure><a><img src="${name}.png" alt=""></a><figcaption>${name}</figcaption></figure>`).join('\n')}`;
