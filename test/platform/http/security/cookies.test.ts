import { expect } from 'chai';
import { ada, person, PASSWORD } from '../../../support/people.js';
import { csrfOf } from '../../../people/accounts/browser.js';
import { cookiesOf, fromUs, raw } from '../raw.js';
import { ownWorld } from '../../../support/world.js';

const OURS = ['session', 'form', 'device'] as const;

const HOSTILE = [
  'j:{}',
  'j:{"a":1}',
  'j:[]',
  'j:[1]',
  'j:null',
  'j:1',
  'j:"text"',
  'j:{"__proto__":{"isAdministrator":true}}',
  'j:{"toString":1,"length":-1}',
  'j%3A%7B%7D',
  'j:',
  'j:{',
  's:j:{}',
  's:',
  's:.',
  's:a.b',
  's:%00.%00',
  '%',
  '%ff',
  '%00',
  '%0d%0aX-Injected:1',
  '"',
  '""',
  '=',
  '__proto__',
  'constructor',
  '[object Object]',
  'undefined',
  'null',
  '-1',
  '1e999',
  '../../etc/passwd',
  `'or'1'='1`,
  'x'.repeat(4000),
];

describe('a foreign cookie', () => {
  ownWorld();
  for (const name of OURS) {
    it(`in the place of "${name}" is ignored on every kind of page`, async () => {
      for (const value of HOSTILE) {
        const headers = { cookie: `${name}=${value}` };
        for (const [path, status] of [
          ['/', 200],
          ['/sign-in', 200],
          ['/account', 303],
          ['/learning', 303],
          ['/nothing-here', 404],
        ] as const) {
          const answer = await raw(path, { headers });
          expect(answer.status, `${path} with ${value.slice(0, 40)}`).to.equal(status);
          expect(answer.headers).not.to.have.property('x-injected');
        }
      }
    });

    it(`in the place of "${name}" breaks no form`, async () => {
      for (const value of HOSTILE) {
        const cookie = `${name}=${value}`;
        const answer = await raw('/sign-in', {
          method: 'POST',
          headers: { ...fromUs(), cookie },
          body: 'x=1',
        });
        expect(answer.status, value.slice(0, 40)).to.equal(403);
      }
    });
  }

  it('is removed from the browser', async () => {
    const answer = await raw('/', {
      headers: { cookie: 'session=j:{}; form=j:{}; device=j:{}; other=j:{}' },
    });
    const dropped = cookiesOf(answer).filter(line => /Expires=Thu, 01 Jan 1970/.test(line));
    expect(dropped.map(line => line.split('=')[0])).to.have.members([...OURS]);
  });

  it('prevents neither signing in nor an existing session', async () => {
    const { email } = await person();
    const hostile = 'session=j:{}; device=j:{}';
    const page = await raw('/sign-in', { headers: { cookie: hostile } });
    const form =
      cookiesOf(page)
        .find(line => line.startsWith('form='))
        ?.split(';')[0] ?? '';
    const answer = await raw('/sign-in', {
      method: 'POST',
      headers: { ...fromUs(), cookie: `${hostile}; ${form}` },
      body: new URLSearchParams({ _csrf: csrfOf(page), email, password: PASSWORD }).toString(),
    });
    expect(answer.status).to.equal(303);
    expect(answer.headers.location).to.equal('/learning');
    const { browser } = await ada();
    const account = await raw('/account', { headers: { cookie: `${browser.cookie}; other=j:{}` } });
    expect(account.status).to.equal(200);
  });
});
