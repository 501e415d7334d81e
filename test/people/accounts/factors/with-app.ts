import { addApp } from '../../../../server/people/accounts/factors/authenticator-apps.js';
import { makeCodes } from '../../../../server/people/accounts/factors/recovery-codes.js';
import { codeAt, newSecret, stepAt } from '../../../../server/people/accounts/factors/totp.js';
import type { Client, Page } from '../../../../server/workshop/smoke/client.js';
import { PASSWORD, person, type Person } from '../../../support/people.js';
import { world } from '../../../support/world.js';

const SECRET = newSecret();

/** The code that the app shows next: it counts already, and does so for half a minute at the least. */
export const nextCode = (): string => codeAt(SECRET, stepAt(Date.now()) + 1);

/** The code that the app shows now, which is older than the next. */
export const olderCode = (): string => codeAt(SECRET, stepAt(Date.now()));

/** Gives somebody an authenticator app, which has just shown its code. Returns their recovery codes. */
export async function giveApp({ id }: Pick<Person, 'id'>): Promise<string[]> {
  const [now, key] = [Date.now(), world().secrets.factors];
  await addApp(id, SECRET, { code: codeAt(SECRET, stepAt(now)), now, key });
  return makeCodes(id, { key, now });
}

/** Somebody with an authenticator app, not signed in, and their recovery codes. */
export async function withApp(
  wishes: Parameters<typeof person>[0] = {},
): Promise<Person & { codes: string[] }> {
  const somebody = await person(wishes);
  return { ...somebody, codes: await giveApp(somebody) };
}

/** The first step of signing in: with the password. */
export async function firstStep(browser: Client, { email }: Pick<Person, 'email'>, next = ''): Promise<Page> {
  await browser.get(next ? `/sign-in?next=${encodeURIComponent(next)}` : '/sign-in');
  return browser.submit('/sign-in', { email, password: PASSWORD });
}
