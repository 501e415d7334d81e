import { newId } from '../../../../server/platform/lib/ids.js';
import { linkMailedTo } from '../../../people/accounts/mails.js';
import { world } from '../../../support/world.js';
import { refused } from '../../looks/look-refusal.js';
import { seenBy, type Scene } from '../scene.js';

const PAGE = '/courses/volunteers/link';

/** The way without an account: a mailed link that opens one course. */
export async function oneCourseScenes(): Promise<Scene[]> {
  const [email, later] = [`zoe-${newId()}@example.org`, `zoe-${newId()}@example.org`];
  for (const to of [email, later]) {
    const browser = world().visitor();
    await browser.get(PAGE);
    await browser.submit(PAGE, { name: 'Zoë Lindqvist', email: to });
  }
  const browser = world().visitor();
  await browser.get(await linkMailedTo(email));
  await browser.submit('/course-link');
  const see = seenBy(null);
  return [
    see('one-course', PAGE),
    see('one-course-wrong', PAGE, refused(PAGE, { name: '', email: 'zoe' })),
    see('one-course-sent', `${PAGE}/sent`),
    see('one-course-link', await linkMailedTo(later)),
    see('one-course-no-link', '/course-link?token=none'),
    seenBy(browser)('one-course-begin', '/learning'),
  ];
}
