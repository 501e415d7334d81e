import {
  newestNameRequest,
  requestName,
} from '../../../server/proof/certificates/holder/name-corrections.js';
import { beginPost } from '../../../server/teaching/follow-up/take.js';
import { complete, withBaseline } from '../../teaching/follow-up/cycles.js';
import { dina, person, signedIn } from '../../support/people.js';
import { completed } from '../../support/holders.js';
import { enrolled, freshCycle } from '../../support/walk.js';
import { NONE, refused } from '../looks/look-refusal.js';
import { linkToConfirm, linkToNewAddress, linkToReset } from '../../people/accounts/mailed-links.js';
import { said } from '../../support/said.js';
import { seenBy, type Scene } from './scene.js';

const COURSE = 'volunteers';
const LONG = 'Seen twice. '.repeat(60).trim();

/** Forms that are refused and stand nowhere else among the scenes: empty where they can be, or wrong. */
export const refusalScenes = async (): Promise<Scene[]> => [
  ...(await strangers()),
  ...(await ownAccount()),
  ...(await holders()),
  ...(await managers()),
];

async function strangers(): Promise<Scene[]> {
  const see = seenBy(null);
  return [
    see('sign-up-wrong', '/sign-up', refused('/sign-up', { name: '', email: 'ada at example' })),
    see('sign-in-wrong', '/sign-in', refused('/sign-in', { email: 'ada at example', password: '' })),
    see('forgotten-wrong', '/forgotten', refused('/forgotten', { email: 'ada at example' })),
    see('sign-in-link-wrong', '/sign-in/link', refused('/sign-in/link', { email: 'ada at example' })),
    see('confirm-wrong', await linkToConfirm(), refused('/confirm', { password: 'another one altogether' })),
    see('new-address-wrong', await linkToNewAddress(), refused('/new-address', { password: 'not mine' })),
    see('new-password-wrong', await linkToReset(), refused('/new-password', { password: 'short' })),
    // Whoever is the first administrator sees this page once in the life of an installation; its form is the same.
    see('first-administrator-wrong', await linkToReset(), async page => {
      const form = `document.querySelector('form[action="/new-password"]')`;
      await page.evaluate(`{ ${form}.action = '/first-administrator' }`);
      await refused('/first-administrator', { password: 'short' })(page);
    }),
  ];
}

async function ownAccount(): Promise<Scene[]> {
  const { browser } = await signedIn();
  const see = seenBy(browser);
  return [
    see('account-name-wrong', '/account', refused('/account/name', { name: ' ' })),
    see(
      'account-address-wrong',
      '/account',
      refused('/account/address', { email: 'ada at example', addressPassword: '' }),
    ),
    see(
      'account-password-wrong',
      '/account',
      refused('/account/password', { present: 'not mine', password: 'short' }),
    ),
  ];
}

/** Somebody with a certificate, and the questions after the course. */
async function holders(): Promise<Scene[]> {
  const holder = await signedIn();
  const cycle = await enrolled(holder, COURSE);
  await withBaseline(cycle);
  await complete(cycle);
  await beginPost(await freshCycle(cycle), Date.now());
  const { certificate } = await completed(holder);
  const home = `/certificates/${certificate.id}`;
  const see = seenBy(holder.browser);
  return [
    see(
      'follow-up-after-empty',
      `/learning/${cycle.id}/after`,
      refused(`/learning/${cycle.id}/after`, {}, said('followUp.answer')),
    ),
    see('sharing-wrong', `${home}/sharing`, refused(`${home}/share-links`, { days: NONE })),
    see('shown-name-wrong', `${home}/shown-name`, refused(`${home}/shown-name`, { shown: NONE })),
    see(
      'name-request-long',
      `${home}/name-request`,
      refused(`${home}/name-request`, { name: 'Ada Brandt', why: LONG }),
    ),
    see('verify-name-empty', `/verify/${certificate.code}`, refused('/verify/', { name: '' })),
  ];
}

/** What managers decide, with something left out. */
async function managers(): Promise<Scene[]> {
  const [holder, other, { browser }] = [await person(), await person(), await dina()];
  const { certificate, cycle } = await completed(holder, COURSE);
  const { certificate: spare } = await completed(other, COURSE);
  await requestName(certificate, { name: 'Ada Brandt', why: 'I married' }, Date.now());
  const request = `/name-requests/${(await newestNameRequest(cycle.id))?.id}`;
  const at = `/certificates/${spare.id}`;
  const see = seenBy(browser);
  return [
    see('name-decision-empty', request, refused(`${request}/refusal`, { answer: '' })),
    see(
      'ruling-suspension-wrong',
      `${at}/suspension`,
      refused(`${at}/suspension`, { note: 'Asked by phone' }),
    ),
    see(
      'ruling-correction-wrong',
      `${at}/correction`,
      refused(`${at}/correction`, { name: '', note: 'Asked by phone' }),
    ),
    see(
      'ruling-revocation-wrong',
      `${at}/revocation`,
      refused(`${at}/revocation`, { note: 'Asked by phone' }),
    ),
    see(
      'ruling-revocation-long',
      `${at}/revocation`,
      refused(`${at}/revocation`, { reason: 'issued-in-error', note: LONG }),
    ),
  ];
}
