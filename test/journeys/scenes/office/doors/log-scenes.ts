import { openOrganisation } from '../../../../../server/organisations/memberships.js';
import { completed } from '../../../../support/holders.js';
import { dina, person, signedIn } from '../../../../support/people.js';
import { world } from '../../../../support/world.js';
import { seenBy, type Scene } from '../../scene.js';

/** What was mailed and what was done, as administrators read it. */
export async function logScenes(): Promise<Scene[]> {
  const [admin, learner] = [await dina(), await person()];
  await completed(learner, 'volunteers');
  await world().worker.drain();
  const { id } = await openOrganisation();
  await (await signedIn()).browser.get('/admin/log');
  const office = seenBy(admin.browser);
  return [
    office('admin-mails', '/admin/mails'),
    office('admin-mails-none', '/admin/mails?kind=lines-due&state=failed'),
    office('admin-log', '/admin/log', page => page.locator('summary').last().click()),
    office('admin-log-organisation', `/admin/log?log=${id}&kind=certificates`),
    office('admin-log-none', '/admin/log?kind=operation&until-day=1&until-month=1&until-year=2020'),
    office('admin-log-person', `/admin/log?log=${id}&person=${encodeURIComponent(learner.email)}`),
    office('admin-log-wrong-person', '/admin/log?person=nobody%40example.org&object=7'),
    office('organisation-log', `/organisations/${id}/log`),
    office('organisation-log-wrong', `/organisations/${id}/log?person=nobody`),
    office('admin-refusals', '/admin/refusals'),
    office('admin-refusals-none', '/admin/refusals?kind=limit&person=' + learner.id),
    office('admin-log-wrong', '/admin/log?until-day=31&until-month=2&until-year=2025'),
  ];
}
