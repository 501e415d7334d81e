import { expect } from 'chai';
import type { Request, Response } from 'express';
import { installedViews } from '../../server/app.js';
import { NotFound, Unavailable } from '../../server/errors.js';
import { errorPages } from '../../server/http/error-pages.js';
import { translator } from '../../server/i18n/i18n.js';
import { createLogger } from '../../server/lib/log.js';
import { ada } from '../support/people.js';
import { plain, send } from '../support/walk.js';
import { ownWorld, world } from '../support/world.js';
import { fromUs, raw } from './raw.js';

const views = installedViews();

interface Shown {
  readonly status: number;
  readonly reference?: string | null;
  readonly sent?: 'refused' | 'unknown' | null;
  readonly again?: string | null;
  readonly form?: string | null;
  readonly user?: object | null;
}

const wordsOf = (shown: Shown): string =>
  plain(
    views.renderFragment(
      'http/problem',
      { reference: null, wait: null, sent: null, again: null, form: null, user: null, ...shown },
      { locale: 'en', dir: 'ltr', t: translator('en') },
    ),
  );

describe('a problem page', () => {
  ownWorld();
  const cases: [number, string, string][] = [
    [403, 'You cannot do this', 'This page is not for your account.'],
    [404, 'Page not found', 'Check the address, or go on from the page below.'],
    [409, 'Something has changed', 'Go on from the page below.'],
    [413, 'Too much at once', 'what you typed should still be there'],
    [422, 'This does not fit here', 'load the page again and try once more'],
    [429, 'Too many tries', 'we ask you to wait'],
    [500, 'Something went wrong here', 'Try again in a few minutes.'],
    [503, 'We are away for a moment', 'Try again in a few minutes.'],
  ];
  for (const [status, what, next] of cases) {
    it(`for ${status} says what happened, what to do, and whom to tell in danger`, () => {
      const words = wordsOf({ status });
      expect(words).to.include(what).and.include(next).and.include('If someone is in danger now');
      expect(words).to.include('Go to the start page');
      expect(words).to.not.match(/\b(?:40\d|41\d|42\d|50\d)\b|error|invalid/i);
    });
  }

  it('says that a refused form changed nothing, and of one that broke off that nobody knows', () => {
    expect(wordsOf({ status: 403, sent: 'refused' })).to.include('It changed nothing.');
    expect(wordsOf({ status: 500, sent: 'unknown' })).to.include('Look before you send it again.');
    expect(wordsOf({ status: 404 })).to.not.match(/changed nothing|send it again/);
  });

  it('says that what was saved is safe: to people signed in, and to all where we cannot know who asks', () => {
    const safe = 'Everything you had saved before is still there.';
    expect(wordsOf({ status: 404, user: { name: 'Ada' } }))
      .to.include(safe)
      .and.include('My courses');
    expect(wordsOf({ status: 503 })).to.include(safe);
    expect(wordsOf({ status: 404 })).to.not.include(safe);
  });

  it('has a number to quote only where it is our fault', () => {
    expect(wordsOf({ status: 500, reference: 'abc-1' })).to.include('tell them this number: abc-1');
    expect(wordsOf({ status: 409 })).to.not.include('this number');
  });

  it('tells of a form that was refused what became of it', async () => {
    const { browser } = await ada();
    const refused = await browser.post('/account/name', { name: 'Ada' });
    expect(refused.status).to.equal(403);
    expect(plain(refused.text)).to.include('What you sent just now was not taken. It changed nothing.');
    const gone = await send(browser, '/nothing-here', {});
    expect(plain(gone.text)).to.include('It changed nothing.');
    expect(plain((await browser.get('/nothing-here')).text)).to.not.include('changed nothing');
  });

  it('offers the page of a refused form, as it is now', async () => {
    const { cookie } = (await ada()).browser;
    const from = (referer: string) =>
      raw('/account/name', { method: 'POST', headers: { ...fromUs(), cookie, referer }, body: 'name=Ada' });
    const load = /<a [^>]*href="([^"]+)"[^>]*><span>Load the page again/;
    expect(load.exec((await from(`${world().base}/account?a=1`)).text)?.[1]).to.equal('/account?a=1');
    for (const other of ['https://evil.example/account', `${world().base}//evil.example/`, 'nothing'])
      expect((await from(other)).text, other).to.not.match(load);
    expect(wordsOf({ status: 403, sent: 'refused' })).to.include('Load the page again and try once more.');
    const changed = wordsOf({ status: 409, sent: 'refused', form: '/account' });
    expect(changed).to.include('Load the page again to see how it is now.');
  });

  it('puts waiting after what can be done now', () => {
    const order = (status: number) => {
      const words = wordsOf({ status, again: '/verify' });
      return words.indexOf('Go to the start page') - words.lastIndexOf('Try again');
    };
    expect(order(503)).to.be.greaterThan(0);
    expect(order(429)).to.be.lessThan(0);
  });

  it('offers to try a page again where that is worth it, and never an address of another site', () => {
    const againFor = (originalUrl: string, method = 'GET', fault: Error = new Unavailable('x')) => {
      const shown: { again?: string | null }[] = [];
      const pages = errorPages(
        createLogger('silent', { write: () => undefined }),
        (_req, _res, _name, values) => shown.push(values),
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

  it('never leads to another site, whatever the address says', async () => {
    for (const path of ['//evil.example/x', '/\\evil.example']) {
      const { text } = await raw(path);
      expect(text).to.not.include('href="//').and.not.include('href="/\\');
    }
  });

  it('says where to write, as every page does at its end', async () => {
    const to = /<a href="mailto:people@example.org">people@example.org<\/a>/g;
    expect((await world().visitor().get('/nothing-here')).text.match(to)).to.have.length(1);
    expect((await world().visitor().get('/accessibility')).text.match(to)).to.have.length(2);
    expect((await world().visitor().get('/privacy')).text.match(to)).to.have.length(2);
  });

  it('offers the way out, first thing, like any other page', async () => {
    const { text } = await world().visitor().get('/nothing-here');
    expect(text.indexOf('action="/exit"')).to.be.within(1, text.indexOf('<main'));
  });
});

describe('a list with nothing in it', () => {
  const empty: [string, object, string][] = [
    ['courses/home', { courses: [] }, 'No course is here yet.'],
    ['courses/catalogue', { courses: [] }, 'No course is here yet.'],
    ['help/law', { countries: [] }, 'No page of law is here yet.'],
    ['courses/sources', { facts: [], parts: [] }, 'No fact is here yet.'],
    [
      'help/card-choice',
      { countries: [], country: '', roles: [], role: null, errors: {} },
      'No card is here yet.',
    ],
    ['help/_lines', { lines: [], notice: '' }, 'We have no checked line for this country.'],
    ['certificates/holder/certificates', { shelves: [] }, 'No certificates yet.'],
    ['quizzes/item-analysis/quizzes', { courses: [] }, ''],
    ['quizzes/item-analysis/signals', { courses: [], organisations: [] }, ''],
    ['quizzes/preview/preview', { courses: [] }, 'No course is here yet.'],
    ['management/certificates', { organisation: 'N', results: [], next: null }, 'No certificates yet.'],
    ['follow-up/figures', { courses: [], organisations: [], file: null }, ''],
    [
      'admin/certificates',
      { query: '', results: [], next: null, checks: { number: 0, file: 0 } },
      'No certificates yet.',
    ],
    ['admin/people/people', { query: '', people: [], next: null }, 'No people yet.'],
    ['quizzes/regrading/log', { question: '', places: [], rulings: [] }, ''],
  ];
  for (const [name, values, said] of empty) {
    it(`says so on ${name}, and shows no bare table`, () => {
      const shell = {
        locale: 'en',
        dir: 'ltr' as const,
        t: translator('en'),
        csrf: () => '',
        user: { isAdministrator: true },
      };
      const html = views.renderFragment(name, values, shell);
      expect(plain(html)).to.include(said);
      expect(plain(html)).to.match(/No |no |None|none|Nobody|nothing|yet/);
      expect(html).to.not.match(/<(?:ul|ol|tbody)[^>]*>\s*<\/(?:ul|ol|tbody)>/);
    });
  }
});
