import { expect } from 'chai';
import { linksIn, type Client } from '../../../server/workshop/smoke/client.js';
import { startAttempt } from '../../../server/teaching/quizzes/attempts/start/start.js';
import { ada } from '../../support/people.js';
import { enrolled, readyForQuiz } from '../../support/walk.js';
import { countedConnection } from '../browsing/counted-connection.js';
import { visit } from '../browsing/visit.js';
import { ownWorld } from '../../support/world.js';

const KB = 1024;
/** A first view, with all that the browser loads after the page: the worker, its files, the pages for later. */
const FIRST_VIEW = 60 * KB;
const REPEAT = 20 * KB;
/** The page, and all that it asks for before it is whole; what the worker fetches for later comes after it. */
const REQUESTS = 6;

/** On a ship, a satellite connection is paid for by such bytes. */
describe('a slow connection', () => {
  ownWorld();

  for (const [what, find] of [
    ['home', () => Promise.resolve({ who: null, path: '/' })],
    ['a certificate check', () => Promise.resolve({ who: null, path: '/verify' })],
    ['a lesson', lesson],
  ] as const) {
    it(`carries few bytes for ${what}, and fewer the second time`, async () => {
      const connection = await countedConnection();
      const { who, path } = await find();
      const { page, close } = await visit(who, { baseURL: connection.base });
      await page.goto(path);
      await page.evaluate('document.fonts.ready.then(() => navigator.serviceWorker.ready).then(() => null)');
      expect(connection.taken(), 'bytes of the first view').to.be.within(KB, FIRST_VIEW);
      await page.goto(path, { waitUntil: 'networkidle' });
      expect(connection.taken(), 'bytes of the second view').to.be.within(KB, REPEAT);
      await close();
      connection.close();
    });
  }

  for (const [what, find] of [
    ['home', () => Promise.resolve({ who: null, path: '/' })],
    ['a certificate check', () => Promise.resolve({ who: null, path: '/verify' })],
    ['the courses of a learner', async () => ({ who: (await ada()).browser, path: '/learning' })],
    ['a lesson', lesson],
    ['a course', course],
    ['a question', question],
  ] as const) {
    it(`carries few requests for ${what}`, async () => {
      const { who, path } = await find();
      const connection = await countedConnection();
      const { page, close } = await visit(who, { baseURL: connection.base, serviceWorkers: 'block' });
      await page.goto(path, { waitUntil: 'networkidle' });
      const requests = connection.requests();
      expect(requests.length, requests.join('\n')).to.be.within(2, REQUESTS);
      await close();
      connection.close();
    });
  }
});

async function course(): Promise<{ who: Client; path: string }> {
  const learner = await ada();
  return { who: learner.browser, path: `/learning/${(await enrolled(learner, 'volunteers')).id}` };
}

async function question(): Promise<{ who: Client; path: string }> {
  const { browser, cycle, quiz } = await readyForQuiz();
  const { id } = await startAttempt(cycle, quiz, Date.now());
  return { who: browser, path: `/attempts/${id}/questions/1` };
}

async function lesson(): Promise<{ who: Client; path: string }> {
  const learner = await ada();
  const { browser } = learner;
  const { id } = await enrolled(learner, 'volunteers');
  const path = linksIn((await browser.get(`/learning/${id}`)).text, /\/lessons\//)[0] ?? '';
  return { who: browser, path };
}
