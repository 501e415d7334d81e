import { certificateOf } from '../../../../server/proof/certificates/queries.js';
import {
  newestNameRequest,
  requestName,
} from '../../../../server/proof/certificates/holder/name-corrections.js';
import { openRenewal } from '../../../../server/proof/certificates/renewal/renew.js';
import { createShareLink, openShareLinks } from '../../../../server/proof/certificates/holder/share-links.js';
import { confirmName } from '../../../../server/teaching/learning/naming.js';
import { mailedLink } from '../../../people/accounts/mailed-links.js';
import { announceRenewals } from '../../../../server/proof/certificates/renewal/reminders.js';
import { dina, signedIn } from '../../../support/people.js';
import { almostThrough, enrolled } from '../../../support/walk.js';
import { completed, expire } from '../../../support/holders.js';
import { world } from '../../../support/world.js';
import { said } from '../../../support/said.js';
import { seenBy, type Scene } from '../scene.js';

const COURSE = 'volunteers';

const press =
  (name: string): NonNullable<Scene['act']> =>
  page =>
    page.getByRole('button', { name }).click();

/** A holder's certificates over the years, their name, who sees it, and what follows when a certificate ends. */
export const walletScenes = async (): Promise<Scene[]> => [...(await named()), ...(await held())];

async function named(): Promise<Scene[]> {
  const [fresh, sure] = [await signedIn(), await signedIn()];
  const [asked, answered] = [await enrolled(fresh, COURSE), await enrolled(sure, COURSE)];
  await almostThrough(asked, ['final']);
  await almostThrough(answered, ['final']);
  await confirmName(answered, 'Ada Marlow', Date.now());
  const page = `/learning/${asked.id}/name`;
  const type =
    (name: string): NonNullable<Scene['act']> =>
    async view => {
      await view.getByLabel(said('naming.label')).fill(name);
      await press(said('naming.show'))(view);
    };
  const see = seenBy(fresh.browser);
  return [
    see('final-name-first', `/learning/${asked.id}/quizzes/final`),
    see('name', page),
    see('name-left-out', page, type('محمد بن سلمان 🌊')),
    see('name-wrong', page, type('')),
    { name: 'final-named', path: `/learning/${answered.id}/quizzes/final`, as: sure.browser },
  ];
}

async function held(): Promise<Scene[]> {
  const [owner, office] = [await signedIn(), await dina()];
  const { certificate: first, cycle } = await completed(owner, COURSE);
  await expire(first, 340);
  const { certificate: other } = await completed(owner);
  await expire(other, 345);
  const now = Date.now();
  await announceRenewals(now);
  const reminders = await mailedLink(owner.email, '/reminders');
  const next = await openRenewal(cycle.enrolmentId, { timeZone: 'UTC', now });
  await almostThrough(next, []);
  const renewed = await certificateOf(next.id);
  if (!renewed) throw new Error('Nothing was renewed');
  const keyed = { key: world().secrets.links, now };
  await createShareLink(renewed, 7, keyed);
  await createShareLink(renewed, 90, keyed);
  const [link] = await openShareLinks(renewed, keyed);
  await requestName(renewed, { name: 'Ada Brandt-Marlow', why: 'I married in May' }, now);
  const request = await newestNameRequest(next.id);
  const home = `/certificates/${renewed.id}`;
  const see = seenBy(owner.browser);
  return [
    see('wallet-years', '/certificates'),
    see('certificate-renewed', home),
    see('certificate-ending', `/certificates/${other.id}`),
    see('course-renewal-early', `/learning/${other.cycleId}`),
    see('sharing', `${home}/sharing`),
    see('shown-name', `${home}/shown-name`),
    see('name-request-waiting', `${home}/name-request`),
    see('name-request', `/certificates/${other.id}/name-request`),
    see('name-request-wrong', `/certificates/${other.id}/name-request`, press(said('nameRequest.send'))),
    see('reminders', '/reminders'),
    seenBy((await signedIn({ cameAlone: false })).browser)('reminders-nowhere', '/reminders'),
    { name: 'reminders-mailed', path: reminders, as: null },
    { name: 'reminders-off', path: reminders, as: null, act: press(said('reminders.turnOff')) },
    { name: 'shared', path: `/shared/${link?.token}`, as: null },
    { name: 'shared-nothing', path: '/shared/none', as: null },
    { name: 'verify-renewed', path: `/verify/${first.code}`, as: null },
    { name: 'issuer', path: '/issuer', as: null },
    {
      name: 'achievement',
      path: `/achievements/${first.facts.course.slug}/v${first.facts.course.version}`,
      as: null,
    },
    { name: 'name-requests', path: '/name-requests', as: office.browser },
    { name: 'name-decision', path: `/name-requests/${request?.id}`, as: office.browser },
  ];
}
