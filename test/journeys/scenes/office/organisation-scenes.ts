import { Resvg } from '@resvg/resvg-js';
import { setColours, setLogo } from '../../../../server/people/organisations/branding/branding.js';
import { makeOrganisation } from '../../../../server/people/organisations/settings/keep-organisations.js';
import { suspendOrganisation } from '../../../../server/people/organisations/settings/suspension.js';
import { openOrganisation } from '../../../../server/people/organisations/memberships.js';
import { said } from '../../../support/said.js';
import { COURSE } from '../../../support/walk.js';
import { memberOf } from '../../../support/organisations.js';
import { appoint, otherOrganisation } from '../../../support/roles.js';
import { under } from '../../../support/quizzes/policies.js';
import { cleo, dina } from '../../../support/people.js';
import { NONE, refused } from '../../looks/look-refusal.js';
import { seenBy, send, type Scene } from '../scene.js';

const PROFILE = {
  name: 'Northern Lights Regional Airways',
  sector: 'airline',
  country: 'NO',
  timeZone: 'Europe/Oslo',
  locale: 'nb-NO',
  contact: 'training@northern-lights.example',
  hotlineCountry: 'GB',
  retentionMonths: 24,
} as const;

/** Organisations, as whoever keeps them sees them. */
export async function organisationScenes(): Promise<Scene[]> {
  const { browser, id: actorId } = await dina();
  const id = await makeOrganisation(PROFILE, { actorId, now: Date.now() });
  const [see, home, settings] = [seenBy(browser), '/admin/organisations', `/organisations/${id}/settings`];
  const [suspension, branding] = [`${settings}/suspension`, `${settings}/branding`];
  const { id: open } = await openOrganisation();
  return [
    see('admin-organisations', home),
    see('admin-organisations-none', `${home}?query=nobody+of+this+name`),
    see('admin-organisation-new', `${home}/new`),
    see('admin-organisation-wrong', `${home}/new`, refused(`${home}/new`, { name: '&', contact: 'call us' })),
    see('organisation', `/organisations/${id}?done=organisation-made`),
    see('organisation-with-people', `/organisations/${open}`),
    see('organisation-settings', settings),
    see('organisation-certificates', `${settings}/certificates?done=settings`),
    see(
      'organisation-certificates-wrong',
      `${settings}/certificates`,
      refused(`${settings}/certificates`, { paper: NONE }),
    ),
    see(
      'organisation-settings-wrong',
      settings,
      refused(settings, { name: '&', retentionMonths: 'two years' }),
    ),
    see('organisation-branding', branding),
    see(
      'organisation-branding-wrong',
      branding,
      refused(branding, { colour: '#ffcc00', darkColour: 'red' }, said('branding.saveColours')),
    ),
    see('organisation-logo-none', branding, refused(`${branding}/logo`)),
    see('organisation-suspension', suspension),
    see('organisation-suspension-wrong', suspension, refused(suspension)),
    see('organisation-suspension-open', `/organisations/${open}/settings/suspension`),
    ...(await pausedScenes(actorId)),
    ...(await memberOfTwo()),
  ];
}

/** An organisation whose training is paused, as its learners and its administrators see it. */
async function pausedScenes(actorId: string): Promise<Scene[]> {
  const { name, contact } = { name: 'Southern Ferries', contact: 'training@southern-ferries.example' };
  const id = await makeOrganisation({ ...PROFILE, name, contact }, { actorId, now: Date.now() });
  const [learner, own] = [await under({}, undefined, id), await cleo()];
  await appoint(own, 'administrator', id);
  for (const person of [own, learner.learner]) await memberOf(person, id);
  await brand(id, actorId);
  await suspendOrganisation(id, { actorId, now: Date.now() });
  const [see, keep, settings] = [
    seenBy(learner.browser),
    seenBy(own.browser),
    `/organisations/${id}/settings`,
  ];
  return [
    see('paused-courses', '/learning'),
    see('paused-course', `/learning/${learner.cycle.id}`),
    see('paused-quiz', learner.start),
    keep('paused-organisation', `/organisations/${id}`),
    keep('paused-organisation-refused', `${settings}/certificates`, send),
    seenBy((await dina()).browser)('organisation-reopening', `${settings}/suspension`),
  ];
}

/** Somebody with two employers, who says for which one they take a course. */
async function memberOfTwo(): Promise<Scene[]> {
  const learner = await cleo();
  for (const organisation of [await otherOrganisation(), await otherOrganisation()])
    await memberOf(learner, organisation);
  const see = seenBy(learner.browser);
  return [
    see('course-of-two', `/courses/${COURSE}`),
    see('course-of-two-none', `/courses/${COURSE}?organisation`),
  ];
}

/** A logo and both colours. */
async function brand(id: string, actorId: string): Promise<void> {
  const svg =
    '<svg xmlns="http://www.w3.org/2000/svg" width="200" height="60"><rect width="200" height="60" fill="#0b4a57"/></svg>';
  const by = { actorId, now: Date.now() };
  await setLogo(id, { png: new Resvg(svg).render().asPng(), width: 200, height: 60 }, by);
  await setColours(id, { colour: '#0b4a57', darkColour: '#7fd1e0' }, by);
}
