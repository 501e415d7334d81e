import { inTransaction } from '../../../../server/platform/db/transaction.js';
import { enrol } from '../../../../server/teaching/learning/enrolments.js';
import { indexMembers } from '../../../../server/people/organisations/people/member-words.js';
import { employer, linked, member, unit } from '../../../support/organisations.js';
import { person, signedIn } from '../../../support/people.js';
import { course, MODULE, readLessons, takeQuiz } from '../../../support/walk.js';
import { appoint, otherOrganisation } from '../../../support/roles.js';
import { holder } from '../../../support/holders.js';
import { said } from '../../../support/said.js';
import { NONE, refused } from '../../looks/look-refusal.js';
import { scene, type Act, type Scene } from '../scene.js';

/** An organisation with units and people, one of whom has learned something. */
async function peopleOf() {
  const organisation = await employer();
  const oslo = await unit(organisation, 'Oslo Gardermoen', { code: 'OSL' });
  const home = { unitId: oslo, job: 'Cabin crew' };
  const ada = await person({ name: 'Ada Marlow' });
  const learner = await member(organisation, {
    name: 'Ada Marlow',
    staffNumber: '000427',
    home,
    hiredOn: '2024-03-01',
  });
  await linked(learner, ada.id);
  const unlinked = await member(organisation, {
    name: 'Łukasz Żuraw-Brzęczyszczykiewicz',
    staffNumber: 'FRA-9',
    home,
  });
  await member(organisation, { name: 'ليلى حداد', home: { unitId: oslo, job: null } });
  await goesByOtherName(await member(organisation, { name: 'Anna Müller', staffNumber: '000431', home }));
  const cycle = await enrol({
    userId: ada.id,
    organisationId: organisation.id,
    course: await course(),
    now: Date.now(),
  });
  await readLessons(cycle, MODULE);
  await takeQuiz(cycle, MODULE);
  return {
    organisationId: organisation.id,
    home: `/organisations/${organisation.id}/people`,
    learner,
    unlinked,
  };
}

/** Somebody whose account has another name than the list of their organisation. */
async function goesByOtherName(membershipId: string): Promise<void> {
  await linked(membershipId, (await person({ name: 'Björn Berger', cameAlone: false })).id);
  await inTransaction(() => indexMembers([membershipId]));
}

/** A manager: what leads to all they may open, and the pages that they see in another way than administrators do. */
export async function teamScenes(): Promise<Scene[]> {
  const ben = await signedIn({ name: 'Ben Okafor' });
  const away = await otherOrganisation();
  await appoint(ben, 'manager', away);
  const { certificate } = await holder();
  await appoint(ben, 'manager', certificate.organisationId);
  const see = (name: string, path: string, act?: Act): Scene => scene(ben.browser, `team${name}`, path, act);
  const people = await peopleOf();
  await appoint(ben, 'manager', people.organisationId);
  const final = '/admin/preview/volunteers/quizzes/final?seed=a';
  return [
    see('', '/team'),
    see('-certificates', `/team/certificates?organisation=${certificate.organisationId}`),
    see('-certificates-none', `/team/certificates?organisation=${away}`),
    see('-people', people.home),
    see('-people-found', `${people.home}?query=lu`),
    see('-people-none', `${people.home}?query=nobody`),
    see('-person', `${people.home}/${people.learner}`),
    see(
      '-person-wrong',
      `${people.home}/${people.learner}`,
      refused(`${people.home}/${people.learner}/extra-times`, { allowance: NONE }),
    ),
    see('-person-unlinked', `${people.home}/${people.unlinked}`),
    see('-names', `${people.home}/names`),
    see('-without-job', `${people.home}/without-job`),
    see('-follow-up', '/admin/follow-up'),
    see('-signals', '/admin/signals'),
    see('-preview', '/admin/preview'),
    see('-preview-form', final),
    see('-preview-pass', final, async page => {
      await Promise.all([
        page.waitForEvent('load'),
        page.getByRole('button', { name: said('preview.pass') }).click(),
      ]);
    }),
  ];
}
