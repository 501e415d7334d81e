import { expect } from 'chai';
import type { Request, Response } from 'express';
import { installedViews } from '../../../server/platform/http/installed-views.js';
import { NotFound, Unavailable } from '../../../server/errors.js';
import { errorPages } from '../../../server/platform/http/error-pages.js';
import { translator } from '../../../server/platform/i18n/i18n.js';
import { createLogger } from '../../../server/platform/lib/log.js';
import { ada } from '../../support/people.js';
import { plain, send } from '../../support/pages.js';
import { ownWorld, world } from '../../support/world.js';
import { fromUs, raw } from './raw.js';
import { said } from '../../support/said.js';

const views = installedViews();

interface Shown {
  readonly status: number;
  readonly reference?: string | null;
  readonly sent?: 'refused' | 'unknown' | null;
  readonly again?: string | null;
  readonly form?: string | null;
  readonly user?: object | null;
}

const pageOf = (shown: Shown): string =>
  views.renderFragment(
    'platform/http/problem',
    { reference: null, wait: null, sent: null, again: null, form: null, user: null, ...shown },
    { locale: 'en', dir: 'ltr', t: translator('en') },
  );

const wordsOf = (shown: Shown): string => plain(pageOf(shown));

describe('a problem page', () => {
  ownWorld();
  const cases: [number, string, string][] = [
    [403, 'problem.forbiddenTitle', 'problem.notYours'],
    [404, 'problem.missingTitle', 'problem.missing'],
    [409, 'problem.changedTitle', 'problem.over'],
    [413, 'problem.largeTitle', 'problem.large'],
    [422, 'problem.sentTitle', 'problem.sent'],
    [429, 'problem.manyTitle', 'problem.many'],
    [500, 'problem.oursTitle', 'problem.ours'],
    [503, 'problem.awayTitle', 'problem.away'],
  ];
  for (const [status, what, next] of cases) {
    it(`for ${status} says what happened, what to do, and whom to tell in danger`, () => {
      const words = wordsOf({ status });
      for (const key of [what, next, 'problem.danger', 'problem.home']) expect(words).to.include(said(key));
      expect(words).to.not.match(/\b(?:40\d|41\d|42\d|50\d)\b|error|invalid/i);
    });
  }

  it('says that a refused form changed nothing, and that an interrupted one may have', () => {
    expect(wordsOf({ status: 403, sent: 'refused' })).to.include(said('problem.refused'));
    expect(wordsOf({ status: 500, sent: 'unknown' })).to.include(said('problem.unknown'));
    const page = wordsOf({ status: 404 });
    for (const key of ['problem.refused', 'problem.unknown']) expect(page).to.not.include(said(key));
  });

  it('says that what was saved is safe to people signed in, and to everybody where we cannot know', () => {
    const safe = said('problem.saved');
    expect(wordsOf({ status: 404, user: { name: 'Ada' } }))
      .to.include(safe)
      .and.include(said('frame.myCourses'));
    expect(wordsOf({ status: 503 })).to.include(safe);
    expect(wordsOf({ status: 404 })).to.not.include(safe);
  });

  it('has a reference only for errors of ours', () => {
    expect(wordsOf({ status: 500, reference: 'abc-1' })).to.include(`${said('problem.reference')} abc-1`);
    expect(wordsOf({ status: 409 })).to.not.include(said('problem.reference'));
  });

  it('says what became of a refused form', async () => {
    const { browser } = await ada();
    const refused = await browser.post('/account/name', { name: 'Ada' });
    expect(refused.status).to.equal(403);
    expect(plain(refused.text)).to.include(said('problem.refused'));
    const gone = await send(browser, '/nothing-here', {});
    expect(plain(gone.text)).to.include(said('problem.refused'));
    expect(plain((await browser.get('/nothing-here')).text)).to.not.include(said('problem.refused'));
  });

  it('links to the page of a refused form', async () => {
    const { cookie } = (await ada()).browser;
    const from = (referer: string) =>
      raw('/account/name', { method: 'POST', headers: { ...fromUs(), cookie, referer }, body: 'name=Ada' });
    const load = new RegExp(`<a [^>]*href="([^"]+)"[^>]*><span>${said('problem.load')}`);
    expect(load.exec((await from(`${world().base}/account?a=1`)).text)?.[1]).to.equal('/account?a=1');
    for (const other of ['https://evil.example/account', `${world().base}//evil.example/`, 'nothing'])
      expect((await from(other)).text, other).to.not.match(load);
    expect(wordsOf({ status: 403, sent: 'refused' })).to.include(said('problem.forbidden'));
    const changed = wordsOf({ status: 409, sent: 'refused', form: '/account' });
    expect(changed).to.include(said('problem.changed'));
  });

  it('puts what can be done now before waiting', () => {
    const order = (status: number) => {
      const page = pageOf({ status, again: '/verify' });
      return [...page.matchAll(/href="(\/|\/verify)"/g)].map(([, href]) => href);
    };
    expect(order(503)).to.deep.equal(['/verify', '/']);
    expect(order(429)).to.deep.equal(['/', '/verify']);
  });

  it('offers a retry where it may help, and never at another site', () => {
    const againFor = (originalUrl: string, method = 'GET', fault: Error = new Unavailable('x')) => {
      const shown: { again?: string | null }[] = [];
      const pages = errorPages(
        createLogger('silent', { write: () => undefined }),
        (_req, _res, _name, values) => shown.push(values as { again?: string | null }),
        { locale: 'en', timeZone: 'UTC' },
      );
      const req = { method, originalUrl, headers: {}, accepts: () => 'html' };
      void pages(
        fault,
        req as unknown as Request,
        { set: () => undefined } as unknown as Response,
        () => undefined,
      );
      return shown[0]?.again;
    };
    expect(againFor('/learning?a=1')).to.equal('/learning?a=1');
    for (const path of ['//evil.example', '/\\evil.example', 'https://evil.example']) {
      expect(againFor(path), path).to.equal(null);
    }
    expect(againFor('/learning', 'POST')).to.equal(null);
    expect(againFor('/learning', 'GET', new NotFound())).to.equal(null);
  });

  it('never links to another site, whatever the address says', async () => {
    for (const path of ['//evil.example/x', '/\\evil.example']) {
      const { text } = await raw(path);
      expect(text).to.not.include('href="//').and.not.include('href="/\\');
    }
  });

  it('shows the contact address, like every page', async () => {
    const to = /<a href="mailto:people@example.org">people@example.org<\/a>/g;
    expect((await world().visitor().get('/nothing-here')).text.match(to)).to.have.length(1);
    expect((await world().visitor().get('/accessibility')).text.match(to)).to.have.length(2);
    expect((await world().visitor().get('/privacy')).text.match(to)).to.have.length(2);
  });

  it('offers “Leave this page” first, like every page', async () => {
    const { text } = await world().visitor().get('/nothing-here');
    expect(text.indexOf('action="/exit"')).to.be.within(1, text.indexOf('<main'));
  });
});

describe('an empty list', () => {
  const empty: [string, object, string][] = [
    ['teaching/courses/home', { courses: [] }, 'catalogue.none'],
    ['teaching/courses/catalogue', { courses: [] }, 'catalogue.none'],
    ['teaching/help/law', { countries: [] }, 'law.none'],
    ['teaching/courses/sources', { facts: [], parts: [] }, 'sources.none'],
    [
      'teaching/help/card-choice',
      { countries: [], country: '', roles: [], role: null, errors: {} },
      'card.none',
    ],
    ['teaching/help/_lines', { lines: [], notice: '' }, 'concern.noLines'],
    ['proof/certificates/holder/certificates', { shelves: [] }, 'wallet.none'],
    ['teaching/quizzes/item-analysis/quizzes', { courses: [] }, 'statistics.none'],
    ['teaching/quizzes/item-analysis/signals', { courses: [], organisations: [] }, 'statistics.none'],
    ['teaching/quizzes/preview/preview', { courses: [], modelsHref: null }, 'catalogue.none'],
    [
      'office/management/certificates',
      { organisation: 'N', results: [], next: null },
      'admin.noCertificates',
    ],
    ['teaching/follow-up/figures', { courses: [], organisations: [], file: null }, 'followUp.admin.none'],
    [
      'office/admin/certificates',
      { query: '', results: [], next: null, checks: { number: 0, file: 0 } },
      'admin.noCertificates',
    ],
    ['office/admin/people/people', { query: '', people: [], next: null }, 'admin.noPeople'],
    ['teaching/quizzes/regrading/log', { question: '', places: [], rulings: [] }, 'regrade.none'],
  ];
  for (const [name, values, key] of empty) {
    it(`is said to be empty in ${name}, without an empty table`, () => {
      const shell = {
        locale: 'en',
        dir: 'ltr' as const,
        t: translator('en'),
        csrf: () => '',
        user: { isAdministrator: true },
      };
      const html = views.renderFragment(name, values, shell);
      expect(plain(html)).to.include(said(key));
      expect(html).to.not.match(/<(?:ul|ol|tbody)[^>]*>\s*<\/(?:ul|ol|tbody)>/);
    });
  }
});
