import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { said } from '../../support/said.js';

/** The paper of the certificate whose page is open, downloaded into a folder. Gives its path. */
export async function downloaded(page: Page, folder: string): Promise<string> {
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: said('certificate.pdf') }).click(),
  ]);
  const path = join(folder, `${Date.now()}.pdf`);
  await file.saveAs(path);
  expect((await readFile(path)).subarray(0, 5).toString()).to.equal('%PDF-');
  return path;
}

/** What the QR code of a PDF says, as a phone would read it; null where the tools for that are missing. */
export function addressOn(pdf: string): string | null {
  if (!existsSync('/usr/bin/pdftoppm') || !existsSync('/usr/bin/zbarimg')) return null;
  execFileSync('pdftoppm', ['-r', '150', '-png', '-singlefile', pdf, pdf]);
  return execFileSync('zbarimg', ['--quiet', '--raw', `${pdf}.png`], { stdio: ['ignore', 'pipe', 'ignore'] })
    .toString()
    .trim();
}
