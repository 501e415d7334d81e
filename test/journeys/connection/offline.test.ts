import { expect } from 'chai';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { courseVersion } from '../../../server/teaching/courses/catalogue.js';
import { setOwnHotline, wholeOf } from '../../../server/teaching/help/own-hotlines/own-hotline.js';
import { NEUTRAL_PLACE } from '../../../server/platform/http/security/security.js';
import { requiredLessons } from '../../../server/teaching/learning/completion.js';
import { dayOf } from '../../../server/platform/lib/days.js';
import { addresses } from '../../../server/teaching/learning/cycle-addresses.js';
import { ada, cleo, dina, type Person } from '../../support/people.js';
import { memberOf } from '../../support/organisations.js';
import { otherOrganisation } from '../../support/roles.js';
import { count } from '../../support/rows.js';
import { enrolled } from '../../support/walk.js';
import { send } from '../../support/pages.js';
import { ownWorld, world } from '../../support/world.js';
import { installationToRenew, NEWER } from '../browsing/newer-worker.js';
import { saidFirst } from '../browsing/said-first.js';
import { cookiesOf, visit } from '../browsing/visit.js';
import { until } from '../browsing/until.js';
import { said } from '../../support/said.js';

const KEPT = saidFirst('keep.kept');

/** A learner on a plane: what was kept can be read, what was finished is not lost, and nobody else finds any of it. */
describe('without a connection', () => {
  ownWorld();

  it('kept lessons can be read, and those finished count when the connection returns', async () => {
    const { page, open, cycle, learner, module, lessons } = await withCourseKept();
    await open.context.setOffline(true);
    await page.goto(`/learning/${cycle.id}`);
    await page.getByRole('link', { name: module }).click();
    const [first = ''] = lessons;
    await page.locator(`main .tasks a[href="${first}"]`).click();
    await page.waitForURL(`**${first}`);
    expect(await look(page), 'the style sheet is there').to.equal('rgb(11, 74, 87)');

    await finish(page);
    await page.waitForURL(`**${lessons[1]}`);
    await page.getByRole('status').getByText(saidFirst('marks.waiting')).waitFor();
    await finish(page);
    await page.waitForURL(url => ![first, lessons[1]].includes(url.pathname));
    expect(await finished(cycle.id)).to.equal(0);
    expect(await waiting(page)).to.equal(2);

    await open.context.setOffline(false);
    await page.getByRole('status').getByText(saidFirst('marks.sent')).waitFor();
    expect(await waiting(page)).to.equal(0);
    expect(await finished(cycle.id)).to.equal(2);
    expect((await learner.browser.get(`/learning/${cycle.id}`)).text).to.include('2 of ');
    await open.close();
  });

  it('a page that was not kept offers those that were, and whom to tell in each country', async () => {
    const { page, open, cycle } = await withCourseKept();
    await page.goto('/concern');
    await open.context.setOffline(true);
    await page.goto('/certificates');
    await heading(page, said('noLine.heading'));
    await page.getByText('call your local emergency number').first().waitFor();
    await page.locator('#kept').getByRole('link').click();
    await page.waitForURL(`**/learning/${cycle.id}`);

    await page.getByRole('link', { name: said('frame.concern') }).click();
    await heading(page, /real concern/);
    await page.getByText('United States').click();
    await page.getByRole('link', { name: '911' }).first().waitFor();
    await page.goto('/concern?country=GB');
    await page.getByText('United Kingdom').waitFor();
    await open.close();
  });

  it('a kept course brings the reporting line of the reader’s own organisation, and it goes when they go', async () => {
    const { page, open, learner } = await atCourse();
    const air = await otherOrganisation();
    await memberOf(learner, air);
    const [now, { id: actorId }] = [Date.now(), await dina()];
    const line = {
      name: 'Line of the airline',
      phone: '+47 22 33 44 55',
      hours: null,
      checkedOn: dayOf(now, 'UTC'),
    };
    await setOwnHotline(wholeOf(air), { number: 1, line }, { actorId, now });
    const offline = async (shown: boolean) => {
      await open.context.setOffline(true);
      await page.goto('/concern');
      await heading(page, /real concern/);
      expect(await page.getByText(line.name).count(), String(shown)).to.equal(shown ? 1 : 0);
      expect(await page.getByText(said('noLine.forEverybody')).count()).to.equal(shown ? 0 : 1);
      await open.context.setOffline(false);
    };
    await offline(false);
    await page.goBack();
    await keep(page);
    await offline(true);
    await page.goto('/learning');
    await page.getByRole('button', { name: said('frame.signOut') }).click();
    await heading(page, said('signIn.heading'));
    await expectNoCourse(page);
    await page.evaluate('navigator.serviceWorker.ready.then(() => true)');
    await offline(false);
    await open.close();
  });

  it('no quiz, certificate or account is shown from the device, and no copy contains a name or a token', async () => {
    const { page, open, cycle, learner } = await withCourseKept();
    await page.goto(`/learning/${cycle.id}/quizzes/foundations`);
    await page.goto('/account');
    await page.goto('/certificates');
    const copies = await texts(page);
    expect(copies.length).to.be.greaterThan(20);
    for (const { url, text } of copies) {
      expect(url).not.to.match(/quizzes|attempts|certificates|account|\?/);
      for (const secret of [learner.name, learner.email, learner.id, '_csrf', 'data-reader']) {
        expect(text, url).not.to.include(secret);
      }
    }
    await open.context.setOffline(true);
    for (const path of [
      `/learning/${cycle.id}/quizzes/foundations`,
      '/account',
      '/certificates',
      '/learning',
    ]) {
      await page.goto(path);
      await heading(page, said('noLine.heading'));
    }
    await open.close();
  });

  it('nothing is kept until a button is pressed, and it is removed when the button is pressed again', async () => {
    const { page, open, cycle } = await atCourse();
    await page.getByRole('button', { name: said('keep.keep') }).waitFor();
    expect(await caches(page)).to.deep.equal([await shell()]);
    await keep(page);
    expect(await caches(page)).to.have.length(2);
    await page.getByRole('button', { name: said('keep.remove') }).click();
    await page.getByText(said('keep.removed')).waitFor();
    expect(await caches(page)).to.deep.equal([await shell()]);
    open.expectQuiet();
    await open.context.setOffline(true);
    await page.goto(`/learning/${cycle.id}`);
    await heading(page, said('noLine.heading'));
    await open.close();
  });

  it('a course is kept whole or not at all', async () => {
    const { page, open, lessons } = await atCourse();
    await page.route(`**${lessons[2]}?copy`, route => route.abort());
    await page.getByRole('button', { name: said('keep.keep') }).click();
    await page.getByText(saidFirst('keep.failed')).waitFor();
    expect(await caches(page)).to.deep.equal([await shell()]);
    await open.close();
  });

  for (const connection of ['with a connection', 'without a connection'] as const) {
    it(`"Leave this page" leaves nothing on the device, ${connection}`, async () => {
      const { page, open, lessons, neutral } = await withCourseKept();
      await page.goto(lessons[0] ?? '');
      await page.evaluate(`localStorage.setItem('lesson:/learning/x', '')`);
      const witness = await open.context.newPage();
      await witness.goto('/leaving');
      await neutral();
      await open.context.setOffline(connection === 'without a connection');
      await page.getByRole('button', { name: said('frame.leave') }).click();
      await until(witness, NOTHING_LEFT);
      await open.close();
    });
  }

  it('no lesson stays on the device after signing out', async () => {
    const { page, open, cycle } = await withCourseKept();
    await page.getByRole('button', { name: said('frame.signOut') }).click();
    await heading(page, said('signIn.heading'));
    await expectNoCourse(page);
    await page.evaluate('navigator.serviceWorker.ready.then(() => true)');
    await open.context.setOffline(true);
    await page.goto(`/learning/${cycle.id}`);
    await heading(page, said('noLine.heading'));
    await open.close();
  });

  it('no lesson stays after the session has ended, but finished lessons wait for their owner', async () => {
    const { page, open, cycle, learner, lessons } = await withCourseKept();
    await open.context.setOffline(true);
    await page.goto(lessons[0] ?? '');
    await finish(page);
    await page.waitForURL(`**${lessons[1]}`);
    // The same session, ended elsewhere.
    await send(learner.browser, '/sign-out');
    await open.context.setOffline(false);
    await page.getByRole('status').getByText('you are signed out').waitFor();
    await page.goto('/learning');
    await heading(page, said('signIn.heading'));
    await expectNoCourse(page);
    expect(await finished(cycle.id)).to.equal(0);

    await signInAs(page, learner);
    await until(page, 'localStorage.length === 0');
    expect(await finished(cycle.id)).to.equal(1);
    await open.close();
  });

  it('another person who signs in on this device finds nothing of the first, and sends nothing in their name', async () => {
    const { page, open, cycle, learner, lessons } = await withCourseKept();
    await open.context.setOffline(true);
    await page.goto(lessons[0] ?? '');
    await finish(page);
    await page.waitForURL(`**${lessons[1]}`);
    // Signed out before the page is left: as it goes, Chromium forgets that there is no connection, and the page would still send
    // what it holds for its owner.
    await open.context.clearCookies();
    await page.goto('about:blank');
    const other = await cleo();
    await open.context.clearCookies();
    await open.context.addCookies(cookiesOf(other.browser));
    await open.context.setOffline(false);
    await page.goto('/learning');
    await expectNoCourse(page);
    await until(page, 'localStorage.length === 0');
    expect(await finished(cycle.id)).to.equal(0);
    await open.context.setOffline(true);
    await page.goto(`/learning/${cycle.id}`);
    await heading(page, said('noLine.heading'));
    expect(await page.locator('#kept a').count()).to.equal(0);
    expect(await page.content()).not.to.include(learner.name);
    await open.close();
  });

  it('a newer service worker takes over, and deletes the older files but not the lessons', async () => {
    const { base, renew, close } = await installationToRenew();
    const { page, open, lessons } = await withCourseKept({ baseURL: base });
    renew();
    await page.evaluate(
      'navigator.serviceWorker.getRegistration().then(async it => void (await it.update()))',
    );
    await until(page, `caches.has('${NEWER}')`);
    await until(page, `caches.has('${await shell()}').then(has => !has)`);
    await open.context.setOffline(true);
    await page.goto(lessons[0] ?? '');
    expect(await look(page)).to.equal('rgb(11, 74, 87)');
    await open.close();
    close();
  });

  it('nothing is offered to a browser without JavaScript, and nothing else is missing there', async () => {
    const { page, open, lessons } = await atCourse({ javaScriptEnabled: false });
    expect(await page.getByText(said('keep.heading')).isVisible()).to.equal(false);
    await page.goto(lessons[0] ?? '');
    await finish(page);
    await page.waitForURL(`**${lessons[1]}`);
    open.expectQuiet();
    await open.close();
  });
});

/** A learner on the page of a course, and the lessons of one of its modules that follow each other. */
async function atCourse(options: BrowserContextOptions = {}) {
  const learner = await ada();
  const cycle = await enrolled(learner, 'volunteers');
  const open = await visit(learner.browser, options);
  const { page } = open;
  const { snapshot } = await courseVersion(cycle.courseVersionId);
  const found = snapshot.modules.find(each => requiredLessons(each).length > 2);
  if (!found) throw new Error('No module of the course is taught in full');
  const lessons = requiredLessons(found).map(({ name }) => addresses(cycle.id).lesson(found.slug, name));
  await page.goto(`/learning/${cycle.id}`);
  if (options.javaScriptEnabled !== false)
    await page.evaluate('navigator.serviceWorker.ready.then(() => null)');
  const neutral = () =>
    open.context.route(NEUTRAL_PLACE, route =>
      route.fulfill({ contentType: 'text/html', body: '<p>An ordinary page</p>' }),
    );
  return { learner, cycle, open, page, module: found.title, lessons, neutral };
}

async function withCourseKept(options: BrowserContextOptions = {}) {
  const there = await atCourse(options);
  await keep(there.page);
  return there;
}

async function keep(page: Page): Promise<void> {
  await page.getByRole('button', { name: said('keep.keep') }).click();
  await page.getByRole('status').getByText(KEPT).waitFor();
}

const finish = (page: Page) => page.locator('form[data-mark] button').click();
const heading = (page: Page, name: string | RegExp) =>
  page.getByRole('heading', { level: 1, name }).waitFor();
const finished = (cycleId: string) => count('lesson_readings where cycle_id = $1', [cycleId]);
const waiting = (page: Page) => page.evaluate<number>('localStorage.length');
const caches = (page: Page) => page.evaluate<string[]>('caches.keys()');
const look = (page: Page) =>
  page.evaluate<string>(`getComputedStyle(document.querySelector('main .button')).backgroundColor`);

async function signInAs(page: Page, { email, password }: Person): Promise<void> {
  await page.getByLabel(said('accounts.email')).fill(email);
  await page.getByLabel(said('accounts.password'), { exact: true }).fill(password);
  await page.getByRole('button', { name: said('signIn.button'), exact: true }).click();
}

/** The name of the files that every visitor's browser keeps. */
async function shell(): Promise<string> {
  const found = /"name":"([^"]+)"/.exec((await world().visitor().get('/worker.js')).text)?.[1];
  return found ?? '';
}

const expectNoCourse = (page: Page) =>
  until(page, `caches.keys().then(names => !names.some(name => name.startsWith('kept:')))`);

const NOTHING_LEFT = `Promise.all([caches.keys(), navigator.serviceWorker.getRegistrations()]).then(
  ([names, workers]) => names.length + workers.length + localStorage.length === 0)`;

/** All pages on the device. */
const texts = (page: Page) =>
  page.evaluate<{ url: string; text: string }[]>(`(async () => {
    const all = [];
    for (const name of await caches.keys()) {
      const cache = await caches.open(name);
      for (const request of await cache.keys()) {
        const answer = await cache.match(request);
        if (answer.headers.get('content-type').startsWith('text/html'))
          all.push({ url: request.url, text: await answer.text() });
      }
    }
    return all;
  })()`);
