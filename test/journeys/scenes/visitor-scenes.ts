import { askForAddress } from '../../../server/people/accounts/new-address/address-changes.js';
import { noAddress } from '../../../server/people/accounts/no-address.js';
import { required, YEARLY } from '../../proof/reports/reckoned.js';
import { employer, linked, member } from '../../support/organisations.js';
import { PASSWORD, signedIn } from '../../support/people.js';
import { write } from '../../support/rows.js';
import { enrolled } from '../../support/walk.js';
import {
  askedForAddress,
  linkToConfirm,
  linkToNewAddress,
  linkToOldAddress,
  linkToReset,
  linkToSignIn,
} from '../../people/accounts/mailed-links.js';
import { refused } from '../looks/look-refusal.js';
import { seenBy, type Scene } from './scene.js';

const COURSE = 'volunteers';

/** What everybody sees who has the address. */
export async function visitors(): Promise<Scene[]> {
  const see = seenBy(null);
  return [
    see('home', '/'),
    see('courses', '/courses'),
    see('course-about', `/courses/${COURSE}`),
    see('course-restricted', '/courses/law-enforcement'),
    see('concern', '/concern'),
    see('concern-country', '/concern?country=GB'),
    see('sources', '/sources'),
    see('law', '/law'),
    see('law-country', '/law/ph'),
    see('sign-in', '/sign-in'),
    see('sign-up', '/sign-up'),
    see('check-mail', '/sign-up/sent'),
    see('forgotten', '/forgotten'),
    see('check-mail-reset', '/forgotten/sent'),
    see('sign-in-link', '/sign-in/link'),
    see('check-mail-sign-in', '/sign-in/link/sent'),
    see('arrival', await linkToSignIn()),
    see('link-problem-sign-in', '/arrival?token=none'),
    see('link-problem', '/confirm?token=none'),
    see('confirm-address', await linkToConfirm()),
    see('new-address', await linkToNewAddress()),
    see('old-address-stop', await linkToOldAddress()),
    see('old-address-undo', await linkToOldAddress({ isConfirmed: true })),
    see('new-password', await linkToReset()),
    see('link-problem-address', '/new-address?token=none'),
    see('link-problem-old-address', '/old-address?token=none'),
    ...['stopped', 'undone', 'taken'].map(outcome =>
      see(`old-address-${outcome}`, `/old-address/kept?outcome=${outcome}`),
    ),
    see('check', '/verify'),
    see('check-wrong', '/verify?code=12'),
    see('verify-unknown', '/verify/0000-0000-0000-0000'),
    see('leaving', '/leaving'),
    see('privacy', '/privacy'),
    see('accessibility', '/accessibility'),
    see('not-found', '/nothing-here'),
  ];
}
/** Somebody who joined by a link alone. */
async function withoutPassword() {
  const somebody = await signedIn();
  await write('update users set password_hash = null where id = $1', [somebody.id]);
  return somebody;
}

/** The account of somebody with a PIN: as it is, refused, and with an address that waits. */
async function pinScenes(): Promise<Scene[]> {
  const [idle, waiting] = [await withoutAddress(), await withoutAddress()];
  await askForAddress(waiting.id, { email: 'new@example.org', password: PASSWORD }, Date.now());
  const see = seenBy(idle.browser);
  return [
    see('account-pin', '/account'),
    see('account-pin-wrong', '/account', refused('/account/password', { present: '', password: '1' })),
    seenBy(waiting.browser)('account-pin-new-address', '/account'),
  ];
}

/** Somebody who signs in with a staff number and a PIN, and has no address. */
async function withoutAddress() {
  const somebody = await signedIn();
  await write('update users set email = $2 where id = $1', [somebody.id, noAddress(somebody.id)]);
  return somebody;
}

/** Somebody whom two employers require to take courses; one of them entered no start date. */
async function withRequirements() {
  const learner = await signedIn();
  const [north, south] = [await employer(), await employer()];
  const fromDay = '2026-01-01';
  await linked(await member(north, { fromDay, hiredOn: fromDay }), learner.id);
  await linked(await member(south, { fromDay }), learner.id);
  await required(north, { title: 'Crew', fromDay, rule: YEARLY });
  await required(north, { title: 'Helpers', fromDay, rule: { courses: ['volunteers'] } });
  await required(south, { title: 'Drivers', fromDay });
  return learner;
}

/** Somebody who has an account and nothing yet, and somebody who has just begun a course. */
export async function newcomers(): Promise<Scene[]> {
  const [idle, fresh] = [await signedIn(), await signedIn()];
  const { id } = await enrolled(fresh, COURSE);
  const see = seenBy(fresh.browser);
  return [
    seenBy(idle.browser)('my-courses-none', '/learning'),
    seenBy((await withRequirements()).browser)('my-courses-required-many', '/learning'),
    seenBy(idle.browser)('wallet-none', '/certificates'),
    seenBy(idle.browser)('account', '/account'),
    seenBy((await askedForAddress()).browser)('account-new-address', '/account'),
    seenBy((await withoutPassword()).browser)('account-no-password', '/account'),
    ...(await pinScenes()),
    see('course-begun', `/learning/${id}`),
    see('quiz-locked', `/learning/${id}/quizzes/foundations`),
  ];
}
