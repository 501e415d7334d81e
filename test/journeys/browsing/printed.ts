import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { codeOn } from '../../support/programs/paper.js';
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

/** What the QR code of a PDF says, as a phone would read it. */
export async function addressOn(pdf: string): Promise<string> {
  const address = await codeOn(await readFile(pdf));
  if (address === null) throw new Error(`No code can be read on ${pdf}.`);
  return address;
}
