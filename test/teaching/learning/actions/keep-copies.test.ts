import { expect } from 'chai';
import { progressOf } from '../../../../server/teaching/learning/progress.js';
import { linksIn } from '../../../../server/workshop/smoke/client.js';
import { csrfOf } from '../../../people/accounts/browser.js';
import { fromUs, raw } from '../../../platform/http/raw.js';
import { said } from '../../../support/said.js';
import { ada, cleo, type Person } from '../../../support/people.js';
import { course, enrolled, readLessons } from '../../../support/walk.js';
import { plain } from '../../../support/pages.js';
import { ownWorld } from '../../../support/world.js';

const COURSE = 'volunteers';
const asJson = { accept: 'application/json' };

async function learning() {
  const learner = await ada();
  const cycle = await enrolled(learner, COURSE);
  return { learner, cycle, home: `/learning/${cycle.id}` };
}

const pagesOf = async ({ browser }: Person, home: string) =>
  (JSON.parse((await browser.get(`${home}/copies`, asJson)).text) as { pages: string[] }).pages;

describe('copies of a course', () => {
  ownWorld();
  it('are all its modules and lessons, each of which can be opened, and nothing else', async () => {
    const { learner, home } = await learning();
    const { modules } = (await course(COURSE)).snapshot;
    const pages = await pagesOf(learner, home);
    expect(pages).to.have.length(modules.reduce((sum, { lessons }) => sum + 1 + lessons.length, 0));
    expect(new Set(pages).size).to.equal(pages.length);
    for (const path of pages) {
      expect(path).to.match(/\/modules\/[\w-]+(\/lessons\/[\w-]+)?$/);
      expect(await learner.browser.get(`${path}?copy`)).to.include({ status: 200, path: `${path}?copy` });
    }
  });

  it('name nobody, hold no token, set no cookie and show nobody’s progress', async () => {
    const { learner, cycle, home } = await learning();
    const before = await Promise.all((await pagesOf(learner, home)).map(path => copyOf(learner, path)));
    await readLessons(cycle);
    const after = await Promise.all((await pagesOf(learner, home)).map(path => copyOf(learner, path)));
    expect(after).to.deep.equal(before);
    expect(after.join()).not.to.match(/_csrf|data-reader|action="\/sign-out"|\/quizzes\//);
    for (const secret of [learner.name, learner.email, learner.id])
      expect(after.join()).not.to.include(secret);
    const answer = await raw(`${home}?copy`, { headers: { cookie: learner.browser.cookie } });
    expect(answer.headers).not.to.have.property('set-cookie');
    expect(answer.headers['cache-control']).to.equal('no-store');
  });

  it('say that they show no progress, and link only to pages that are kept with them', async () => {
    const { learner, home } = await learning();
    const start = await copyOf(learner, home);
    expect(plain(start)).to.include(said('keep.copyLead')).and.not.include(said('course.status.open'));
    expect(start).to.not.include('data-next');
    const pages = await pagesOf(learner, home);
    const copies = await Promise.all(pages.map(path => copyOf(learner, path)));
    const modules = copies.filter((_, index) => !pages[index]?.includes('/lessons/'));
    for (const copy of modules) expect(plain(copy)).to.include(said('keep.needsLine'));
    const kept = new Set([home, ...pages]);
    for (const to of [start, ...copies].flatMap(copy => linksIn(copy, /^\/learning\//)))
      expect(kept.has(to.replace(/#.*/, '')) || to.endsWith('/completion'), to).to.equal(true);
    expect(start).to.include('id="care"');
    expect(linksIn(start, /privacy|accessibility|verify/)).to.deep.equal([]);
    expect((await learner.browser.get(home)).text)
      .to.include('href="/privacy"')
      .and.include(said('course.status.open'));
  });

  it('answer the checks of a lesson without a server', async () => {
    const { learner, home } = await learning();
    const { modules } = (await course(COURSE)).snapshot;
    const module = modules.find(({ lessons }) => lessons.some(({ checks }) => checks.length > 0));
    const lesson = module?.lessons.find(({ checks }) => checks.length > 0);
    const path = `${home}/modules/${module?.slug}/lessons/${lesson?.name}`;
    const copy = await copyOf(learner, path);
    expect(copy).to.include('<details');
    expect(copy).to.not.include('/checks/');
    expect((await learner.browser.get(path)).text).to.include('/checks/');
  });

  it('return 404 to other users, and need sign-in', async () => {
    const { learner, home } = await learning();
    const other = await cleo();
    for (const path of [`${home}/copies`, `${home}?copy`, `${(await pagesOf(learner, home))[0]}?copy`]) {
      expect((await other.browser.get(path)).status, path).to.equal(404);
      expect((await raw(path)).status, path).to.equal(303);
    }
  });
});

describe('finishing a lesson by a script', () => {
  ownWorld();
  it('is answered with the next address, and counts', async () => {
    const { learner, cycle, home } = await learning();
    const lesson = (await pagesOf(learner, home)).find(path => path.includes('/lessons/'));
    const _csrf = csrfOf(await learner.browser.get(home));
    const answer = await raw(`${lesson}/completion`, {
      method: 'POST',
      headers: { ...fromUs(), ...asJson, cookie: learner.browser.cookie },
      body: new URLSearchParams({ _csrf }).toString(),
    });
    const { finished, next } = JSON.parse(answer.text) as { finished: boolean; next: string };
    expect([answer.status, finished]).to.deep.equal([200, true]);
    expect((await learner.browser.get(next)).path).to.equal(next);
    expect((await progressOf(cycle.id)).finished.size).to.equal(1);
  });
});

/** A copy without its nonce, which differs in each response. */
const copyOf = async ({ browser }: Person, path: string): Promise<string> =>
  (await browser.get(`${path}?copy`)).text.replaceAll(/nonce="[^"]*"/g, '');
