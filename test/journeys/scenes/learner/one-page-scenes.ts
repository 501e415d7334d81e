import { signedIn } from '../../../support/people.js';
import { attemptWith, enrolled, quizIn, readLessons } from '../../../support/walk.js';
import { said } from '../../../support/said.js';
import { saidFirst } from '../../browsing/said-first.js';
import { scene, type Act, type Scene } from '../scene.js';

/** A quiz on one page: begun, with an answer that waits for the connection, and with an error. */
export async function onePageScenes(): Promise<Scene[]> {
  const learner = await signedIn();
  const cycle = await enrolled(learner, 'volunteers');
  await readLessons(cycle, 'survivor-trauma');
  const quiz = await quizIn(cycle, 'survivor-trauma');
  const items = ['single', 'multiple', 'true-false'].flatMap(
    kind => quiz.items.find(({ type }) => type === kind) ?? [],
  );
  const { id } = await attemptWith(cycle, quiz, items);
  const page = `/attempts/${id}/questions`;
  const see = (name: string, act?: Act): Scene => scene(learner.browser, name, page, act);
  return [
    see('questions'),
    see('questions-not-saved', async page => {
      await page.route('**/answers/*', route => route.abort());
      await page.locator('#question-1 .choice').first().click();
      await page.locator('#question-1 .state').getByText(saidFirst('saving.waiting')).waitFor();
    }),
    see('questions-half', async page => {
      await page.locator('[name=s3-truth]').first().check();
      await page.locator('#question-3 .state').getByText(saidFirst('question.problem.half')).waitFor();
      await Promise.all([
        page.waitForEvent('load'),
        page.getByRole('button', { name: said('onePage.review') }).click(),
      ]);
    }),
  ];
}
