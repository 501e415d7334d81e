import { noAddress } from '../../../../server/accounts/no-address.js';
import { longSignedIn } from '../../../accounts/proof/long-signed-in.js';
import { write } from '../../../support/rows.js';
import { refused } from '../../looks/look-refusal.js';
import { seenBy, type Scene } from '../scene.js';

const DATA = '/account/data';

/** Somebody is asked whether it is still they: before a page, with a form that waits, and without a password. */
export async function proofScenes(): Promise<Scene[]> {
  const [known, withPin, withLink] = [await longSignedIn(), await longSignedIn(), await longSignedIn()];
  await write('update users set email = $2 where id = $1', [withPin.id, noAddress(withPin.id)]);
  await write('update users set password_hash = null where id = $1', [withLink.id]);
  const see = seenBy(known.browser);
  return [
    see('proof', DATA),
    see('proof-wrong', DATA, refused('/account/proof', { proof: 'not this one' })),
    see('proof-form', '/account', async page => {
      const form = page.locator('form[action="/account/name"]');
      await form.evaluate((one: { action?: string }) => void (one.action = '/account/data/exports'));
      await Promise.all([page.waitForEvent('load'), form.locator('.button').click()]);
    }),
    seenBy(withPin.browser)('proof-pin', DATA),
    seenBy(withLink.browser)('proof-no-password', DATA),
  ];
}
