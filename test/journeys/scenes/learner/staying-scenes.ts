import { comeIn, withCard } from '../../../people/organisations/entry/of-cards.js';
import { employer } from '../../../support/organisations.js';
import { send as post } from '../../../support/pages.js';
import { dina, signedIn } from '../../../support/people.js';
import { appoint } from '../../../support/roles.js';
import { write } from '../../../support/rows.js';
import { seenBy, send, type Act, type Scene } from '../scene.js';

const DAY = 86_400_000;

/** A page lies open until its session ends, and a form comes after that; and the days of grace of a second step run out. */
export async function stayingScenes(): Promise<Scene[]> {
  const [open, leaving, back, asked] = [await signedIn(), await dina(), await dina(), await signedIn()];
  const organisation = await employer();
  const kiosk = await comeIn(await withCard(organisation, { staffNumber: 'K0001' }));
  await appoint(asked, 'manager');
  const granted = Date.now() - 9 * DAY;
  await write('update role_grants set granted_at = $2 where user_id = $1', [asked.id, granted]);
  await write('update users set factor_asked_from = $2 where id = $1', [asked.id, granted]);
  const form = `/organisations/${organisation.id}/units/new`;
  return [
    seenBy(open.browser)('session-ends-soon', '/account', liesOpen(60_000)),
    seenBy(open.browser)('session-over', '/account', liesOpen(0)),
    seenBy(kiosk)('session-ends-shared', '/account', liesOpen(60_000)),
    seenBy(leaving.browser)('late-form', form, async page => {
      await page.fill('#name', 'Oslo Gardermoen');
      await post(leaving.browser, '/sign-out');
      await send(page);
    }),
    seenBy(back.browser)('late-form-back', form, async page => {
      await page.evaluate(`document.querySelector('main form [name=_csrf]').value = 'of before'`);
      await send(page);
    }),
    seenBy(asked.browser)('factor-grace', '/team'),
  ];
}

/** As if the page had lain open until so shortly before the end of its session (ms). */
const liesOpen =
  (rest: number): Act =>
  async page => {
    await page.evaluate(`(() => {
      document.querySelector('[data-ends]').dataset.at = Date.now() + ${rest};
      const own = document.querySelector('script[src$="/app.js"]');
      const script = Object.assign(document.createElement('script'), { type: 'module', nonce: own.nonce });
      script.src = own.src.replace('app.js', 'staying.js');
      document.head.append(script);
    })()`);
    await page.getByRole('dialog').waitFor();
  };
