import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import PDFDocument from 'pdfkit';
import type { Page } from 'playwright-core';
import { PNG } from 'pngjs';
import { drawLine } from '../../../../../server/proof/certificates/documents/pdf/drawn-text.js';
import { faceFor, runsOf } from '../../../../../server/proof/certificates/documents/fonts/runs.js';
import { projectRoot } from '../../../../../server/config.js';
import { pictureOf } from '../../../../support/programs/paper.js';

/** Where there is ink, row by row, cut to the box around it. */
export type Ink = { width: number; height: number; dark: Uint8Array };

const SIZE = 48;

/** A text line on our paper: drawn by pdfkit, turned into a picture by PDFium, one pixel to the point. */
export async function onPaper(line: string): Promise<Ink> {
  const doc = new PDFDocument({ size: [900, 140], margin: 0, font: '' });
  const chunks: Buffer[] = [];
  doc.on('data', (chunk: Buffer) => chunks.push(chunk));
  const done = new Promise(resolve => doc.on('end', resolve));
  const setting = { face: faceFor(line, 'bold'), size: SIZE, colour: '#000' };
  drawLine(doc, line, { x: 20, y: 85 }, setting);
  doc.end();
  await done;
  return inkOf(await pictureOf(Buffer.concat(chunks), 72));
}

/** The same text line in Chromium, in the same fonts. */
export async function inChromium(line: string, page: Page, html = line): Promise<Ink> {
  const fonts = [...new Set(runsOf(line, faceFor(line, 'bold')).map(run => run.font))];
  await page.route('**/*.ttf', route => {
    const name = new URL(route.request().url()).pathname.slice(1, -4);
    return route.fulfill({ body: fontBytes(name), headers: { 'Access-Control-Allow-Origin': '*' } });
  });
  const faces = fonts.map(name => `@font-face{font-family:"${name}";src:url(http://fonts.test/${name}.ttf)}`);
  await page.setViewportSize({ width: 900, height: 140 });
  await page.setContent(
    `<style>${faces.join('')} p{margin:20px;font:${SIZE}px/1.8 ${fonts.map(name => `"${name}"`).join(',')}}</style>` +
      `<p dir="auto" style="width:max-content">${html}</p>`,
  );
  await page.evaluate('document.fonts.ready');
  return inkOf(PNG.sync.read(await page.screenshot()));
}

/** How much of the ink of two lines is in the same place, 0 to 1, when their boxes are laid on each other. */
export function likeness(one: Ink, other: Ink): number {
  const [a, b] = [thickened(one), thickened(other)];
  return Math.min(partOf(one, b), partOf(other, a));
}

const partOf = (ink: Ink, grown: Ink): number => {
  let [all, shared] = [0, 0];
  for (let y = 0; y < ink.height; y++)
    for (let x = 0; x < ink.width; x++) {
      if (!ink.dark[y * ink.width + x]) continue;
      all++;
      if (x < grown.width && y < grown.height && grown.dark[y * grown.width + x]) shared++;
    }
  return shared / all;
};

/** Two rasterisers put an edge on one pixel or the next. */
function thickened(ink: Ink): Ink {
  const dark = new Uint8Array(ink.dark.length);
  for (let y = 0; y < ink.height; y++)
    for (let x = 0; x < ink.width; x++) {
      if (!ink.dark[y * ink.width + x]) continue;
      for (let dy = -1; dy <= 1; dy++)
        for (let dx = -1; dx <= 1; dx++) {
          const [px, py] = [x + dx, y + dy];
          if (px >= 0 && px < ink.width && py >= 0 && py < ink.height) dark[py * ink.width + px] = 1;
        }
    }
  return { ...ink, dark };
}

function inkOf({ width, height, data }: { width: number; height: number; data: Uint8Array }): Ink {
  const isDark = (x: number, y: number) => (data[(y * width + x) * 4] ?? 255) < 128;
  const [xs, ys] = [new Set<number>(), new Set<number>()];
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) if (isDark(x, y)) (xs.add(x), ys.add(y));
  const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const ink: Ink = { width: right - left + 1, height: bottom - top + 1, dark: new Uint8Array(0) };
  ink.dark = Uint8Array.from({ length: ink.width * ink.height }, (_, at) =>
    isDark(left + (at % ink.width), top + Math.floor(at / ink.width)) ? 1 : 0,
  );
  return ink;
}

function fontBytes(name: string): Buffer {
  const plain = join(projectRoot, 'server/proof/certificates/documents/fonts', `${name}.ttf`);
  return existsSync(plain) ? readFileSync(plain) : brotliDecompressSync(readFileSync(`${plain}.br`));
}
