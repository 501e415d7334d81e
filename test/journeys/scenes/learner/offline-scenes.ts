import { courseVersion } from '../../../../server/teaching/courses/catalogue.js';
import { copiesOf } from '../../../../server/teaching/learning/pages/copies.js';
import { signedIn } from '../../../support/people.js';
import { enrolled } from '../../../support/walk.js';
import { said } from '../../../support/said.js';
import type { Scene } from '../scene.js';

/** What is read without a connection: the pages for it, a course that is kept on the device, and a copy. */
export async function offlineScenes(): Promise<Scene[]> {
  const learner = await signedIn();
  const cycle = await enrolled(learner, 'volunteers');
  const { snapshot } = await courseVersion(cycle.courseVersionId);
  const lessons = copiesOf(cycle.id, snapshot).pages.filter(path => path.includes('/lessons/'));
  const as = learner.browser;
  return [
    { name: 'offline', path: '/offline?copy', as: null },
    { name: 'offline-concern', path: '/offline/concern?copy', as: null },
    {
      name: 'course-kept',
      path: `/learning/${cycle.id}`,
      as,
      act: async page => {
        await page.getByRole('button', { name: said('keep.keep') }).click();
        await page.getByRole('button', { name: said('keep.remove') }).waitFor();
        await page.evaluate('scrollTo(0, 0)');
      },
    },
    { name: 'course-copy', path: `/learning/${cycle.id}?copy`, as },
    { name: 'lesson-copy', path: `${lessons.at(-1)}?copy`, as },
  ];
}
