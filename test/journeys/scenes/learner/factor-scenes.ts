import { askForFactorReset } from '../../../../server/accounts/factors/factor-resets.js';
import { giveApp, withApp } from '../../../accounts/factors/with-app.js';
import { dina, signedIn } from '../../../support/people.js';
import { refused } from '../../looks/look-refusal.js';
import { world } from '../../../support/world.js';
import { send, seenBy, type Act, type Scene } from '../scene.js';

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
    seenBy(world().visitor())('second-step', '/sign-in', firstStepOf(entering)),
    seenBy(world().visitor())('second-step-wrong', '/sign-in', async page => {
      await firstStepOf(entering)(page);
      await refused('/sign-in/second-step', { code: '12' })(page);
    }),
    admin('factor-reset-none', pageOf(idle)),
    admin('factor-reset', pageOf(lost)),
    admin('factor-reset-wrong', pageOf(lost), refused(`${pageOf(lost)}/reset`, { reason: '' })),
    admin('factor-reset-own', pageOf(waiting)),
    seenBy(other.browser)('factor-reset-waiting', pageOf(waiting)),
  ];
}

/** Signs in with address and password: what then waits for the second step waits for ten minutes. */
const firstStepOf =
  ({ email, password }: { email: string; password: string }): Act =>
  async page => {
    await page.fill('#email', email);
    await page.fill('#password', password);
    await Promise.all([
      page.waitForEvent('load'),
      page.locator('form[action="/sign-in"] .button').last().click(),
    ]);
  };
