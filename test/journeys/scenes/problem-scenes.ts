import {
  requestName,
  newestNameRequest,
  refuseNameRequest,
} from '../../../server/proof/certificates/holder/name-corrections.js';
import { dina, signedIn } from '../../support/people.js';
import { completed } from '../../support/holders.js';
import { enrolled, quizIn, attemptWith, readLessons } from '../../support/walk.js';
import { rightAnswer } from '../../support/answers.js';
import { saveAnswer } from '../../../server/teaching/quizzes/attempts/save-answer.js';
import { world } from '../../support/world.js';
import { openSecondApp } from '../../platform/http/second-app.js';
import { Client } from '../../../server/workshop/smoke/client.js';
import type { Page } from 'playwright-core';
import { said } from '../../support/said.js';
import { scene, type Scene } from './scene.js';

/** More than anybody may check in ten minutes. */
const TOO_MANY = 150;

/** Everything that may go wrong between a person and a page, and what they are told. */
export const problemScenes = async (): Promise<Scene[]> => [
  scene(null, 'problem-bad', '/courses/%E0%A4%A'),
  scene(null, 'problem-large', '/sign-up', async page => {
    await page.evaluate(`{ document.getElementById('name').value = 'Ada '.repeat(20000) }`);
    await Promise.all([page.waitForEvent('load'), page.locator('main form button').last().click()]);
  }),
  ...(await inside()),
  ...(await decided()),
  ...(await behind()),
  ...(await faultsOfOurs()),
];

/** Somebody signed in finds nothing, and asks too often. */
async function inside(): Promise<Scene[]> {
  const { browser } = await signedIn();
  return [
    scene(browser, 'problem-missing-inside', '/nothing-here'),
    scene(browser, 'problem-many', '/verify/0000-0000-0000-0000', async page => {
      await page.evaluate(
        `Promise.all(Array.from({ length: ${TOO_MANY} }, () => fetch(location.href))).then(() => null)`,
      );
      await page.reload();
    }),
    scene(browser, 'problem-many-inside', '/account', async page => {
      const form = page.locator('form[action="/account/password"]');
      for (let guess = 0; guess < TOO_MANY && (await form.count()) > 0; guess += 1) {
        await form.locator('[name=present]').fill(`not my password ${guess}`);
        await form.locator('[name=password]').fill('seven green kites');
        await Promise.all([page.waitForEvent('load'), form.locator('button:not([type=button])').click()]);
      }
    }),
  ];
}

/** A request that somebody else has decided meanwhile. */
async function decided(): Promise<Scene[]> {
  const [owner, office] = [await signedIn(), await dina()];
  const { certificate, cycle } = await completed(owner, 'volunteers');
  await requestName(certificate, { name: 'Ada Brandt', why: 'I married' }, Date.now());
  const request = await newestNameRequest(cycle.id);
  if (!request) throw new Error('Nothing was asked for');
  await refuseNameRequest(request, 'The passport says otherwise.', { actorId: office.id, now: Date.now() });
  return [
    scene(office.browser, 'problem-changed', `/name-requests/${request.id}`),
    scene(owner.browser, 'certificate-name-refused', `/certificates/${certificate.id}`),
  ];
}

/** An answer from a tab that another one has left behind. */
async function behind(): Promise<Scene[]> {
  const learner = await signedIn();
  const cycle = await enrolled(learner, 'volunteers');
  await readLessons(cycle, 'foundations');
  const quiz = await quizIn(cycle, 'foundations');
  const [item] = quiz.items.filter(({ type }) => type === 'single');
  if (!item) throw new Error('There is no such question');
  const attempt = await attemptWith(cycle, quiz, [item]);
  return [
    scene(learner.browser, 'question-stale', `/attempts/${attempt.id}/questions/1`, async page => {
      await saveAnswer(attempt, quiz, { slot: 1, sequence: 0, response: rightAnswer(item) }, Date.now());
      await page.locator('.choice input[name=choice]').last().check();
      await Promise.all([
        page.waitForEvent('load'),
        page.getByRole('button', { name: said('question.save') }).click(),
      ]);
    }),
  ];
}

/** A fault of ours, and a database that is away: told by a second copy of the program that has them. */
async function faultsOfOurs(): Promise<Scene[]> {
  const { browser } = await signedIn();
  const scenes: Scene[] = [];
  for (const [name, fault] of [
    ['problem-ours', new Error('The clock has stopped')],
    ['problem-away', Object.assign(new Error('The disk is busy'), { code: 'SQLITE_BUSY' })],
  ] as const) {
    const app = await openSecondApp(() => ({}), {
      clock: () => {
        throw fault;
      },
    });
    for (const [who, cookie] of [
      [null, ''],
      [browser, browser.cookie],
    ] as const) {
      const told = new Map<string, Awaited<ReturnType<Client['get']>>>();
      for (const language of ['en-GB', 'en-XA', 'en-XB']) {
        told.set(
          language,
          await new Client(app.base, cookie).get('/verify/0000-0000-0000-0000', {
            'accept-language': language,
          }),
        );
      }
      scenes.push(scene(who, `${name}${who ? '-inside' : ''}`, '/verify', page => tell(page, told)));
    }
    await app.close();
  }
  return scenes;
}

async function tell(
  page: Page,
  told: ReadonlyMap<string, Awaited<ReturnType<Client['get']>>>,
): Promise<void> {
  await page.route('**/verify', async route => {
    const language = route.request().headers()['accept-language'] ?? '';
    const answer = told.get(language.split(',')[0] ?? '') ?? told.get('en-GB');
    const headers = Object.fromEntries(
      [...(answer?.headers ?? [])].filter(([name]) => /^content-(type|security)/.test(name)),
    );
    await route.fulfill({ status: answer?.status ?? 500, headers, body: answer?.text ?? '' });
  });
  await page.goto(`${world().base}/verify`);
}
