import { beginBaseline } from '../../../../server/teaching/follow-up/take.js';
import { measured } from '../../../teaching/follow-up/measured.js';
import {
  answerForm,
  complete,
  daysLater,
  measurement,
  withBaseline,
  withPost,
} from '../../../teaching/follow-up/cycles.js';
import { dina, person, signedIn } from '../../../support/people.js';
import { enrolled } from '../../../support/walk.js';
import { otherOrganisation } from '../../../support/roles.js';
import { rightAnswer, wrongAnswer } from '../../../support/answers.js';
import { mailedLink } from '../../../people/accounts/mailed-links.js';
import type { Scene } from '../scene.js';

const COURSE = 'volunteers';

const press: NonNullable<Scene['act']> = page => page.locator('main form button').first().click();

/** Questions before and after a course and by mail, for learners, for whoever opens the mail, and as figures. */
export const followUpScenes = async (): Promise<Scene[]> =>
  (await Promise.all([learners(), readers(), office()])).flat();

async function learners(): Promise<Scene[]> {
  const [fresh, begun, done, offered, whole] = await Promise.all([1, 2, 3, 4, 5].map(() => signedIn()));
  if (!fresh || !begun || !done || !offered || !whole) throw new Error('Somebody is missing');
  const rounds = await Promise.all([fresh, begun, done, offered, whole].map(one => enrolled(one, COURSE)));
  const [first, second, third, fourth, fifth] = rounds;
  if (!first || !second || !third || !fourth || !fifth) throw new Error('A cycle is missing');
  await beginBaseline(second, Date.now());
  for (const cycle of [third, fourth, fifth]) await withBaseline(cycle, wrongAnswer);
  for (const cycle of [fourth, fifth]) await complete(cycle);
  await withPost(fifth, rightAnswer);
  const see = (name: string, path: string, { browser }: typeof fresh): Scene => ({ name, path, as: browser });
  return [
    see('follow-up-offer', `/learning/${first.id}`, fresh),
    see('follow-up-question', `/learning/${second.id}/before`, begun),
    { ...see('follow-up-question-empty', `/learning/${second.id}/before`, begun), act: press },
    see('follow-up-thanks', `/learning/${third.id}/before`, done),
    see('follow-up-offer-after', `/learning/${fourth.id}`, offered),
    see('follow-up-comparison', `/learning/${fifth.id}/after`, whole),
    see('follow-up-mail', '/follow-up/mail', fresh),
    see('follow-up-mail-nowhere', '/follow-up/mail', await signedIn({ cameAlone: false })),
  ];
}

/** Whoever opens the links of a mail, not signed in. */
async function readers(): Promise<Scene[]> {
  const [open, answered, off] = [await mailed(), await mailed(), await mailed()];
  await answerForm(await measurement(answered.cycle, 'refresher-7'), wrongAnswer);
  const see = (name: string, path: string): Scene => ({ name, path, as: null });
  return [
    see('follow-up-refresher', open.questions),
    { ...see('follow-up-refresher-empty', open.questions), act: press },
    see('follow-up-feedback', `${answered.questions}&answered=2`),
    see('follow-up-done', answered.questions),
    see('follow-up-no-link', '/follow-up/refresher?token=none'),
    see('follow-up-opt-out', open.optOut),
    { ...see('follow-up-opted-out', off.optOut), act: press },
  ];
}

async function mailed() {
  const learner = await person();
  const cycle = await complete(await enrolled(learner, COURSE));
  await daysLater(cycle, 7);
  const questions = await mailedLink(learner.email, '/follow-up/refresher');
  return { cycle, questions, optOut: await mailedLink(learner.email, '/follow-up/opt-out') };
}

async function office(): Promise<Scene[]> {
  const { browser } = await dina();
  const organisation = await otherOrganisation();
  for (let n = 0; n < 6; n += 1) {
    const [before, after] = [n % 2 === 0 ? 0 : 100, n === 5 ? 50 : 100];
    await measured(organisation, {
      baseline: [
        ['foundations', 'M1-O1', before],
        ['trafficking-routes', 'M2-O1', 50],
      ],
      post: [
        ['foundations', 'M1-O1', after],
        ['trafficking-routes', 'M2-O1', 100],
      ],
      'refresher-7': [['foundations', 'M1-O1', after]],
    });
  }
  const path = `/admin/follow-up?organisation=${organisation}`;
  return [{ name: 'admin-follow-up', path, as: browser }];
}
