import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { revoke, suspend } from '../../../server/proof/certificates/lifecycle/revoke.js';
import { supersede } from '../../../server/proof/certificates/lifecycle/supersede.js';
import { expire, signedInHolder } from '../../support/holders.js';
import { dina } from '../../support/people.js';
import { world } from '../../support/world.js';
import { addressOn } from '../../journeys/browsing/printed.js';
import { visit } from '../../journeys/browsing/visit.js';
import { inFolder } from '../in-folder.js';

export const id = 'J26';
export const title =
  'scanned five printed copies without an account: valid, replaced, expired, suspended, revoked, and no name in full';

type Held = Awaited<ReturnType<typeof signedInHolder>>;
type Change = (held: Held, by: { actorId: string; now: number }) => Promise<unknown>;

/** What happens to a certificate after it was printed, and what whoever scans the print is told. */
const CHANGES: readonly (readonly [string, Change])[] = [
  ['valid', async () => undefined],
  // The number stays the person's: the check shows the certificate that is current, and says that another was replaced.
  [
    'valid',
    ({ certificate }, by) =>
      supersede(certificate.id, { facts: { name: 'Ada Brandt' }, reason: 'name-corrected' }, by),
  ],
  ['expired', ({ certificate }) => expire(certificate)],
  ['suspended', ({ certificate }, by) => suspend(certificate, { reason: 'under-review', note: null }, by)],
  ['revoked', ({ certificate }, by) => revoke(certificate, { reason: 'not-earned', note: null }, by)],
];

export const walk = (): Promise<void> =>
  inFolder(async folder => {
    const by = { actorId: (await dina()).id, now: Date.now() };
    const stranger = await visit(null);
    for (const [verdict, change] of CHANGES) {
      const held = await signedInHolder();
      const { holder, certificate } = held;
      const print = join(folder, `${certificate.id}.pdf`);
      writeFileSync(print, await holder.browser.bytes(`/certificates/${certificate.id}/certificate.pdf`));
      const address = await addressOn(print);
      await change(held, by);
      await world().worker.drain();
      await stranger.page.goto(address);
      await stranger.page.locator(`[data-verdict=${verdict}]`).waitFor();
      const seen = await stranger.page.content();
      for (const secret of ['Marlow', 'Brandt', holder.email, holder.id, certificate.id])
        expect(seen, `${verdict}: ${secret}`).to.not.include(secret);
    }
    stranger.expectQuiet();
    await stranger.close();
  });
