import { expect } from 'chai';
import { database } from '../../../server/platform/db/connect.js';
import { csrfOf } from '../../people/accounts/browser.js';
import { ada, dina, type Person } from '../../support/people.js';
import { ownWorld, world } from '../../support/world.js';
import { fromUs, raw } from './raw.js';
import { allRoutes, fill, type Route } from './routes-of.js';

/** What anybody may read. Everything else requires sign-in. */
const PUBLIC = [
  '/healthz',
  '/readyz',
  '/workz',
  '/assets/{*path}',
  '/worker.js',
  '/app.webmanifest',
  '/plain.webmanifest',
  '/robots.txt',
  '/.well-known/security.txt',
  '/offline',
  '/offline/concern',
  '/offline/assets',
  '/',
  '/courses',
  '/courses/:slug',
  '/concern',
  '/card',
  '/card/:country/:role',
  '/design',
  '/design/style.css',
  '/design/:group',
  '/sources',
  '/law',
  '/law/:code',
  '/leaving',
  '/privacy',
  '/accessibility',
  '/sign-up',
  '/sign-up/sent',
  '/confirm',
  '/forgotten',
  '/forgotten/sent',
  '/new-password',
  '/sign-in/link',
  '/sign-in/link/sent',
  '/sign-in/second-step',
  '/sign-in/organisation',
  '/sign-in/organisation/:id',
  '/sign-in/organisation/:id/to/:provider',
  '/sign-in/organisation/:id/answer',
  '/sign-in/organisation/:id/left/:provider',
  '/sign-in/organisation/:id/saml/:provider/metadata.xml',
  '/sign-in/organisation/:id/saml/:provider/sign-out',
  '/arrival',
  '/new-address',
  '/old-address',
  '/old-address/kept',
  '/merged',
  '/merged/undone',
  '/invitation',
  '/invitation/not-for-me',
  '/room-link',
  '/courses/:slug/link',
  '/courses/:slug/link/sent',
  '/course-link',
  '/sent-course',
  '/sent-course/sent',
  '/staff',
  '/staff/first',
  '/join',
  '/join/:code',
  '/join/:code/sent',
  '/first-administrator',
  '/sign-in',
  '/.well-known/did.json',
  '/issuer',
  '/achievements/:slug/:version',
  '/achievements/:slug/:version/renewal',
  '/status/revocation/:list',
  '/status/revocation/:list/versions/:number',
  '/issuer/keys',
  '/ledger/head',
  '/ledger/heads/:number',
  '/verify',
  '/verify/offline',
  '/verify/offline/safe-passage-verify.html',
  '/verify/:code',
  '/follow-up/refresher',
  '/follow-up/opt-out',
  '/weekly-summary',
  '/shared/:token',
  '/shared/:token/credential.json',
  '/shared/:token/certificate.pdf',
];

/** What may be sent without being signed in. */
const OPEN_FORMS = [
  '/sign-up',
  '/invitation/account',
  '/invitation/renewal',
  '/invitation/not-for-me',
  '/room-link/account',
  '/join/:code',
  '/courses/:slug/link',
  '/sent-course',
  '/sent-course/again',
  '/course-link',
  '/staff',
  '/staff/first',
  '/sign-in/link',
  '/sign-in/second-step',
  '/sign-in/passkey',
  '/sign-in/passkey/challenge',
  '/sign-in/organisation',
  '/sign-in/saml',
  '/sign-in/provider-sign-out',
  '/sign-in/organisation/:id/saml/:provider/sign-out',
  '/arrival',
  '/confirm',
  '/new-address',
  '/old-address',
  '/merged',
  '/forgotten',
  '/new-password',
  '/first-administrator',
  '/sign-in',
  '/sign-out',
  '/exit',
  '/verify',
  '/verify/:code',
  '/follow-up/refresher/answers/:slot',
  '/follow-up/opt-out',
  '/follow-up/opt-in',
  '/reminders',
  '/reminders/mailed-choice',
  '/weekly-summary',
  '/weekly-summary/mailed-choice',
];

/**
 * A mail program sends the first three without a page (RFC 8058); what they may do depends on the signed text in the
 * address. The next changes nothing. What providers send is kept unread until its browser comes, or signed by the provider itself.
 */
const FROM_ANYWHERE = [
  '/follow-up/opt-out',
  '/reminders',
  '/weekly-summary',
  '/verify',
  '/sign-in/saml',
  '/sign-in/provider-sign-out',
  '/sign-in/organisation/:id/saml/:provider/sign-out',
];

/** Leaving must work after the session has ended; the browser's statement of the sender is enough. */
const WITHOUT_TOKEN = ['/exit', ...FROM_ANYWHERE];

/** Ids over which a database could stumble, and ids that nothing has. */
const STRANGE_TO_DATABASES = [
  '1',
  '%00',
  '%27%22%3C',
  '%F0%9F%92%A9',
  '11111111-1111-4111-8111-111111111111',
  '11111111-1111-4111-8111-11111111111A',
  '1e999',
  '-1',
  'a'.repeat(2000),
];

/** Ids over which the program could stumble before it asks a database, of whatever kind. */
const STRANGE_TO_PROGRAMS = [
  'nonsense',
  '..%2f..%2fetc%2fpasswd',
  '%0d%0aX-Injected:1',
  '__proto__',
  'constructor',
];

/** On PostgreSQL only what reaches the database: what the program makes of a request is proven on SQLite. */
const here = <T>(databases: readonly T[], programs: readonly T[]): readonly T[] =>
  database().dialect === 'postgres' ? databases : [...databases, ...programs];

const malformed = () => here(STRANGE_TO_DATABASES, STRANGE_TO_PROGRAMS);

describe('every route', function () {
  ownWorld();
  // Thousands of requests, which wait for a busy machine.
  this.timeout(900_000);
  let routes: Route[];
  let reads: Route[];
  let forms: Route[];
  let learner: Person;
  let administrator: Person;

  before(async () => {
    routes = allRoutes();
    reads = routes.filter(({ method }) => method === 'GET');
    forms = routes.filter(({ method }) => method !== 'GET');
    [learner, administrator] = [await ada(), await dina()];
  });

  it('is found by the walk', () => {
    expect(reads.map(({ path }) => path)).to.include.members([
      ...PUBLIC,
      '/account',
      '/admin',
      '/certificates/:id',
    ]);
    expect(forms.map(({ path }) => path)).to.include.members([
      ...OPEN_FORMS,
      '/learning',
      '/attempts/:attempt/submission',
    ]);
    expect(forms.length).to.be.at.least(18);
    expect(routes.map(({ path }) => path).filter(path => !path.startsWith('/'))).to.deep.equal([]);
  });

  it('that changes something is a POST', () => {
    expect(new Set(forms.map(({ method }) => method))).to.deep.equal(new Set(['POST']));
  });

  it('that changes something is refused without the token', async () => {
    for (const route of forms.filter(({ path }) => !WITHOUT_TOKEN.includes(path))) {
      const path = fill(route, '11111111-1111-4111-8111-111111111111');
      for (const cookie of ['', learner.browser.cookie, administrator.browser.cookie]) {
        const answer = await raw(path, { method: 'POST', headers: { ...fromUs(), cookie }, body: 'name=x' });
        expect(answer.status, `${path} as ${cookie.slice(0, 20)}`).to.equal(403);
      }
    }
  });

  it('that changes something is refused from another site, even with the token', async () => {
    const token = csrfOf(await learner.browser.get('/account'));
    for (const route of forms.filter(({ path }) => !FROM_ANYWHERE.includes(path))) {
      const answer = await raw(fill(route, '11111111-1111-4111-8111-111111111111'), {
        method: 'POST',
        headers: { ...fromUs(), cookie: learner.browser.cookie, 'sec-fetch-site': 'cross-site' },
        body: `_csrf=${encodeURIComponent(token)}`,
      });
      expect(answer.status, route.path).to.equal(403);
    }
    expect((await learner.browser.get('/account')).path).to.equal('/account');
  });

  it('that changes something needs sign-in, but for those named here', async () => {
    const browser = world().visitor();
    const token = csrfOf(await browser.get('/sign-in'));
    for (const route of forms.filter(({ path }) => !OPEN_FORMS.includes(path))) {
      const answer = await raw(fill(route, '11111111-1111-4111-8111-111111111111'), {
        method: 'POST',
        headers: { ...fromUs(), cookie: browser.cookie },
        body: `_csrf=${encodeURIComponent(token)}`,
      });
      expect(answer, route.path).to.include({ status: 303 });
      expect(answer.headers.location, route.path).to.equal('/sign-in');
    }
  });

  it('needs sign-in to be read, but for those named here', async () => {
    for (const route of reads.filter(({ path }) => !PUBLIC.includes(path))) {
      const path = fill(route, '11111111-1111-4111-8111-111111111111');
      const answer = await raw(path);
      expect(answer.status, path).to.equal(303);
      expect(answer.headers.location, path).to.equal(`/sign-in?next=${encodeURIComponent(path)}`);
      const asJson = await raw(path, { headers: { accept: 'application/json' } });
      expect(asJson.status, path).to.equal(401);
      expect(JSON.parse(asJson.text)).to.deep.equal({ error: 401, reference: null });
    }
  });

  it('of the administration returns 404 to others', async () => {
    const admin = reads.filter(({ path }) => path.startsWith('/admin'));
    expect(admin.length).to.be.at.least(4);
    for (const route of admin) {
      const path = fill(route, '11111111-1111-4111-8111-111111111111');
      expect((await raw(path, { headers: { cookie: learner.browser.cookie } })).status, path).to.equal(404);
    }
  });

  it('with an id returns 404 for malformed and unknown ids', async () => {
    for (const route of reads.filter(({ path }) => /[:*]/.test(path))) {
      // The first status list, its first version and the first signed head have the number 1, and may be there.
      const isNumbered = /^\/(status\/revocation|ledger\/heads)\/:/.test(route.path);
      const ids = malformed().filter(id => !isNumbered || id !== '1');
      for (const id of ids) {
        const headers = { cookie: administrator.browser.cookie };
        const answer = await raw(fill(route, id), { headers });
        expect(answer.status, fill(route, id).slice(0, 120)).to.equal(404);
        expect(answer.headers, route.path).not.to.have.property('x-injected');
      }
    }
  });

  it('with an id returns 404 to a form with a malformed or unknown id', async () => {
    const token = csrfOf(await administrator.browser.get('/account'));
    for (const route of forms.filter(({ path }) => path.includes(':'))) {
      for (const id of malformed()) {
        const answer = await raw(fill(route, id), {
          method: 'POST',
          headers: { ...fromUs(), cookie: administrator.browser.cookie },
          body: `_csrf=${encodeURIComponent(token)}&reason=holder-asked&sequence=0&name=x`,
        });
        expect(answer.status, fill(route, id).slice(0, 120)).to.equal(404);
      }
    }
  });

  it('answers strange queries without a fault', async () => {
    const queries = here(
      [
        '?query=%00&token=%00&code=%00&country=%00',
        '?query=x&after=%00&before=%00',
        `?query=${'%25'.repeat(500)}&after=%ff&before=1e999&token=%ff&code=1e999`,
        '?query=%ff&after=x&before=-1',
      ],
      ['?a[]=1&a[b]=2&next=%00&saved=%00&__proto__=1&query=a&query=b&%='],
    );
    for (const route of reads) {
      for (const query of queries) {
        const path = `${fill(route, '11111111-1111-4111-8111-111111111111')}${query}`;
        const answer = await raw(path, { headers: { cookie: administrator.browser.cookie } });
        expect(answer.status, path.slice(0, 120)).to.be.lessThan(500);
      }
    }
  });

  it('answers strange fields without a fault', async () => {
    const token = csrfOf(await administrator.browser.get('/account'));
    const strange = here(['a%00b', '%ff', '1e999'], ['%F0%9F%92%A9'.repeat(50)]);
    for (const route of forms.filter(({ path }) => !/sign-out|exit/.test(path))) {
      for (const value of strange) {
        const fields = [
          'name',
          'email',
          'password',
          'present',
          'token',
          'course',
          'choice',
          'note',
          'reason',
          'next',
        ];
        const answer = await raw(fill(route, '11111111-1111-4111-8111-111111111111'), {
          method: 'POST',
          headers: { ...fromUs(), cookie: administrator.browser.cookie },
          body: `_csrf=${encodeURIComponent(token)}&${fields.map(name => `${name}=${value}`).join('&')}`,
        });
        expect(answer.status, `${route.path} ${value.slice(0, 20)}`).to.be.lessThan(500);
      }
    }
  });

  it('refuses other methods', async () => {
    for (const method of ['PUT', 'PATCH', 'DELETE', 'TRACE', 'PROPFIND']) {
      for (const path of ['/', '/account', '/learning']) {
        const answer = await raw(path, { method, headers: { cookie: learner.browser.cookie } });
        expect(answer.status, `${method} ${path}`).to.be.oneOf([403, 404, 405]);
        expect(answer.text).not.to.include(learner.browser.cookie);
      }
    }
  });

  it('changes nothing on a GET', async () => {
    for (const { path } of forms.filter(form => !reads.some(read => read.path === form.path))) {
      const answer = await raw(fill({ method: 'GET', path }, 'x'), {
        headers: { cookie: learner.browser.cookie },
      });
      expect(answer.status, path).to.equal(404);
    }
    expect((await learner.browser.get('/account')).path).to.equal('/account');
  });
});
