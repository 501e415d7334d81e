import { setDiscreet } from '../../../../server/people/accounts/people.js';
import { enterHotlineCheck } from '../../../../server/teaching/help/public-hotlines/hotline-checks.js';
import { setOwnHotline, wholeOf } from '../../../../server/teaching/help/own-hotlines/own-hotline.js';
import { openOrganisation } from '../../../../server/people/organisations/memberships.js';
import { MAX_PAUSE } from '../../../../server/teaching/quizzes/attempts/limits.js';
import { pauseAttempt } from '../../../../server/teaching/quizzes/attempts/time/pauses.js';
import { startAttempt } from '../../../../server/teaching/quizzes/attempts/start/start.js';
import { ada, dina } from '../../../support/people.js';
import { under } from '../../../support/quizzes/policies.js';
import { enrolled } from '../../../support/walk.js';
import { write } from '../../../support/rows.js';
import { refused } from '../../looks/look-refusal.js';
import { said } from '../../../support/said.js';
import { scene, type Scene } from '../scene.js';

const MINUTE = 60_000;
const PUBLIC_LINE = `/admin/reporting-lines/us-national-hotline`;
const CONFIRMED_LINE = `/admin/reporting-lines/us-missing-children`;
const OFF_LINE = `/admin/reporting-lines/za-childline`;
const FOUND = { phone: '1-800-843-5678', url: 'https://www.missingkids.org', hours: 'Day and night' };
const LINE = {
  name: 'Duty manager of the airport and of all stations',
  phone: '+47 22 33 44 55',
  hours: 'Day and night, also on holidays',
  checkedOn: '2026-11-20',
};

/** What people need who are worried, in a hurry, tired, or not alone. */
export const careScenes = async (): Promise<Scene[]> => [
  scene(null, 'card-choice', '/card'),
  scene(null, 'card-choice-wrong', '/card?show=card'),
  scene(null, 'card', '/card/gb/cabin-crew'),
  scene(null, 'card-elsewhere', '/card/int/volunteer'),
  ...(await discreet()),
  ...(await office()),
];

/** The own line stays: pages that others look at show it, as they do where there is one. */
async function office(): Promise<Scene[]> {
  const { browser, id: actorId } = await dina();
  const { id } = await openOrganisation();
  await enterHotlineCheck(
    'us-missing-children',
    { number: 1, check: { ...FOUND, checkedOn: '2026-11-25', how: 'called', source: null } },
    { actorId, now: Date.now() },
  );
  const off = { number: 1, check: 'off' as const };
  await enterHotlineCheck('za-childline', off, { actorId, now: Date.now() });
  await setOwnHotline(wholeOf(id), { number: 1, line: LINE }, { actorId, now: Date.now() });
  const home = `/organisations/${id}/settings/reporting-lines`;
  const [own, removal] = [`${home}/everyone`, `${home}/everyone/removal`];
  return [
    scene(browser, 'reporting-lines', home),
    scene(browser, 'reporting-lines-no-country', `${home}?country=`),
    scene(browser, 'reporting-lines-no-unit', `${home}?unit=`),
    scene(browser, 'reporting-line-new', `${home}/fr`),
    scene(browser, 'admin-public-lines', '/admin/reporting-lines'),
    scene(browser, 'admin-public-line', PUBLIC_LINE),
    scene(browser, 'admin-public-line-wrong', PUBLIC_LINE, refused(PUBLIC_LINE)),
    scene(browser, 'admin-public-line-confirmed', CONFIRMED_LINE),
    scene(browser, 'admin-public-line-off', OFF_LINE),
    scene(browser, 'reporting-line', own),
    scene(browser, 'reporting-line-wrong', own, async page => {
      await page.locator('#phone').fill('ask Ben');
      await Promise.all([
        page.waitForEvent('load'),
        page.getByRole('button', { name: said('ownLine.save') }).click(),
      ]);
    }),
    scene(browser, 'reporting-line-removal', removal),
    scene(browser, 'reporting-line-removal-wrong', removal, refused(removal)),
  ];
}

async function discreet(): Promise<Scene[]> {
  const { browser, id } = await ada();
  const cycle = await enrolled({ id }, 'volunteers');
  await setDiscreet(id, true);
  return [
    scene(browser, 'discreet-account', '/account'),
    scene(browser, 'discreet-course', `/learning/${cycle.id}`),
    scene(browser, 'forbidden', '/account', async page => {
      await page.evaluate(`for (const field of document.getElementsByName('_csrf')) field.value = ''`);
      const form = page.locator('form[action="/account/name"]');
      await Promise.all([page.waitForEvent('load'), form.getByRole('button').click()]);
    }),
  ];
}

/** Breaks: not begun, begun, used up. Each publishes a version of its own, so one comes after the other. */
export async function pauseScenes(): Promise<Scene[]> {
  const begun = async () => {
    const { browser, cycle, quiz, start } = await under({ timeLimit: 45 });
    const { id } = await startAttempt(cycle, quiz, Date.now());
    return { browser, id, path: `/attempts/${id}/pause`, start };
  };
  const [open, on, spent] = [await begun(), await begun(), await begun()];
  await pauseAttempt(on.id, Date.now() - 5 * MINUTE);
  await write('update attempts set paused_ms = $1 where id = $2', [MAX_PAUSE, spent.id]);
  return [
    scene(open.browser, 'pause', open.path),
    scene(on.browser, 'pause-on', on.path),
    scene(on.browser, 'quiz-paused', on.start),
    scene(spent.browser, 'pause-used-up', spent.path),
  ];
}
