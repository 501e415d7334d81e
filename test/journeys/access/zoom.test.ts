import { expect } from 'chai';
import { startAttempt } from '../../../server/teaching/quizzes/attempts/start/start.js';
import { linksIn, type Client } from '../../../server/workshop/smoke/client.js';
import { dina } from '../../support/people.js';
import { under } from '../../support/quizzes/policies.js';
import { MODULE } from '../../support/walk.js';
import { leavesRoom } from '../looks/look-zoom.js';
import { visit } from '../browsing/visit.js';
import { ownWorld } from '../../support/world.js';

type Place = readonly [who: Client | null, path: string];

/** One page of each layout; `every-page.test.ts` looks at all. */
describe('a page that is enlarged', () => {
  ownWorld();

  for (const [what, find] of [
    ['the first page', () => place(null, '/')],
    ['whom to tell', () => place(null, '/concern?country=GB')],
    ['the check of a certificate', () => place(null, '/verify')],
    ['what is read without a connection', () => place(null, '/offline?copy')],
    ['a course', async () => learner(({ cycle }) => `/learning/${cycle.id}`)],
    ['a lesson', lesson],
    ['a question against the clock', question],
    ['an office page', async () => place((await dina()).browser, '/admin/people')],
  ] as const) {
    it(`leaves room to read, and both ways out in reach: ${what}`, async () => {
      const [who, path] = await find();
      const { page, close, expectQuiet } = await visit(who, { serviceWorkers: 'block' });
      await page.goto(path);
      const faults = await leavesRoom(page);
      expect(faults, faults.join('\n')).to.have.length(0);
      expectQuiet();
      await close();
    });
  }
});

const place = (who: Client | null, path: string): Promise<Place> => Promise.resolve([who, path]);

async function learner(path: (at: Awaited<ReturnType<typeof under>>) => string): Promise<Place> {
  const at = await under({ timeLimit: 45 });
  return [at.browser, path(at)];
}

async function lesson(): Promise<Place> {
  const { browser, cycle } = await under({});
  const { text } = await browser.get(`/learning/${cycle.id}/modules/${MODULE}`);
  return [browser, linksIn(text, /\/lessons\//)[0] ?? ''];
}

async function question(): Promise<Place> {
  const { browser, cycle, quiz } = await under({ timeLimit: 45 });
  const { id } = await startAttempt(cycle, quiz, Date.now());
  return [browser, `/attempts/${id}/questions/1`];
}
