import { person, PASSWORD } from '../../../support/people.js';
import { browserOf } from '../../../support/session.js';
import { world } from '../../../support/world.js';
import { seenBy, type Scene } from '../scene.js';

/** Where somebody is signed in, and their sign-ins: one alone, several of all kinds, and refused ones. */
export async function activityScenes(): Promise<Scene[]> {
  const [alone, busy] = [await person(), await person()];
  const own = await browserOf(alone.id);
  for (const password of ['not the right password', PASSWORD]) {
    await busy.browser.get('/sign-in');
    await busy.browser.submit('/sign-in', { email: busy.email, password });
  }
  await browserOf(busy.id);
  const kiosk = world().visitor();
  await kiosk.get('/sign-in');
  await kiosk.submit('/sign-in', { email: busy.email, password: PASSWORD });
  return [
    seenBy(own)('own-sessions-alone', '/account/sessions'),
    seenBy(own)('sign-in-history-none', '/account/history'),
    seenBy(busy.browser)('own-sessions', '/account/sessions'),
    seenBy(busy.browser)('sign-in-history', '/account/history'),
  ];
}
