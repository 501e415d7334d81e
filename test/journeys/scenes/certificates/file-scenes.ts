import { writeFileSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { revoke } from '../../../../server/proof/certificates/lifecycle/revoke.js';
import { strangerText } from '../../../proof/open-badges/files/forging.js';
import { dina } from '../../../support/people.js';
import { holder } from '../../../support/holders.js';
import { world } from '../../../support/world.js';
import { said } from '../../../support/said.js';
import type { Scene } from '../scene.js';

/** What the check of a file says: valid, revoked, altered, from another issuer, and no certificate. */
export async function fileScenes(): Promise<Scene[]> {
  const folder = mkdtempSync(join(tmpdir(), 'file-scenes-'));
  const { certificate: good } = await holder('Adaeze Marlow-Oyelaran');
  const { certificate: bad } = await holder('Ben Okafor');
  const why = { reason: 'issued-in-error' as const, note: null };
  await revoke(bad, why, { actorId: (await dina()).id, now: Date.now() });
  await world().worker.drain();
  const hand = (name: string, text: string): Scene => {
    const file = join(folder, `${name}.json`);
    writeFileSync(file, text);
    const act: Scene['act'] = async page => {
      await page.locator('#file').setInputFiles(file);
      await page.getByRole('button', { name: said('verifyFile.check') }).click();
    };
    return { name, path: '/verify', as: null, act };
  };
  return [
    hand('file-valid', good.credential),
    hand('file-withdrawn', bad.credential),
    hand('file-altered', good.credential.replace('Marlow', 'Brandt')),
    hand('file-not-ours', (await strangerText('stranger', good.credential)).text),
    hand('file-none', 'nothing'),
  ];
}
