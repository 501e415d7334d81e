import { expect } from 'chai';
import { displayCode } from '../../../server/platform/lib/ids.js';
import { signedInHolder } from '../../support/holders.js';
import { dina } from '../../support/people.js';
import { said } from '../../support/said.js';
import { world } from '../../support/world.js';
import { visit } from '../../journeys/browsing/visit.js';

export const id = 'J36';
export const title =
  'rotated the signing key, and a certificate from before held by its number and by its file';

export async function walk(): Promise<void> {
  const { holder, certificate } = await signedInHolder();
  const buffer = await holder.browser.bytes(`/certificates/${certificate.id}/certificate.pdf`);
  const office = await visit((await dina()).browser);
  await office.page.goto('/admin/keys');
  await office.page.getByRole('link', { name: said('keys.rotation.link') }).click();
  await office.page.getByLabel(said('keys.sure')).check();
  await office.page.getByRole('button', { name: said('keys.rotation.button') }).click();
  await office.page.waitForURL('**/admin/keys?done=rotation');
  await world().issuer.refresh();
  expect(world().issuer.keyId, 'another key signs').to.not.equal(certificate.keyId);

  const stranger = await visit(null);
  await stranger.page.goto(`/verify/${displayCode(certificate.code)}`);
  await stranger.page.locator('[data-verdict=valid]').waitFor();
  await stranger.page.goto('/verify');
  await stranger.page
    .locator('#file')
    .setInputFiles({ name: 'certificate.pdf', mimeType: 'application/pdf', buffer });
  await stranger.page.getByRole('button', { name: said('verifyFile.check') }).click();
  await stranger.page.locator('[data-verdict=valid]').waitFor();
  for (const { expectQuiet, close } of [office, stranger]) {
    expectQuiet();
    await close();
  }
}
