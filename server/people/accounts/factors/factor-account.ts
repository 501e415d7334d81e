import { spoken } from '../../../platform/i18n/spoken.js';
import { hasAddress } from '../no-address.js';
import { addressOf } from '../people.js';

/** What an app or a device shows beside a factor, so that a person with several accounts tells them apart: their address, if any. */
export async function shownAccount(userId: string): Promise<string> {
  const email = (await addressOf(userId))?.email ?? '';
  return hasAddress(email) ? email : spoken('factors.account');
}
