import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { signHead } from '../../../server/proof/certificates/ledger/signed-heads.js';
import { dayOf, daysAfter } from '../../../server/platform/lib/days.js';
import { openPack } from '../../proof/certificates/audit-pack/opened-pack.js';
import { visit } from '../../journeys/browsing/visit.js';
import { completed, reckoned, required, YEARLY } from '../../proof/reports/reckoned.js';
import { signedInHolder } from '../../support/holders.js';
import { employer, member } from '../../support/organisations.js';
import { signedIn } from '../../support/people.js';
import { appoint } from '../../support/roles.js';
import { said } from '../../support/said.js';
import { world } from '../../support/world.js';

export const id = 'J29';
export const title =
  'checked the pack of a certificate and the evidence of an organisation with the commands they bring, altered one byte of each, and saw them fail; and read later which papers came late';

export async function walk(): Promise<void> {
  await ofOneCertificate();
  await ofAnOrganisation();
}

async function ofOneCertificate(): Promise<void> {
  const { holder, certificate } = await signedInHolder();
  await signHead(world().issuer, Date.now());
  const { page, expectQuiet, close } = await visit(holder.browser);
  await page.goto(`/certificates/${certificate.id}`);
  const pack = openPack(await downloaded(page, said('certificate.auditPack')));
  expectQuiet();
  await close();

  for (const block of pack.blocks()) {
    const { status, output } = pack.run(block);
    expect(status, `${block}\n${output}`).to.equal(0);
  }
  const text = pack.text('credential.json');
  pack.write('credential.json', text.replace('Ada', 'Eda'));
  const answers = pack.blocks().map(block => pack.run(block).status);
  expect(answers.filter(status => status !== 0).length, 'commands that fail').to.be.greaterThan(0);
  expect(pack.verify().status).to.equal(1);
  pack.close();
}

async function ofAnOrganisation(): Promise<void> {
  const today = dayOf(Date.now(), 'UTC');
  const ago = (days: number) => daysAfter(today, -days);
  const organisation = await employer();
  await required(organisation, { fromDay: ago(300), rule: YEARLY });
  const [early, late] = [
    await member(organisation, { name: 'Mara Lind', fromDay: ago(400) }),
    await member(organisation, { name: 'Late Paper', fromDay: ago(400) }),
  ];
  await completed(organisation, early, { on: ago(100) });
  await reckoned(organisation);
  await signHead(world().issuer, Date.now());
  const ben = await signedIn({ name: 'Ben Okafor' });
  await appoint(ben, 'administrator', organisation.id);

  const { page, expectQuiet, close } = await visit(ben.browser);
  await page.goto(`/organisations/${organisation.id}/evidence`);
  await page.getByRole('link', { name: said('evidence.part.packs'), exact: true }).click();
  await page.locator('input[name=people][value=names]').check();
  await page.getByRole('button', { name: said('evidence.make') }).click();
  await page.getByRole('link', { name: said('evidence.download') }).waitFor();
  const pack = openPack(await downloaded(page, said('evidence.download')));

  for (const block of pack.blocks()) {
    const { status, output } = pack.run(block);
    expect(status, `${block}\n${output}`).to.equal(0);
  }
  expect(pack.text('people.csv')).to.include('Mara Lind');
  const bytes = readFileSync(join(pack.folder, 'standings.csv'));
  bytes[100] = (bytes[100] ?? 0) ^ 1;
  pack.write('standings.csv', bytes);
  const answers = pack.blocks().map(block => pack.run(block).status === 0);
  expect(answers).to.include(false);
  pack.close();

  await completed(organisation, late, { on: ago(20), said: Date.now() });
  await reckoned(organisation);
  await page.getByRole('link', { name: said('evidence.since.link') }).click();
  const papers = page.locator('[data-difference=late-credit]');
  await papers.getByRole('link', { name: 'Late Paper' }).waitFor();
  expectQuiet();
  await close();
}

async function downloaded(page: Page, name: string): Promise<Buffer> {
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name }).click()]);
  return readFileSync(await file.path());
}
