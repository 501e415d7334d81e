import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { unzipSync } from 'fflate';
import { displayCode } from '../../../server/platform/lib/ids.js';
import { openErasureOf } from '../../../server/office/privacy/erasure/erasure-requests.js';
import { visit } from '../../journeys/browsing/visit.js';
import { foundAnywhere } from '../../office/privacy/erased-everywhere.js';
import { signedInHolder } from '../../support/holders.js';
import { dina } from '../../support/people.js';
import { said } from '../../support/said.js';
import { world } from '../../support/world.js';
import { inFolder } from '../in-folder.js';

export const id = 'J10';
export const title =
  'downloaded all that is held, read what stays, was erased on request, and the number still answers without a name';

export const walk = (): Promise<void> =>
  inFolder(async folder => {
    const name = 'Zenobia Quistgaard';
    const [{ holder, certificate }, administrator] = [await signedInHolder(name), await dina()];
    const person = await visit(holder.browser);
    const { page } = person;
    await page.goto('/account/data');
    await page.getByRole('button', { name: said('ownData.ask') }).click();
    await page.waitForURL('**/account/data');
    await world().worker.drain();
    await page.goto('/account/data');
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.locator('a[href$="your-data.zip"]').click(),
    ]);
    const file = join(folder, 'your-data.zip');
    await download.saveAs(file);
    const files = unzipSync(readFileSync(file));
    expect(Buffer.from(files['your-data.html'] ?? []).toString()).to.include(name);
    expect(Object.keys(files)).to.include('data/certificates.json');

    await page.getByText(said('erasure.stays.award')).waitFor();
    await page.getByLabel(said('erasure.ownSure')).check();
    await page.getByRole('button', { name: said('erasure.ask') }).click();
    await page.getByRole('button', { name: said('erasure.withdraw') }).waitFor();

    const asked = await openErasureOf({ userId: holder.id, membershipId: null });
    const office = await visit(administrator.browser);
    await office.page.goto('/admin/erasures');
    await office.page.locator(`[data-erasure="${asked?.id}"] a`).click();
    await office.page.getByLabel(said('erasure.erase')).check();
    await office.page.getByLabel(said('access.reason')).fill('As they asked');
    await office.page.getByRole('button', { name: said('erasure.decide') }).click();
    await office.page.locator('[data-state=decided], [data-state=done]').waitFor();
    await world().worker.drain();
    await office.page.reload();
    await office.page.locator('[data-state=done]').waitFor();

    await page.goto('/account');
    await page.waitForURL('**/sign-in**');
    await page.goto(`/verify/${displayCode(certificate.code)}`);
    await page.locator('[data-verdict=erased-issued]').waitFor();
    expect(await page.content()).not.to.include('Zenobia');
    expect(await foundAnywhere([name, 'Quistgaard', holder.email])).to.deep.equal([]);
    for (const each of [person, office]) {
      each.expectQuiet();
      await each.close();
    }
  });
