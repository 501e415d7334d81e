import { dayOf, daysAfter } from '../../../../server/platform/lib/days.js';
import { rolesHeldBy } from '../../../../server/people/organisations/grants/role-queries.js';
import { giveRole } from '../../../../server/people/organisations/grants/role-grants.js';
import { dina, person, signedIn } from '../../../support/people.js';
import { memberOf, unitIn } from '../../../support/organisations.js';
import { otherOrganisation } from '../../../support/roles.js';
import { scene, send, type Act, type Scene } from '../scene.js';

/** Who may do what in an organisation: the list, giving, ending and handing over a role, and one's own roles. */
export async function roleGrantScenes(): Promise<Scene[]> {
  const [organisation, empty] = [await otherOrganisation(), await otherOrganisation()];
  const [otto, mina, admin] = [
    await signedIn({ name: 'Otto Lind' }),
    await person({ name: 'Mina Sato' }),
    await dina(),
  ];
  const today = dayOf(Date.now(), 'UTC');
  const lyon = await unitIn(organisation, await unitIn(organisation));
  const by = { actorId: admin.id, now: Date.now() };
  const give = (
    userId: string,
    role: 'manager' | 'auditor' | 'administrator',
    unitId: string | null = null,
  ) => giveRole({ organisationId: organisation, userId, role, unitId, fromDay: today, untilDay: null }, by);
  await memberOf(otto, organisation);
  await give(otto.id, 'administrator');
  await give(mina.id, 'manager', lyon);
  const later = { fromDay: daysAfter(today, 30), untilDay: daysAfter(today, 60) };
  await giveRole(
    { organisationId: organisation, userId: mina.id, role: 'auditor', unitId: null, ...later },
    by,
  );
  const luc = await signedIn({ name: 'Luc Moreau' });
  await give(luc.id, 'manager', lyon);
  const roleOf = async (userId: string) => (await rolesHeldBy(userId, today))[0]?.id ?? '';
  const [own, foreign] = [await roleOf(otto.id), await roleOf(mina.id)];
  const home = `/organisations/${organisation}/roles`;
  const see = (name: string, path: string, act?: Act): Scene =>
    scene(otto.browser, `roles${name}`, path, act);
  return [
    see('', home),
    scene(admin.browser, 'roles-none', `/organisations/${empty}/roles`),
    scene(admin.browser, 'roles-appointment-no-units', `/organisations/${empty}/roles/appointment`),
    see('-appointment', `${home}/appointment`),
    see('-appointment-refused', `${home}/appointment`, send),
    see('-end', `${home}/${foreign}/end`),
    see('-end-own', `${home}/${own}/end`),
    see('-end-refused', `${home}/${foreign}/end`, async page => {
      await page.locator('#last').fill('32');
      await send(page);
    }),
    see('-handover', `${home}/${foreign}/handover`),
    see('-handover-refused', `${home}/${foreign}/handover`, send),
    see('-own', '/roles'),
    scene(luc.browser, 'team-of-unit', '/team'),
    see('-account', '/account'),
    scene((await signedIn()).browser, 'roles-own-none', '/roles'),
  ];
}
