import { quizOf } from '../../../../server/teaching/quizzes/quiz.js';
import { dina } from '../../../support/people.js';
import { course } from '../../../support/walk.js';
import { said } from '../../../support/said.js';
import type { Scene } from '../scene.js';

const COURSE = 'law-enforcement';

/** Previews: the list, the longest form that any course draws, its results, a case, and a question with its key. */
export async function previewScenes(): Promise<Scene[]> {
  const { browser } = await dina();
  const base = `/admin/preview/${COURSE}`;
  const final = `${base}/quizzes/final?seed=a`;
  const { snapshot } = await course(COURSE);
  const items = quizOf(snapshot, 'see-respond-report')?.items ?? [];
  const [item] = [...items.filter(({ type }) => type === 'ordering'), ...items];
  const see = (name: string, path: string, button?: string): Scene => ({
    name: `admin-preview${name}`,
    path,
    as: browser,
    ...(button
      ? {
          act: async page => {
            await Promise.all([
              page.waitForEvent('load'),
              page.getByRole('button', { name: button }).click(),
            ]);
          },
        }
      : {}),
  });
  return [
    see('', '/admin/preview'),
    see('-form', final),
    see('-pass', final, said('preview.pass')),
    see('-fail', final, said('preview.fail')),
    {
      name: 'admin-preview-form-wrong',
      path: final,
      as: browser,
      act: async page => {
        // Only what was tampered with cannot be read.
        await page.evaluate(`document.querySelector('main [name$="-choice"]').value = 'zz'`);
        await page.locator('main [value=zz]').check();
        await Promise.all([
          page.waitForEvent('load'),
          page.getByRole('button', { name: said('review.send') }).click(),
        ]);
      },
    },
    see('-case', `${base}/exam-case/EX-S3`),
    see('-case-empty', `${base}/exam-case/EX-S3`, said('case.save')),
    see('-case-reasons', `${base}/cases/EX-S3`),
    see('-item', `${base}/quizzes/see-respond-report/items/${item?.id ?? ''}`),
    see('-models', '/admin/preview/models'),
    see('-model', '/admin/preview/models/items/MB-003'),
  ];
}
