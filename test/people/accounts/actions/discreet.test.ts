import { expect } from 'chai';
import { requestReset } from '../../../../server/people/accounts/sign-up/recovery.js';
import { installedViews } from '../../../../server/platform/http/installed-views.js';
import type { Mail } from '../../../../server/people/mails/mailer.js';
import { sendNotice } from '../../../../server/people/mails/notices.js';
import { linksIn, type Client, type Page } from '../../../../server/workshop/smoke/client.js';
import { allRoutes } from '../../../platform/http/routes-of.js';
import { ada, dina } from '../../../support/people.js';
import { completed } from '../../../support/holders.js';
import { count } from '../../../support/rows.js';
import { enrolled, readLessons, takeQuiz } from '../../../support/walk.js';
import { plain } from '../../../support/pages.js';
import { ownWorld, world } from '../../../support/world.js';
import { mailsTo } from '../mails.js';
import { said, titleSaid } from '../../../support/said.js';

/** What a title, a file name or a subject must not contain: anybody who passes sees it. */
const TOPIC =
  /traffick|abuse|exploit|child|minor|victim|surviv|slave|sex|recruit|trauma|conniv|concern|rights/i;

/** How the drawing of the site's logo begins. */
const MARK = 'd="M1.5 26.5H7V14.5';

const turn = async (browser: Client, to: 'on' | 'off') => {
  await browser.get('/account');
  return browser.submit('/account/discreet', { discreet: to });
};

const [NAME, PLAIN_NAME] = [said('frame.name'), said('frame.plainName')];
const PLAIN_ERROR = said('frame.errorTitle', { title: PLAIN_NAME });

const titleOf = ({ text }: Page) => /<title>([^<]*)<\/title>/.exec(text)?.[1];
const iconOf = ({ text }: Page) => /rel="icon"[^>]*href="([^"]+)"/.exec(text)?.[1];
const nameOf = ({ text }: Page) => plain(/<a class="home"[\s\S]*?<\/a>/.exec(text)?.[0] ?? '').trim();

describe('discreet mode', () => {
  ownWorld();
  it('hides the site’s name and logo on every page of one person until it is turned off', async () => {
    const { browser, id } = await ada();
    const on = await turn(browser, 'on');
    expect(on.path).to.equal('/account?saved=discreet');
    expect([titleOf(on), nameOf(on)]).to.deep.equal([PLAIN_NAME, PLAIN_NAME]);
    expect(iconOf(on)).to.match(/\/plain-icon\.svg$/);
    expect(on.text.slice(on.text.indexOf('class="mast"'), on.text.indexOf('<nav'))).to.not.include(NAME);

    const cycle = await enrolled({ id }, 'volunteers');
    const module = `/learning/${cycle.id}/modules/foundations`;
    const noted = (page: Page) => page.text.slice(page.text.indexOf('<main'));
    expect(noted(await browser.get(module)))
      .to.include('class="notice')
      .and.not.include(MARK);

    const other = await (await ada()).browser.get('/learning');
    expect([titleOf(other), nameOf(other)]).to.deep.equal([titleSaid('myCourses.heading'), NAME]);
    expect(iconOf(other)).to.match(/\/icon\.svg$/);

    const off = await turn(browser, 'off');
    expect(noted(await browser.get(module))).to.include(MARK);
    expect([titleOf(off), nameOf(off)]).to.deep.equal([titleSaid('account.heading'), NAME]);
    expect(await count('users where id = $1 and is_discreet', [id])).to.equal(0);
  });

  it('covers refused forms and pages that do not exist', async () => {
    const { browser } = await ada();
    await turn(browser, 'on');
    expect(titleOf(await browser.submit('/account/name', { name: '' }))).to.equal(PLAIN_ERROR);
    expect(titleOf(await browser.get('/nothing-here'))).to.equal(PLAIN_NAME);
  });

  it('records no event', async () => {
    const { browser, id } = await ada();
    const before = await count('events where actor_id = $1', [id]);
    await turn(browser, 'on');
    expect(await count('events where actor_id = $1', [id])).to.equal(before);
  });

  it('hides the site’s name in mails and their sender', async () => {
    const person = await ada();
    await requestReset(person.email, { key: world().secrets.links, now: Date.now() });
    const [usual] = await mailsTo(person.email);
    expect(usual?.text).to.include(NAME);
    await turn(person.browser, 'on');
    const sent: Mail[] = [];
    const mailer = { send: (mail: Mail) => Promise.resolve(void sent.push(mail)), close: () => undefined };
    const values = { link: 'https://training.example/forgotten', at: '24 November 2026' };
    await sendNotice(
      {
        kind: 'password-changed',
        userId: person.id,
        organisationId: null,
        key: `discreet:${person.id}`,
        values,
      },
      { mailer, views: installedViews(), baseUrl: 'https://training.example', contact: null },
      Date.now(),
    );
    expect(sent[0]?.sender).to.equal(said('frame.title'));
    expect(sent[0]?.replyTo).to.equal(undefined);
    expect(sent[0]?.text).to.not.include(said('components.contact'));
    expect(sent[0]?.hasMark).to.equal(false);
    expect(sent[0]?.html).to.not.include('<img');
    for (const text of [sent[0]?.subject, sent[0]?.text, sent[0]?.html]) expect(text).to.not.include(NAME);
  });

  it('needs sign-in', async () => {
    const { browser } = await ada();
    await browser.get('/account');
    const token = /name="_csrf" value="([^"]+)"/.exec(browser.last?.text ?? '')?.[1] ?? '';
    const visitor = world().visitor();
    expect((await visitor.post('/account/discreet', { _csrf: token, discreet: 'on' })).status).to.equal(403);
  });
});

interface Crawled {
  readonly path: string;
  readonly page: Page;
}

const fileNameOf = (page: Page) =>
  /filename="([^"]*)"/.exec(page.headers.get('content-disposition') ?? '')?.[1];
/** The page that is downloaded to check certificates offline has a title of its own. */
const isPage = (page: Page): boolean =>
  fileNameOf(page) === undefined && Boolean(page.headers.get('content-type')?.startsWith('text/html'));

describe('no file name, tab sign or discreet title', () => {
  ownWorld();

  /** Every page that links lead to, one of each kind: an address with other ids is the same page. */
  async function crawl(browser: Client, from: readonly string[]): Promise<Crawled[]> {
    const patterns = allRoutes()
      .filter(({ method }) => method === 'GET')
      .map(({ path }) => path);
    const kindOf = (address: string) => {
      const { pathname } = new URL(address, 'http://x');
      return patterns.find(pattern => matches(pattern, pathname)) ?? pathname;
    };
    const seen = new Map<string, Crawled>();
    const waiting = [...from];
    for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) {
      const kind = kindOf(path);
      if (seen.has(kind) || kind.startsWith('/assets')) continue;
      const page = await browser.get(path);
      seen.set(kind, { path, page });
      if (page.headers.get('content-type')?.startsWith('text/html'))
        waiting.push(...linksIn(page.text, /^\/(?!\/)/));
    }
    return [...seen.values()];
  }

  const matches = (pattern: string, path: string) =>
    new RegExp(
      `^${pattern
        .replace(/[.]/g, '\\.')
        .replace(/\{\*\w+\}/g, '.+')
        .replace(/:\w+/g, '[^/]+')}$`,
    ).test(path);

  const titleFaults = ({ path, page }: Crawled): string[] =>
    isPage(page) && ![PLAIN_NAME, PLAIN_ERROR].includes(titleOf(page) ?? '')
      ? [`${path}: title ${titleOf(page)}`]
      : [];

  const faultsOf = ({ path, page }: Crawled): string[] => {
    const name = fileNameOf(page);
    return [
      ...(isPage(page) && TOPIC.test(iconOf(page) ?? '') ? [`${path}: icon ${iconOf(page)}`] : []),
      ...(name !== undefined && TOPIC.test(name) ? [`${path}: file ${name}`] : []),
      ...(/^(?:text\/calendar)/.test(page.headers.get('content-type') ?? '') && TOPIC.test(page.text)
        ? [`${path}: calendar`]
        : []),
    ];
  };

  it('tells the topic to people who pass a learner', async () => {
    const learner = await ada();
    await completed(learner, 'volunteers');
    const cycle = await enrolled(learner);
    await readLessons(cycle, 'foundations');
    await takeQuiz(cycle, 'foundations');
    for (const to of ['off', 'on'] as const) {
      await turn(learner.browser, to);
      const found = await crawl(learner.browser, [
        '/learning',
        '/certificates',
        '/',
        '/concern',
        '/card/gb/driver',
      ]);
      expect(found.length).to.be.at.least(30);
      expect(found.flatMap(faultsOf)).to.deep.equal([]);
      if (to === 'on') expect(found.flatMap(titleFaults)).to.deep.equal([]);
    }
  });

  it('tells the topic to people who pass a visitor', async () => {
    const found = await crawl(world().visitor(), ['/', '/card/gb/driver', '/nothing-here']);
    expect(found.length).to.be.at.least(15);
    expect(found.flatMap(faultsOf)).to.deep.equal([]);
  });

  it('tells the topic to people who pass an administrator', async () => {
    const { browser } = await dina();
    await turn(browser, 'on');
    const bank = '/admin/questions/export?bank=survivor-trauma&format=gift';
    const found = await crawl(browser, ['/admin', bank]);
    expect(found.length).to.be.at.least(20);
    expect(found.flatMap(each => [...faultsOf(each), ...titleFaults(each)])).to.deep.equal([]);
  });
});
