import { grantCourse, revokeGrant } from '../../../../server/courses/grants.js';
import { startCourse } from '../../../../server/learning/enrolments.js';
import { loadActor } from '../../../../server/organisations/actors.js';
import { byOperator, RESTRICTED } from '../../../support/grants.js';
import { dina, signedIn } from '../../../support/people.js';
import { memberOf } from '../../../support/organisations.js';
import { otherOrganisation } from '../../../support/roles.js';
import { course } from '../../../support/walk.js';
import { refused } from '../../looks/look-refusal.js';
import { seenBy, type Scene } from '../scene.js';

/** Who may take a restricted course, as administrators see and change it; and its page as people with and without access see it. */
export async function courseAccessScenes(): Promise<Scene[]> {
  const [administrator, organisation] = [await dina(), await otherOrganisation()];
  await otherOrganisation();
  await grantCourse(RESTRICTED, organisation, { actorId: administrator.id, now: Date.now() });
  const [member, former, stranger] = [await signedIn(), await signedIn(), await signedIn()];
  await memberOf(member, organisation);
  await startOnce(former);
  const home = '/admin/course-access';
  const at = `${home}/${RESTRICTED}`;
  const page = `/courses/${RESTRICTED}`;
  const see = seenBy(administrator.browser);
  return [
    see('admin-course-access', `${home}?done=access-granted`),
    ...[`${at}/organisation`, `${at}/everyone`, `${at}/grants/${organisation}/revocation`].flatMap(path => {
      const name = `admin-course-access-${path.split('/').at(-1)}`;
      return [see(name, path), see(`${name}-wrong`, path, refused(path))];
    }),
    seenBy(member.browser)('course-restricted-open', page),
    seenBy(former.browser)('course-restricted-begun', page),
    seenBy(stranger.browser)('course-restricted-signed-in', page),
  ];
}

/** Somebody whose organisation had access when they started, and has none now. */
async function startOnce(person: Awaited<ReturnType<typeof signedIn>>): Promise<void> {
  const former = await otherOrganisation();
  await memberOf(person, former);
  await grantCourse(RESTRICTED, former, byOperator());
  const actor = await loadActor(person.id, Date.now());
  if (actor) await startCourse(actor, await course(RESTRICTED), { wanted: '', now: Date.now() });
  await revokeGrant(RESTRICTED, former, byOperator());
}
