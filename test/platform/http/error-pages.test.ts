import { expect } from 'chai';
import express from 'express';
import { DatabaseError, ConnectionRefusedError } from 'sequelize';
import { Conflict, Forbidden, NotFound, SignInNeeded, TooMany, Unavailable } from '../../../server/errors.js';
import { SessionStore } from '../../../server/platform/http/security/sessions.js';
import { requestId } from '../../../server/platform/http/context.js';
import { errorPages } from '../../../server/platform/http/error-pages.js';
import { createLogger } from '../../../server/platform/lib/log.js';
import { csrfOf } from '../../people/accounts/browser.js';
import { ada, person, PASSWORD } from '../../support/people.js';
import { ownWorld, world } from '../../support/world.js';
import { Client } from '../../../server/workshop/smoke/client.js';
import { fromUs, raw } from './raw.js';
import { openSecondApp, type SecondApp } from './second-app.js';
import { said } from '../../support/said.js';
import { plain } from '../../support/pages.js';

describe('an error of ours', () => {
  ownWorld();
  let app: SecondApp;
  let isBroken = false;

  before(async () => {
    const clock = () => {
      if (isBroken) throw new Error('The clock has stopped');
      return Date.now();
    };
    app = await openSecondApp(() => ({}), { clock, sessions: new SessionStore(clock) });
  });
  after(() => app.close());
  afterEach(() => {
    isBroken = false;
  });

  /** Sign in while the clock fails. */
  async function fail(accept = 'text/html') {
    const { email } = await person();
    const browser = new Client(app.base);
    const token = csrfOf(await browser.get('/sign-in'));
    isBroken = true;
    const before = app.logged.length;
    const answer = await raw('/sign-in?next=/a-secret-place', {
      base: app.base,
      method: 'POST',
      headers: { ...fromUs(app.base), cookie: browser.cookie, accept },
      body: new URLSearchParams({ _csrf: token, email, password: PASSWORD }).toString(),
    });
    isBroken = false;
    return {
      answer,
      email,
      cookie: browser.cookie,
      token,
      lines: app.logged.slice(before).map(line => JSON.parse(line) as Record<string, unknown>),
    };
  }

  it('is a page with a reference and without internals', async () => {
    const { answer } = await fail();
    expect(answer.status).to.equal(500);
    expect(plain(answer.text)).to.include(said('problem.oursTitle')).and.include(said('problem.ours'));
    const number = /<span class="code">([^<]+)<\/span>/.exec(answer.text)?.[1];
    expect(number).to.equal(answer.headers['x-request-id']);
    expect(number).to.have.length.of.at.least(12);
    expect(answer.text).not.to.match(/clock has stopped|\.ts|node_modules|at \w+ \(/);
    expect(answer.headers['cache-control']).to.equal('no-store');
  });

  it('offers no sign-in before it is known who asks', async () => {
    const { browser } = await ada();
    isBroken = true;
    const { text } = await new Client(app.base, browser.cookie).get('/verify/0000-0000-0000-0000');
    isBroken = false;
    expect(plain(text)).to.include(said('problem.oursTitle'));
    expect(text).to.not.include('href="/sign-in"');
    expect(text).to.not.include('data-reader');
    expect((await new Client(app.base).get('/nothing-here')).text).to.include('href="/sign-in"');
  });

  it('is logged once with reference and stack, without what was sent', async () => {
    const { answer, lines, email, cookie, token } = await fail();
    const errors = lines.filter(({ level }) => level === 'error');
    expect(errors).to.have.length(1);
    expect(errors[0]).to.include({ requestId: answer.headers['x-request-id'], msg: 'request failed' });
    expect(JSON.stringify(errors[0])).to.include('The clock has stopped').and.include('routes-sign-in');
    const all = JSON.stringify(lines);
    for (const secret of [email, PASSWORD, encodeURIComponent(PASSWORD), token, cookie, 'a-secret-place']) {
      expect(all).not.to.include(secret);
    }
  });

  it('has the same reference in the request’s log entry', async () => {
    const { answer, lines } = await fail();
    const request = lines.filter(({ msg }) => msg === 'request');
    expect(request).to.have.length(1);
    expect(request[0]).to.include({
      requestId: answer.headers['x-request-id'],
      method: 'POST',
      path: '/sign-in',
      status: 500,
    });
  });

  it('is JSON for clients that ask for it', async () => {
    const { answer } = await fail('application/json');
    expect(answer.status).to.equal(500);
    expect(JSON.parse(answer.text)).to.deep.equal({ error: 500, reference: answer.headers['x-request-id'] });
  });

  it('leaves the server running', async () => {
    await fail();
    expect((await raw('/sign-in', { base: app.base })).status).to.equal(200);
  });
});

describe('an error of the request', () => {
  ownWorld();
  it('has no reference and logs no error', async () => {
    const before = world().logged.length;
    for (const path of ['/nothing-here', '/courses/%E0%A4%A', '/certificates/nonsense']) {
      expect(plain((await raw(path)).text)).not.to.include(said('problem.reference'));
    }
    expect(world().logged.slice(before).join('')).not.to.include('"level":"error"');
  });

  it('logs the pattern of the route, not the address', async () => {
    const before = world().logged.length;
    await raw('/verify/7K3M-9QXD-2TFA-W5HN?name=Ada');
    await raw('/confirm?token=secret-token');
    await raw('/secret-path');
    const lines = world()
      .logged.slice(before)
      .map(line => JSON.parse(line) as { path?: string; status?: number });
    expect(lines.map(({ path }) => path)).to.deep.equal(['/verify/:code', '/confirm', 'none']);
    expect(JSON.stringify(lines)).not.to.match(/7K3M|Ada|secret/);
  });

  const accepts: [string, 'page' | 'json'][] = [
    ['text/html,application/xhtml+xml,*/*;q=0.8', 'page'],
    ['*/*', 'page'],
    ['application/json', 'json'],
    ['application/json, text/html;q=0.5', 'json'],
    ['text/html, application/json', 'page'],
    ['image/png', 'page'],
    ['nonsense', 'page'],
    ['', 'page'],
  ];
  for (const [accept, kind] of accepts) {
    it(`is a ${kind} for ${JSON.stringify(accept)}`, async () => {
      const answer = await raw('/nothing-here', { headers: { accept } });
      expect(answer.status).to.equal(404);
      if (kind === 'json') expect(JSON.parse(answer.text)).to.deep.equal({ error: 404, reference: null });
      else expect(plain(answer.text)).to.include(said('problem.missingTitle'));
    });
  }
});

describe('error pages', () => {
  const cases: [string, unknown, number, boolean][] = [
    ['not found', new NotFound(), 404, false],
    ['not allowed', new Forbidden(), 403, false],
    ['changed meanwhile', new Conflict('x'), 409, false],
    ['too many', new TooMany(61), 429, false],
    ['away', new Unavailable('x'), 503, true],
    [
      'the database is busy',
      new DatabaseError(Object.assign(new Error('x'), { code: 'SQLITE_BUSY', sql: '' })),
      503,
      true,
    ],
    [
      'the database waited too long for others',
      new DatabaseError(Object.assign(new Error('x'), { code: '57014', sql: '' })),
      503,
      true,
    ],
    [
      'the connection to the database broke in the middle of a statement',
      new DatabaseError(Object.assign(new Error('Connection terminated unexpectedly'), { sql: '' })),
      503,
      true,
    ],
    ['the disk is full', Object.assign(new Error('x'), { code: 'SQLITE_FULL' }), 503, true],
    ['the database refuses', new ConnectionRefusedError(new Error('x')), 503, true],
    ['a parser’s word', Object.assign(new Error('x'), { status: 400, body: 'password=secret' }), 400, false],
    ['a status of ours in somebody else’s error', Object.assign(new Error('x'), { status: 500 }), 500, true],
    ['a status that is none', Object.assign(new Error('x'), { status: 'abc' }), 500, true],
    ['a status far off', Object.assign(new Error('x'), { status: 999 }), 500, true],
    ['any error', new TypeError('x is not a function'), 500, true],
    ['a text that was thrown', 'secret text', 500, true],
  ];
  for (const [what, fault, status, isLogged] of cases) {
    it(`answer ${status} for ${what}`, async () => {
      const { answer, logged } = await answerTo(fault);
      expect(answer.status).to.equal(status);
      expect(logged.length).to.equal(isLogged ? 1 : 0);
      expect(logged.join('')).not.to.include('secret');
      expect(answer.body.status).to.equal(status);
      expect(answer.body.reference === null).to.equal(!isLogged);
      if (status === 503) expect(answer.retryAfter).to.equal('5');
      if (status === 429) {
        expect(answer.retryAfter).to.equal('61');
        expect(answer.body.wait).to.include({ ms: 61_000 });
      }
    });
  }

  it('log the database’s error code, not its message', async () => {
    const parent = Object.assign(new Error('secret text'), { code: '23502', sql: 'secret' });
    const { logged } = await answerTo(new DatabaseError(parent, { stack: 'Error\n    at rows.ts' }));
    expect(logged.join('')).to.include('"code":"23502"').and.include('at rows.ts').and.not.include('secret');
  });

  it('redirect a visitor to sign-in, and from there back', async () => {
    const { answer } = await answerTo(new SignInNeeded());
    expect(answer.location).to.equal('/sign-in?next=%2Fplace%3Fa%3D1');
    expect(requestId()).to.equal('');
  });

  /** What a small app with these error pages makes of a fault. */
  async function answerTo(fault: unknown) {
    const logged: string[] = [];
    const app = express();
    app.get('/place', () => {
      throw fault;
    });
    app.use(
      errorPages(
        createLogger('info', { write: line => void logged.push(line) }),
        (_req, res, _name, values, options) => {
          res.status(options?.status ?? 200).json(values);
        },
        { locale: 'en', timeZone: 'UTC' },
      ),
    );
    const server = app.listen(0, '127.0.0.1');
    await new Promise(done => server.once('listening', done));
    const { port } = server.address() as { port: number };
    const found = await raw('/place?a=1', { base: `http://127.0.0.1:${port}` });
    server.close();
    const body = (found.text.startsWith('{') ? JSON.parse(found.text) : {}) as Record<string, unknown>;
    const answer = {
      status: found.status,
      body,
      retryAfter: found.headers['retry-after'],
      location: found.headers.location,
    };
    return { answer, logged };
  }
});
