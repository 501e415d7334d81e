import type { Page } from 'playwright-core';
import type { CertificateFacts } from '../../server/certificates/finding.js';
import { revoke } from '../../server/certificates/revoking.js';
import { courseVersion } from '../../server/courses/catalogue.js';
import { requiredLessons, steps } from '../../server/learning/completion.js';
import type { CycleFacts } from '../../server/learning/enrolments.js';
import { displayCode } from '../../server/lib/ids.js';
import { attemptsAt, submitAttempt } from '../../server/quizzes/attempts.js';
import { startAttempt } from '../../server/quizzes/starting.js';
import type { Client } from '../../server/smoke/client.js';
import { dina, signedIn } from '../support/people.js';
import { atReports } from '../support/report-items.js';
import { atRows } from '../support/row-items.js';
import {
  almostThrough,
  answerAll,
  attemptWith,
  completed,
  enrolled,
  quizIn,
  readLessons,
  rightAnswer,
  takeQuiz,
  workThrough,
  wrongAnswer,
} from '../support/walk.js';
import { world } from '../support/world.js';
import { auditScenes } from './audit-scenes.js';
import { careScenes, pauseScenes } from './care-scenes.js';
import { confidenceScenes } from './confidence-scenes.js';
import { designScenes } from './design-scenes.js';
import { followUpScenes } from './follow-up-scenes.js';
import { keyScenes } from './key-scenes.js';
import { linkToConfirm, linkToReset } from './mail.js';
import { offlineScenes } from './offline-scenes.js';
import { onePageScenes } from './one-page-scenes.js';
import { policyScenes } from './policy-scenes.js';
import { previewScenes } from './preview-scenes.js';
import { problemScenes } from './problem-scenes.js';
import { refusalScenes } from './refusal-scenes.js';
import { regradeScenes } from './regrade-scenes.js';
import { roleScenes } from './role-scenes.js';
import { fileScenes } from './file-scenes.js';
import { statisticsScenes } from './statistics-scenes.js';
import { teamScenes } from './team-scenes.js';
import { walletScenes } from './wallet-scenes.js';

/** A page as somebody sees it. */
export interface Scene {
  readonly name: string;
  readonly path: string;
  /** Whose cookies; null for a visitor. */
  readonly as: Client | null;
  /** What is done on the page before it is looked at. */
  readonly act?: Act;
}

type Act = (page: Page) => Promise<unknown>;

const COURSE = 'volunteers';

/** Every page of the product, with real content, seen by people in every state. */
export const scenes = async (): Promise<Scene[]> =>
  (
    await Promise.all([
      visitors(),
      newcomers(),
      learners(),
      ownVersions(),
      examined(),
      holders(),
      statisticsScenes(),
      careScenes(),
      fileScenes(),
      keyScenes(),
      walletScenes(),
      auditScenes(),
      confidenceScenes(),
      onePageScenes(),
      offlineScenes(),
      previewScenes(),
      followUpScenes(),
      teamScenes(),
      refusalScenes(),
      roleScenes(),
      problemScenes(),
    ])
  )
    // Publishes versions of a course that others publish too: after them.
    .concat(await regradeScenes(), designScenes())
    .flat();

const seenBy =
  (who: Client | null) =>
  (name: string, path: string, act?: Act): Scene => ({ name, path, as: who, ...(act ? { act } : {}) });

/** Some forms are sent by a script first, so that the page comes a moment after the press. */
const send: Act = page =>
  Promise.all([
    page.waitForEvent('load'),
    page.locator('main form .button:not([type=button])').last().click(),
  ]);

async function visitors(): Promise<Scene[]> {
  const see = seenBy(null);
  return [
    see('home', '/'),
    see('courses', '/courses'),
    see('course-about', `/courses/${COURSE}`),
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
    see('link-problem', '/confirm?token=none'),
    see('confirm-address', await linkToConfirm()),
    see('new-password', await linkToReset()),
    see('check', '/verify'),
    see('check-wrong', '/verify?code=12'),
    see('verify-unknown', '/verify/0000-0000-0000-0000'),
    see('leaving', '/leaving'),
    see('privacy', '/privacy'),
    see('accessibility', '/accessibility'),
    see('not-found', '/nothing-here'),
  ];
}

async function newcomers(): Promise<Scene[]> {
  const [idle, fresh] = [await signedIn(), await signedIn()];
  const { id } = await enrolled(fresh, COURSE);
  const see = seenBy(fresh.browser);
  return [
    seenBy(idle.browser)('my-courses-none', '/learning'),
    seenBy(idle.browser)('wallet-none', '/certificates'),
    seenBy(idle.browser)('account', '/account'),
    see('course-begun', `/learning/${id}`),
    see('quiz-locked', `/learning/${id}/quizzes/foundations`),
  ];
}

async function learners(): Promise<Scene[]> {
  const learner = await signedIn();
  const cycle = await enrolled(learner, COURSE);
  const home = `/learning/${cycle.id}`;
  await readLessons(cycle, 'foundations');
  const failed = await takeQuiz(cycle, 'foundations', wrongAnswer);
  const passed = await takeQuiz(cycle, 'foundations');
  await readLessons(cycle, 'trafficking-routes');
  const open = await openAttempt(cycle, 'trafficking-routes');
  const question = (slot: number) => `/attempts/${open}/questions/${slot}`;
  const long = await longModule(cycle);
  const practice = `${home}/modules/foundations/case`;
  const see = seenBy(learner.browser);
  return [
    see('my-courses', '/learning'),
    see('course-midway', home),
    see('module', `${home}/modules/foundations`),
    see('module-long', long.module),
    see('case', practice),
    see('case-empty', `${practice}/outcome?path=`),
    see('case-midway', `${practice}?path=b.c`),
    see('case-outcome', `${practice}/outcome?path=b.c&choice=b`),
    see('case-outcome-best', `${practice}/outcome?path=b.c&choice=a`),
    see('case-end', `${practice}?path=a.d.b.d`),
    see('lesson', long.lesson),
    see('lesson-last', long.last),
    see('lesson-checked', long.lesson, async page => {
      const form = page.locator('form[action*="/checks/"]').first();
      await form.locator('.choice').first().click();
      await form.locator('button').click();
    }),
    see('lesson-check-empty', long.lesson, async page => {
      const form = page.locator('form[action*="/checks/"]').first();
      await Promise.all([page.waitForEvent('load'), form.locator('button').click()]);
    }),
    see('quiz-passed', `${home}/quizzes/foundations`),
    see('quiz-resume', `${home}/quizzes/trafficking-routes`),
    see('question', question(1)),
    see('question-empty', question(1), send),
    see('question-multiple', question(2)),
    see('question-true-false', question(3)),
    see('review', `/attempts/${open}/review`),
    see('result-failed', `/attempts/${failed.id}`),
    see('result-passed', `/attempts/${passed.id}`),
  ];
}

/** Make the decision that a case asks for: its first choice. */
const decide: Act = async page => {
  await page.locator('[name=choice]').first().check();
  await Promise.all([page.waitForEvent('load'), send(page)]);
};

/** Somebody at the final: one try failed, another one open, its case decided step by step. */
async function examined(): Promise<Scene[]> {
  const learner = await signedIn();
  const cycle = await enrolled(learner, COURSE);
  await almostThrough(cycle, ['final']);
  const failed = await takeQuiz(cycle, 'final', wrongAnswer);
  await workThrough(cycle, await quizIn(cycle, 'final'));
  // The final's wait between two tries is over by then.
  const later = Date.now() + 3_600_000;
  const open = await startAttempt(cycle, await quizIn(cycle, 'final'), later);
  const last = `/attempts/${open.id}/questions/${open.form.length}`;
  const see = seenBy(learner.browser);
  return [
    see('final', `/learning/${cycle.id}/quizzes/final`),
    see('final-case', last),
    see('final-case-empty', last, send),
    see('final-case-midway', last, decide),
    see('final-case-over', last, async page => {
      while ((await page.locator('[name=choice]').count()) > 0) await decide(page);
    }),
    see('final-review', `/attempts/${open.id}/review`),
    see('final-failed', `/attempts/${failed.id}`),
  ];
}

/** All publish versions of the course: one after the other, or they would take the same number. */
const ownVersions = async (): Promise<Scene[]> => [
  ...(await rows()),
  ...(await reports()),
  ...(await policyScenes()),
  ...(await pauseScenes()),
];

/** Questions of one select a row: not begun, to be mended, and explained after a pass. */
async function rows(): Promise<Scene[]> {
  const { browser, attempt } = await atRows(['ordering', 'matching']);
  const passed = await atRows(['ordering', 'matching']);
  await answerAll(passed.attempt, passed.quiz, item =>
    item.type === 'matching' ? rightAnswer(item) : wrongAnswer(item),
  );
  await submitAttempt(passed.attempt, passed.quiz, Date.now());
  const question = (slot: number) => `/attempts/${attempt.id}/questions/${slot}`;
  const see = seenBy(browser);
  return [
    see('question-ordering', question(1)),
    see('question-matching', question(2)),
    see('question-ordering-empty', question(1), send),
    see('question-ordering-twice', question(1), async page => {
      for (const select of await page.locator('select').all()) await select.selectOption({ index: 1 });
      await Promise.all([page.waitForEvent('load'), send(page)]);
    }),
    see('question-matching-half', question(2), async page => {
      await page.locator('select').first().selectOption({ index: 3 });
      await Promise.all([page.waitForEvent('load'), send(page)]);
    }),
    seenBy(passed.browser)('result-passed-rows', `/attempts/${passed.attempt.id}`),
  ];
}

/** A report: not begun, to be mended in two ways, and explained after a pass. */
async function reports(): Promise<Scene[]> {
  const { browser, attempt } = await atReports();
  const passed = await atReports();
  const faulty = { place: 'In the queue, behind a foreign man. He is obviously a trafficker.', told: '?' };
  await answerAll(passed.attempt, passed.quiz, item => ({
    ...rightAnswer(item),
    ...('avoid' in item ? {} : faulty),
  }));
  await submitAttempt(passed.attempt, passed.quiz, Date.now());
  const question = (slot: number) => `/attempts/${attempt.id}/questions/${slot}`;
  const see = seenBy(browser);
  return [
    see('question-report', question(1)),
    see('question-report-empty', question(1), send),
    see('question-report-long', question(2), async page => {
      await page.locator('#place').fill('On the stairs. '.repeat(30));
      await Promise.all([page.waitForEvent('load'), send(page)]);
    }),
    seenBy(passed.browser)('result-passed-report', `/attempts/${passed.attempt.id}`),
  ];
}

/** An attempt with a question of each kind. */
async function openAttempt(cycle: CycleFacts, name: string): Promise<string> {
  const quiz = await quizIn(cycle, name);
  const kinds = ['single', 'multiple', 'true-false'];
  const items = kinds.flatMap(kind => quiz.items.find(({ type }) => type === kind) ?? []);
  return (await attemptWith(cycle, quiz, items)).id;
}

/** A module taught in full, a lesson of it that asks something, and its last lesson. */
async function longModule(cycle: CycleFacts) {
  const { snapshot } = await courseVersion(cycle.courseVersionId);
  const found = snapshot.modules.find(each => requiredLessons(each).length > 2);
  if (!found) throw new Error('No module of the course is taught in full');
  const lessons = requiredLessons(found);
  const asking = lessons.find(({ checks }) => checks.length > 0) ?? lessons[0];
  const module = `/learning/${cycle.id}/modules/${found.slug}`;
  const lesson = (name = '') => `${module}/lessons/${name}`;
  return { module, lesson: lesson(asking?.name), last: lesson(lessons.at(-1)?.name) };
}

async function holders(): Promise<Scene[]> {
  const administrator = await dina();
  const ada = await signedIn({ name: 'Ada Marlow' });
  const good = await completed(ada, COURSE);
  const ben = await signedIn({ name: 'Ben Okafor' });
  const { certificate: bad } = await completed(ben, COURSE);
  const why = { reason: 'issued-in-error' as const, note: null };
  await revoke(bad, why, { actorId: administrator.id, now: Date.now() });
  await world().worker.drain();
  const [see, office] = [seenBy(null), seenBy(administrator.browser)];
  const check = ({ code }: CertificateFacts) => `/verify/${displayCode(code)}`;
  return [
    seenBy(ada.browser)('course-done', `/learning/${good.cycle.id}`),
    seenBy(ada.browser)('result-completed', await lastResult(good.cycle)),
    seenBy(ada.browser)('wallet', '/certificates'),
    seenBy(ada.browser)('certificate', `/certificates/${good.certificate.id}`),
    seenBy(ben.browser)('certificate-withdrawn', `/certificates/${bad.id}`),
    see('verify-valid', check(good.certificate)),
    see('verify-same-name', check(good.certificate), async page => {
      await page.getByLabel('Full name').fill('Ada Marlow');
      await page.getByRole('button', { name: 'Compare' }).click();
    }),
    see('verify-withdrawn', check(bad)),
    office('admin', '/admin'),
    office('admin-certificates', '/admin/certificates'),
    office('admin-certificate', `/admin/certificates/${good.certificate.id}`),
    office('admin-withdrawn', `/admin/certificates/${bad.id}`),
    office('admin-people', '/admin/people'),
    office('admin-questions', '/admin/questions'),
    office('admin-questions-out', '/admin/questions/report?bank=foundations&format=gift'),
    office('admin-questions-wrong', '/admin/questions', readQuestions),
    office('admin-questions-in', '/admin/questions', async page => {
      await page.locator('#bank').selectOption('foundations');
      await page.locator('#format').check({ force: true });
      await page.locator('#text').fill(FOREIGN);
      await readQuestions(page);
    }),
  ];
}

const readQuestions: Act = page => page.getByRole('button', { name: 'Read questions' }).click();

/** Questions of another program: one that makes a draft, one with mark-up, and two that are not taken. */
const FOREIGN = [
  '// from the old course',
  '',
  '::Gate 12:: [html]<p>What do you do <b>first</b>?</p>{',
  '=Tell the supervisor#Right because that is the first step.',
  '~%30%Ask the child',
  '~Wait}',
  '',
  'How many signs did you see?{#3:1}',
  '',
  'Describe the case in your own words.{}',
].join('\n');

async function lastResult(cycle: CycleFacts): Promise<string> {
  const { snapshot } = await courseVersion(cycle.courseVersionId);
  const last = steps(snapshot).at(-1);
  const passed = (await attemptsAt(cycle.id, last?.kind === 'quiz' ? last.quiz : '')).find(
    each => each.passed,
  );
  return `/attempts/${passed?.id ?? ''}`;
}
