import type { Client, Page } from '../../../../../server/workshop/smoke/client.js';
import { signedIn, type person, type Person } from '../../../../support/people.js';
import { send } from '../../../../support/pages.js';
import { world } from '../../../../support/world.js';
import { authenticator, type Authenticator, type Deceit, type Options } from './authenticator.js';

const PASSKEYS = '/account/factors/passkeys';

/** Somebody's passkey, and the device that holds it. */
interface WithPasskey extends Person {
  readonly device: Authenticator;
}

/** What the server asks a browser, at one of its two addresses. */
export const asked = async (browser: Client, address: string): Promise<Options> =>
  JSON.parse((await send(browser, address)).text) as Options;

/** What a browser is asked to sign. */
export const askedToSign = (browser: Client): Promise<Options> =>
  asked(browser, '/sign-in/passkey/challenge');

/** Adds the passkey of a device to whoever is signed in. */
export async function addDevice(
  browser: Client,
  device: Authenticator,
  { name = 'Laptop', ...deceit }: Deceit & { readonly name?: string } = {},
): Promise<Page> {
  const options = await asked(browser, `${PASSKEYS}/challenge`);
  return send(browser, PASSKEYS, { name, credential: device.make(options, deceit) });
}

/** Signs in with the passkey of a device, and with nothing else. */
export async function enterBy(browser: Client, device: Authenticator, deceit: Deceit = {}): Promise<Page> {
  return send(browser, '/sign-in/passkey', {
    passkey: device.sign(await askedToSign(browser), deceit),
  });
}

/** A device that holds nothing yet. */
export const newDevice = (): Authenticator => authenticator(world().base);

/** Somebody with a passkey, who is not signed in. */
export async function withPasskey(wishes: Parameters<typeof person>[0] = {}): Promise<WithPasskey> {
  const [somebody, device] = [await signedIn(wishes), newDevice()];
  await addDevice(somebody.browser, device);
  return { ...somebody, device, browser: world().visitor() };
}
