import { noAddress } from '../../../../server/people/accounts/no-address.js';
import { longSignedIn } from '../../../people/accounts/proof/long-signed-in.js';
import { write } from '../../../support/rows.js';
import { refused } from '../../looks/look-refusal.js';
import { seenBy, type Scene } from '../scene.js';

const DATA = '/account/data';

/** Sends a form of a page that was opened before the proof was too old. */
const SEND_LATE = `(() => {
  const form = document.createElement('form');
  Object.assign(form, { method: 'post', action: '/account/data/exports' });
  form.append(document.querySelector('input[name=_csrf]').cloneNode());
  document.body.append(form);
  form.submit();
})()`;

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
      await Promise.all([page.waitForEvent('load'), page.evaluate(SEND_LATE)]);
    }),
    seenBy(withPin.browser)('proof-pin', DATA),
    seenBy(withLink.browser)('proof-no-password', DATA),
  ];
}
