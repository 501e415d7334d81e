import {
  askForAddress,
  confirmNewAddress,
  waitingChange,
} from '../../../server/people/accounts/new-address/address-changes.js';
import { requestSignInLink } from '../../../server/people/accounts/sign-in/sign-in-link.js';
import { requestReset } from '../../../server/people/accounts/sign-up/recovery.js';
import { newId } from '../../../server/platform/lib/ids.js';
import { PASSWORD, person, signedIn, type Person } from '../../support/people.js';
import { world } from '../../support/world.js';

/** Path and query of the link to a page in the newest mail to an address that has one: other mail may have come since. */
export async function mailedLink(address: string, path: string): Promise<string> {
  await world().worker.drain();
  const words = world()
    .mailbox.to(address)
    .reverse()
    .flatMap(({ text = '' }) => text.split(/\s+/));
  const link = words.find(word => URL.canParse(word) && new URL(word).pathname === path);
  if (!link) throw new Error(`No link to ${path} was mailed to ${address}`);
  const { pathname, search } = new URL(link);
  return pathname + search;
}

/** The link that is mailed to somebody who has just signed up. */
export async function linkToConfirm(): Promise<string> {
  const email = `eli-${newId()}@example.org`;
  const browser = world().visitor();
  await browser.get('/sign-up');
  await browser.submit('/sign-up', { name: 'Eli Strand', email, password: PASSWORD });
  return mailedLink(email, '/confirm');
}

/** The link that is mailed to somebody who has forgotten their password. */
export async function linkToReset(): Promise<string> {
  const { email } = await person();
  await requestReset(email, { key: world().secrets.links, now: Date.now() });
  return mailedLink(email, '/new-password');
}

/** The link that is mailed to somebody who wants to sign in without a password. */
export async function linkToSignIn(): Promise<string> {
  const { email } = await person();
  await requestSignInLink(email, { key: world().secrets.links, now: Date.now(), course: null });
  return mailedLink(email, '/arrival');
}

/** Somebody who has asked for another address. */
export async function askedForAddress(): Promise<Person & { newEmail: string }> {
  const someone = await signedIn();
  const newEmail = `ada-${newId()}@example.net`;
  await askForAddress(someone.id, { email: newEmail, password: PASSWORD }, Date.now());
  return { ...someone, newEmail };
}

/** The link that is mailed to a new address. */
export const linkToNewAddress = async (): Promise<string> =>
  mailedLink((await askedForAddress()).newEmail, '/new-address');

/** The link that is mailed to the address before: of a change that waits, or was made. */
export async function linkToOldAddress({ isConfirmed = false } = {}): Promise<string> {
  const { id, email } = await askedForAddress();
  const change = isConfirmed && (await waitingChange(id, Date.now()));
  if (change) await confirmNewAddress(change.id, PASSWORD, Date.now());
  return mailedLink(email, '/old-address');
}
