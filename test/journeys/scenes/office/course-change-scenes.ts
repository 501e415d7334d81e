import { proposeChange } from '../../../../server/teaching/courses/changes/course-changes.js';
import { dayOf } from '../../../../server/platform/lib/days.js';
import { required } from '../../../proof/reports/reckoned.js';
import { RESTRICTED } from '../../../support/grants.js';
import { employer } from '../../../support/organisations.js';
import { dina } from '../../../support/people.js';
import { course } from '../../../support/walk.js';
import { refused } from '../../looks/look-refusal.js';
import { seenBy, type Scene } from '../scene.js';

/** How much a version of a course changes, as whoever publishes says it, and what an organisation decides about it. */
export async function courseChangeScenes(): Promise<Scene[]> {
  const [administrator, organisation] = [await dina(), await employer()];
  const see = seenBy(administrator.browser);
  const changed = await course(RESTRICTED);
  const says = 'تغيّر ترتيب المكالمات في كل بلد.';
  await proposeChange(changed, { kind: 'material', says }, { actorId: administrator.id, now: Date.now() });
  const fromDay = dayOf(Date.now(), organisation.timeZone);
  await required(organisation, { title: 'Officers', fromDay, rule: { courses: [RESTRICTED] } });
  const admin = '/admin/course-changes';
  const asked = `${admin}/volunteers`;
  const home = `/organisations/${organisation.id}/requirements`;
  const decision = `${home}/changes/${changed.versionId}`;
  return [
    see('admin-course-changes', `${admin}?done=change-proposed`),
    see('admin-course-change', asked),
    see('admin-course-change-wrong', asked, refused(asked, { says: 'Short' })),
    see('requirements-course-changed', home),
    see('organisation-course-changed', `/organisations/${organisation.id}`),
    see('course-change', decision),
    see(
      'course-change-wrong',
      decision,
      refused(decision, { 'by-day': '31', 'by-month': '2', 'by-year': '2026' }),
    ),
  ];
}
