import type { Client } from '../../../../server/workshop/smoke/client.js';
import { dina, signedIn } from '../../../support/people.js';
import { knowing, roundIn, ruledCourse, type RuledCourse } from '../../../support/quizzes/ruled-course.js';
import { MODULE, takeQuiz } from '../../../support/walk.js';
import { send } from '../../../support/pages.js';
import { world } from '../../../support/world.js';
import type { Scene } from '../scene.js';

const formOf = ({ courseSlug, version, ruled }: RuledCourse) =>
  `/admin/rulings/${courseSlug}/${version}/${MODULE}/${ruled.id}`;

/** A ruling: its form, what was forgotten there, its preview, carried out, the log; and two learners' result pages. */
export async function regradeScenes(): Promise<Scene[]> {
  const { browser } = await dina();
  const [place, other] = [await ruledCourse(), await ruledCourse({ critical: 'never-3' })];
  const [passing, failing, losing] = [
    await signedIn(),
    await signedIn({ name: 'Teo Brandt' }),
    await signedIn(),
  ];
  const passes = await takeQuiz(await roundIn(place, passing), MODULE, knowing(place, place.others[0]));
  const fails = await takeQuiz(await roundIn(place, failing), MODULE, knowing(place));
  await takeQuiz(await roundIn(other, losing), MODULE, knowing(other, other.ruled, other.others[0]));
  const done = await previewed(browser, place, { kind: 'void' });
  await send(browser, `${done}/application`);
  await world().worker.drain();
  const draft = await previewed(browser, other, {
    kind: 'key',
    keyVersion: String(other.mended),
    withdraw: 'yes',
    withdrawalReason: 'The published key was unsafe.',
  });
  const see = (name: string, path: string, as: Client = browser): Scene => ({ name, path, as });
  return [
    see('regrade-new', formOf(other)),
    {
      ...see('regrade-new-wrong', formOf(place)),
      act: page => page.locator('main form .button').last().click(),
    },
    see('regrade-preview', draft),
    see('regrade-done', done),
    see('regrade-log', '/admin/rulings'),
    see('regrade-result-passed', `/attempts/${passes.id}`, passing.browser),
    see('regrade-result-failed', `/attempts/${fails.id}`, failing.browser),
  ];
}

async function previewed(
  browser: Client,
  place: RuledCourse,
  changes: Record<string, string>,
): Promise<string> {
  const versions = { fromVersion: String(place.version), toVersion: String(place.version) };
  const reason = 'Learners asked about it, and two answers can be defended.';
  const { path } = await send(browser, formOf(place), { ...versions, reason, ...changes });
  return path;
}
