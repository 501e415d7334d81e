import { person, type Person } from '../../../support/people.js';
import { browserOf } from '../../../support/session.js';

/** Somebody who last proved eleven minutes ago that it is they. */
export async function longSignedIn(wishes: Parameters<typeof person>[0] = {}): Promise<Person> {
  const somebody = await person(wishes);
  return { ...somebody, browser: await browserOf(somebody.id, Date.now() - 11 * 60_000) };
}
