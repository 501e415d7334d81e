import { expect } from 'chai';
import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { visit } from '../../journeys/browsing/visit.js';
import { employer, unit } from '../../support/organisations.js';
import { signedIn } from '../../support/people.js';
import { appoint } from '../../support/roles.js';
import { count } from '../../support/rows.js';
import { said } from '../../support/said.js';
import { world } from '../../support/world.js';
import { csvOf } from '../../people/organisations/roster/uploading.js';

export const id = 'J11';
export const title =
  'uploaded 2,000 people with 37 bad rows, imported the good, took the bad with reasons, repaired and uploaded them: nobody twice';

const ROWS = 2_000;
const BAD = 37;
const HEADER = ['Name', 'E-mail', 'Staff number', 'Unit', 'Job', 'Hired on'];

/** A row of the list; every 54th is bad in one of three ways, until there are 37. */
function rowOf(n: number): string[] {
  const number = String(n).padStart(6, '0');
  const row = [
    `Person ${n}`,
    `p${n}@crew.example`,
    number,
    n % 2 === 0 ? 'OSL' : 'FRA',
    'Cabin crew',
    '2025-03-01',
  ];
  if (!isBad(n)) return row;
  const [, , , , job = ''] = row;
  if (n % 3 === 0) return [...row.slice(0, 3), 'NOWHERE', job, '2025-03-01'];
  if (n % 3 === 1) return [...row.slice(0, 5), '01/03/25'];
  return ['', ...row.slice(1)];
}

const isBad = (n: number): boolean => n % 54 === 0 && n / 54 <= BAD;

export async function walk(): Promise<void> {
  const organisation = await employer();
  await unit(organisation, 'Oslo', { code: 'OSL' });
  await unit(organisation, 'Frankfurt', { code: 'FRA' });
  const ben = await signedIn({ name: 'Ben Okafor' });
  await appoint(ben, 'administrator', organisation.id);
  const { page, close, expectQuiet } = await visit(ben.browser, { viewport: { width: 360, height: 740 } });
  const known = () => count('memberships where organisation_id = $1', [organisation.id]);
  const list = `/organisations/${organisation.id}/roster`;

  await upload(
    page,
    list,
    csvOf(
      HEADER,
      Array.from({ length: ROWS }, (_, at) => rowOf(at + 1)),
    ),
  );
  await page.getByRole('heading', { level: 2, name: said('roster.faultsTitle', { count: BAD }) }).waitFor();
  expect(await known(), 'nobody is changed by looking').to.equal(0);
  await importAll(page);
  expect(await known()).to.equal(ROWS - BAD);

  const faults = await download(page);
  const [header = '', ...bad] = faults.trim().split(/\r?\n/);
  expect(bad).to.have.length(BAD);
  expect(header).to.include('Staff number');
  const repaired = Array.from({ length: ROWS }, (_, at) => at + 1)
    .filter(isBad)
    .map(n => [
      `Person ${n}`,
      `p${n}@crew.example`,
      String(n).padStart(6, '0'),
      'OSL',
      'Cabin crew',
      '2025-03-01',
    ]);
  await upload(page, list, csvOf(HEADER, repaired));
  await importAll(page);
  expect(await known()).to.equal(ROWS);

  await upload(page, list, csvOf(HEADER, [...repaired, rowOf(1), rowOf(2)]));
  expect(await page.locator('form[action$="/confirmation"]').count(), 'there is nothing left to do').to.equal(
    0,
  );
  expect(await known(), 'nobody is there twice').to.equal(ROWS);
  expectQuiet();
  await close();
}

/** Upload a file, keep the columns that are guessed, and go to what would change. */
async function upload(page: Page, list: string, bytes: Buffer): Promise<void> {
  await page.goto(list);
  await page.locator('#file').setInputFiles({ name: 'people.csv', mimeType: 'text/csv', buffer: bytes });
  await page.getByRole('button', { name: said('roster.upload') }).click();
  await page.getByRole('button', { name: said('roster.toPreview') }).click();
  await page.getByRole('heading', { level: 1, name: said('roster.previewTitle') }).waitFor();
}

async function importAll(page: Page): Promise<void> {
  await page.locator('form[action$="/confirmation"] button').click();
  await page.waitForLoadState();
  await world().worker.drain();
  await page.goto(page.url());
  await page.getByRole('heading', { level: 1, name: said('roster.resultTitle') }).waitFor();
}

async function download(page: Page): Promise<string> {
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: said('roster.faultsFile') }).click(),
  ]);
  return readFile(await file.path(), 'utf8');
}
