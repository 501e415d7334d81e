import { askForFactorReset } from '../../../../server/people/accounts/factors/factor-resets.js';
import { passkeysOf } from '../../../../server/people/accounts/factors/own-factors.js';
import { addDevice, newDevice } from '../../../people/accounts/factors/passkeys/with-passkey.js';
import { giveApp, withApp } from '../../../people/accounts/factors/with-app.js';
import { dina, signedIn } from '../../../support/people.js';
import { browserOf } from '../../../support/session.js';
import { refused } from '../../looks/look-refusal.js';
import { world } from '../../../support/world.js';
import { send, seenBy, signingIn, type Act, type Scene } from '../scene.js';

const HOME = '/account/factors';

/** Second factors: none, one, setting one up, signing in with it, and resetting it for somebody. */
export async function factorScenes(): Promise<Scene[]> {
  const [idle, known, lost, waiting] = [await signedIn(), await signedIn(), await withApp(), await withApp()];
  const [asker, other, entering] = [await dina(), await dina(), await withApp()];
  await giveApp(known);
  await askForFactorReset(waiting.id, 'I met her in person.', { actorId: asker.id, now: Date.now() });
  const [see, admin] = [seenBy(idle.browser), seenBy(asker.browser)];
  const pageOf = ({ id }: { id: string }) => `/admin/people/${id}/factors`;
  return [
    see('factors-none', HOME),
    see('factor-app', `${HOME}/app`),
    see('factor-app-wrong', `${HOME}/app`, refused(`${HOME}/app`, { code: '12' })),
    seenBy(known.browser)('factors', HOME),
    seenBy(known.browser)('factor-codes', HOME, send),
    seenBy(asker.browser)('factors-asked', HOME),
    seenBy(world().visitor())('second-step', '/sign-in', signingIn(entering)),
    seenBy(world().visitor())('second-step-wrong', '/sign-in', async page => {
      await signingIn(entering)(page);
      await refused('/sign-in/second-step', { code: '12' })(page);
    }),
    admin('factor-reset-none', pageOf(idle)),
    admin('factor-reset', pageOf(lost)),
    admin('factor-reset-wrong', pageOf(lost), refused(`${pageOf(lost)}/reset`, { reason: '' })),
    admin('factor-reset-own', pageOf(waiting)),
    seenBy(other.browser)('factor-reset-waiting', pageOf(waiting)),
  ];
}

/** Sends what no passkey signed, as a browser does whose device failed. */
const sendNoAnswer: Act = async page => {
  await Promise.all([
    page.waitForEvent('load'),
    page.evaluate(`(() => {
      const form = document.querySelector('form[data-passkey]');
      form.querySelector('[data-answer]').value = '{}';
      form.submit();
    })()`),
  ]);
};

/** Somebody with two passkeys, and the address of the first of them. */
async function withPasskeys(wishes: { isAdministrator?: boolean } = {}, devices = 2) {
  const somebody = await signedIn(wishes);
  const names = ['Work laptop', 'Key on my desk'].slice(0, devices);
  for (const name of names) await addDevice(somebody.browser, newDevice(), { name });
  const [first] = await passkeysOf(somebody.id);
  return { ...somebody, page: `${HOME}/passkeys/${first?.id ?? ''}` };
}

/** Passkeys: adding one, naming one, the last one of a role, and one that is refused wherever it is asked for. */
export async function passkeyScenes(): Promise<Scene[]> {
  const [owner, admin, late] = [
    await withPasskeys(),
    await withPasskeys({ isAdministrator: true }, 1),
    await withPasskeys(),
  ];
  const see = seenBy(owner.browser);
  const proving = seenBy(await browserOf(late.id, Date.now() - 11 * 60_000));
  const add = `${HOME}/passkeys`;
  return [
    see('passkeys', HOME),
    see('passkey-new', `${add}/new`),
    see('passkey-new-unnamed', `${add}/new`, refused(add, { name: ' ' })),
    see('passkey-new-refused', `${add}/new`, sendNoAnswer),
    see('passkey', owner.page),
    see('passkey-unnamed', owner.page, refused(`${owner.page}/name`, { name: ' ' })),
    seenBy(admin.browser)('passkey-last', admin.page),
    proving('proof-passkey', HOME),
    proving('proof-passkey-refused', HOME, sendNoAnswer),
    seenBy(world().visitor())('sign-in-passkey-refused', '/sign-in', sendNoAnswer),
    seenBy(world().visitor())('second-step-passkey', '/sign-in', signingIn(late)),
    seenBy(world().visitor())('second-step-passkey-refused', '/sign-in', async page => {
      await signingIn(late)(page);
      await sendNoAnswer(page);
    }),
  ];
}
