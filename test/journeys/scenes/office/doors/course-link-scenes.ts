import { newId } from '../../../../../server/platform/lib/ids.js';
import { linkMailedTo } from '../../../../people/accounts/mails.js';
import { employer, unit } from '../../../../support/organisations.js';
import { signedIn, type Person } from '../../../../support/people.js';
import { appoint, otherOrganisation } from '../../../../support/roles.js';
import { row, write } from '../../../../support/rows.js';
import { world } from '../../../../support/world.js';
import { NONE, refused } from '../../../looks/look-refusal.js';
import { seenBy, type Scene } from '../../scene.js';

const anyone = () => `maximiliane-friederike-${newId()}@training.example.org`;

/** Links for one course that a manager mails: the list, the form, and what whoever gets one sees. */
export async function courseLinkScenes(): Promise<Scene[]> {
  const [manager, organisation] = [await signedIn(), await employer()];
  await unit(organisation, 'Maximiliane-Friederike-Klassenzimmer für Fortgeschrittene');
  await appoint(manager, 'manager', organisation.id);
  const [named, unnamed, used, back, old] = [anyone(), anyone(), anyone(), anyone(), anyone()];
  for (const to of [`Zoë Lindqvist <${named}>`, unnamed, `Zoë <${used}>`, back, old])
    await sendTo(manager, organisation.id, to);
  const [first, second, third] = [
    await linkMailedTo(named),
    await linkMailedTo(unnamed),
    await linkMailedTo(used),
  ];
  const learner = world().visitor();
  await learner.get(third);
  await learner.submit('/sent-course');
  await write(`update course_links set outcome = 'withdrawn', ended_at = 1 where email = $1`, [back]);
  await write('update course_links set expires_at = 1 where email = $1', [old]);
  const home = `/organisations/${organisation.id}/course-links`;
  const empty = await otherOrganisation();
  await appoint(manager, 'manager', empty);
  const [see, seen] = [seenBy(manager.browser), seenBy(null)];
  return [
    see('course-links', `${home}?done=course-links-sent`),
    see('course-links-none', `/organisations/${empty}/course-links`),
    see('course-link-new', `${home}/new`),
    see('course-link-new-wrong', `${home}/new`, refused(`${home}/new`, { to: 'nobody', course: NONE })),
    seen('sent-course', first),
    seen('sent-course-unnamed', second),
    seen('sent-course-unnamed-wrong', second, refused('/sent-course', { name: '' })),
    seen('sent-course-used', third),
    seen('sent-course-no-link', '/sent-course?token=none'),
    seen('sent-course-again', '/sent-course/sent'),
    seenBy(learner)('sent-course-open', '/learning'),
  ];
}

async function sendTo({ browser }: Person, organisation: string, to: string): Promise<void> {
  const form = `/organisations/${organisation}/course-links/new`;
  await browser.get(form);
  await browser.submit(form, { course: 'volunteers', to });
  const email = /[^<>\s]+@[^<>\s]+/.exec(to)?.[0];
  if (!(await row('select id from course_links where email = $1', [email ?? ''])))
    throw new Error('No link was sent');
}
