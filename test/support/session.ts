import { createHmac } from 'node:crypto';
import { SessionStore } from '../../server/http/security/sessions.js';
import { deriveKey } from '../../server/lib/tokens.js';
import { Client } from '../../server/smoke/client.js';
import { fromSomewhere, world } from './world.js';

/**
 * A browser in which this person is signed in: their session is stored as a sign-in leaves it, and the cookie is signed as
 * `session-cookie.ts` signs it. To sign in by the form takes ten times as long, and most tests are about something else.
 */
export async function browserOf(userId: string): Promise<Client> {
  const id = await new SessionStore().begin(userId);
  const { base, secrets } = world();
  const key = deriveKey(secrets.links, 'session cookie').toString('base64');
  const mark = createHmac('sha256', key).update(id).digest('base64').replace(/=+$/, '');
  return new Client(base, `session=${encodeURIComponent(`s:${id}.${mark}`)}`, fromSomewhere());
}
