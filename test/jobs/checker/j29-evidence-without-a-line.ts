import { expect } from 'chai';
import { signHead } from '../../../server/certificates/ledger/signed-heads.js';
import { signedInHolder } from '../../support/holders.js';
import { said } from '../../support/said.js';
import { world } from '../../support/world.js';
import { readFileSync } from 'node:fs';
import { missing, openPack } from '../../certificates/audit-pack/opened-pack.js';
import { visit } from '../../journeys/browsing/visit.js';

export const id = 'J29';
export const title =
  'checked an evidence pack with the commands it brings, altered one byte, and saw it fail';

export async function walk(): Promise<void> {
  const why = missing();
  if (why) throw new Error(why);
  const { holder, certificate } = await signedInHolder();
  await signHead(world().issuer, Date.now());
  const { page, expectQuiet, close } = await visit(holder.browser);
  await page.goto(`/certificates/${certificate.id}`);
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: said('certificate.auditPack') }).click(),
  ]);
  const pack = openPack(readFileSync(await file.path()));
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
