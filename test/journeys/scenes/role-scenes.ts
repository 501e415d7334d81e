import {
  newestNameRequest,
  requestName,
} from '../../../server/proof/certificates/holder/name-corrections.js';
import { suspend } from '../../../server/proof/certificates/lifecycle/revoke.js';
import { dina, person, signedIn } from '../../support/people.js';
import { appoint, otherOrganisation } from '../../support/roles.js';
import { completed } from '../../support/holders.js';
import { world } from '../../support/world.js';
import { seenBy, type Scene } from './scene.js';

const COURSE = 'volunteers';

/** The same pages as people with other duties see them, and lists with nothing in them. */
export async function roleScenes(): Promise<Scene[]> {
  const [manager, other, administrator] = [
    await signedIn({ name: 'Ben Okafor' }),
    await signedIn({ name: 'Cleo Brandt' }),
    await dina(),
  ];
  const elsewhere = await otherOrganisation();
  await appoint(manager, 'manager');
  await appoint(other, 'manager', elsewhere);
  const holder = await signedIn();
  const [{ certificate, cycle }, { certificate: paused }] = [
    await completed(holder, COURSE),
    await completed(await person(), COURSE),
  ];
  const by = { actorId: administrator.id, now: Date.now() };
  await suspend(paused, { reason: 'under-review', note: null }, by);
  await requestName(certificate, { name: 'Ada Brandt', why: 'I married in May' }, by.now);
  const request = await newestNameRequest(cycle.id);
  const { email } = await person({ name: 'Wilhelmina'.repeat(7) });
  await world().worker.drain();
  const at = `/certificates/${certificate.id}`;
  const [managed, foreign] = [seenBy(manager.browser), seenBy(other.browser)];
  const office = seenBy(administrator.browser);
  return [
    managed('manager-certificate', at),
    managed('manager-suspension', `${at}/suspension`),
    managed('manager-correction', `${at}/correction`),
    managed('manager-reinstatement', `/certificates/${paused.id}/reinstatement`),
    managed('manager-name-requests', '/name-requests?done=name-approved'),
    managed('manager-name-decision', `/name-requests/${request?.id}`),
    managed('manager-organisation', `/organisations/${cycle.organisationId}`),
    managed('manager-preview', '/admin/preview'),
    managed('manager-preview-form', `/admin/preview/${COURSE}/quizzes/foundations?seed=a`),
    managed('manager-preview-case', `/admin/preview/${COURSE}/cases/foundations`),
    // Knows that it is there, and may not change it.
    seenBy(holder.browser)('problem-forbidden', `${at}/suspension`),
    foreign('problem-missing-foreign', at),
    foreign('name-requests-none', '/name-requests'),
    foreign('foreign-shown-name', `/organisations/${elsewhere}/settings/certificates`),
    office('admin-certificates-none', '/admin/certificates?query=0000-0000-0000-0000'),
    office('admin-people-long', `/admin/people?query=${encodeURIComponent(email)}`),
    office('admin-people-none', '/admin/people?query=nobody'),
    office('admin-rulings-none', '/admin/rulings?query=nothing'),
    office('admin-follow-up-none', `/admin/follow-up?organisation=${await otherOrganisation()}`),
    office('admin-signals-none', '/admin/signals/law-enforcement'),
    office('admin-preview-outcome', `/admin/preview/${COURSE}/cases/foundations/outcome?path=c.b&choice=b`),
    office('admin-preview-end', `/admin/preview/${COURSE}/cases/foundations?path=d.c.d.a`),
    office('admin-preview-nothing-chosen', `/admin/preview/${COURSE}/cases/foundations/outcome?path=`),
    office('account-administrator', '/account'),
  ];
}
