import { createHmac } from 'node:crypto';
import { SessionStore } from '../../server/platform/http/security/sessions.js';
import { deriveKey } from '../../server/platform/lib/tokens.js';
import { Client } from '../../server/workshop/smoke/client.js';
import { fromSomewhere, world } from './world.js';

/**
 * A browser in which this person is signed in: their session is stored as a sign-in leaves it, and the cookie is signed as
 * `session-cookie.ts` signs it. To sign in by the form takes ten times as long, and most tests are about something else.
 * `provenAt`: when they last proved that it is they; what asks for a proof of the last minutes asks nobody else, however long a test takes.
 */
export async function browserOf(userId: string, provenAt = Date.now() + 86_400_000): Promise<Client> {
  const id = await new SessionStore().begin(userId);
  await new SessionStore(() => provenAt).prove(id);
  const { base, secrets } = world();
  const key = deriveKey(secrets.links, 'session cookie').toString('base64');
  const mark = createHmac('sha256', key).update(id).digest('base64').replace(/=+$/, '');
  return new Client(base, `session=${encodeURIComponent(`s:${id}.${mark}`)}`, fromSomewhere());
}
