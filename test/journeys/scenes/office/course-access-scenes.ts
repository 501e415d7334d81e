import { askForCourse, openRequestsOf } from '../../../../server/teaching/courses/access/course-requests.js';
import { grantCourse, revokeGrant, WHOLE } from '../../../../server/teaching/courses/access/granting.js';
import { startCourse } from '../../../../server/teaching/learning/enrolments.js';
import { loadActor } from '../../../../server/people/organisations/actors.js';
import { byOperator, RESTRICTED } from '../../../support/grants.js';
import { dina, signedIn, type Person } from '../../../support/people.js';
import { employer, memberOf, placeIn, unit } from '../../../support/organisations.js';
import { appoint, otherOrganisation } from '../../../support/roles.js';
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
    ...(await requestScenes()),
    seenBy(member.browser)('course-restricted-open', page),
    seenBy(former.browser)('course-restricted-begun', page),
    seenBy(stranger.browser)('course-restricted-signed-in', page),
  ];
}

/** A restricted course in an organisation: asked for, granted unit by unit, answered; by managers, administrators and a learner. */
async function requestScenes(): Promise<Scene[]> {
  const [by, manager, head, learner] = [await dina(), await signedIn(), await signedIn(), await signedIn()];
  const [asking, choosing] = [await employer(), await employer()];
  await appoint(manager, 'manager', asking.id);
  await appoint(head, 'administrator', choosing.id);
  await appoint(manager, 'manager', choosing.id);
  const units = [
    await unit(choosing, 'Klassenzimmer 1 für Fortgeschrittene'),
    await unit(choosing, 'Room 2'),
  ];
  await placeIn(learner, units[1] ?? '');
  await appoint(manager, 'manager', choosing.id, units[1]);
  const here = await openRequest(asking.id, '', manager.id);
  const terms = { ...WHOLE, fromDay: '2027-01-01', untilDay: '2999-01-01' };
  await grantCourse(RESTRICTED, choosing.id, byOperator(), { ...WHOLE, isByUnit: true });
  await grantCourse(RESTRICTED, choosing.id, byOperator(), { ...terms, unitId: units[0] ?? '' });
  const there = await openRequest(choosing.id, units[1] ?? '', manager.id);
  const [home, other] = [`/organisations/${choosing.id}/courses`, `/organisations/${asking.id}/courses`];
  const [see, seen] = [seenBy(manager.browser), seenBy(head.browser)];
  const at = `${home}/${RESTRICTED}`;
  const free = `/organisations/${await withManager(manager)}/courses/${RESTRICTED}/request`;
  const more = { decision: 'declined', answer: 'No' };
  return [
    see('organisation-courses-asked', `${other}?done=course-requested`),
    seen('organisation-courses-by-unit', home),
    see('course-request-new', free),
    see('course-request-new-wrong', free, refused(free, { reason: 'Soon' })),
    see('course-request-of-unit', `${at}/request`),
    seen('course-to-unit', `${at}/units`),
    seen('course-to-unit-wrong', `${at}/units`, refused(`${at}/units`, { 'last-day': '31' })),
    seen('course-from-unit', `${at}/units/${units[0]}/revocation`),
    seen('course-from-unit-wrong', `${at}/units/${units[0]}/revocation`, refused(`${at}/units`)),
    seenBy(by.browser)('course-request', here),
    seenBy(by.browser)('admin-course-access-requests', '/admin/course-access'),
    seen('course-request-of-unit-to-answer', there),
    seen('course-request-wrong', there, refused(there, more)),
    seen('organisation-home-requests', `/organisations/${choosing.id}`),
    seenBy(learner.browser)('course-restricted-whom', `/courses/${RESTRICTED}`),
    seenBy(learner.browser)('catalogue-whom', '/courses'),
    see('course-restricted-manager', `/courses/${RESTRICTED}`),
  ];
}

async function withManager(manager: Person): Promise<string> {
  const organisation = await otherOrganisation();
  await appoint(manager, 'manager', organisation);
  return organisation;
}

/** The page of a request that waits. */
async function openRequest(organisationId: string, unitId: string, actorId: string): Promise<string> {
  const reason = 'Forty recruits begin their training in May, and meet travellers from the first day on.';
  await askForCourse(
    { organisationId, courseSlug: RESTRICTED, unitId, reason },
    { actorId, now: Date.now() },
  );
  const [request] = await openRequestsOf(organisationId);
  return `/organisations/${organisationId}/course-requests/${request?.id ?? ''}`;
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
