import { expect } from 'chai';
import type { Request } from 'express';
import { randomBytes } from 'node:crypto';
import { cookieName } from '../../../../server/platform/http/security/cookies.js';
import { entryOf, sessionCookies } from '../../../../server/platform/http/security/session-cookie.js';
import type { SessionStore } from '../../../../server/platform/http/security/sessions.js';
import { ownWorld, world } from '../../../support/world.js';

/** Where the next person begins after a session in which this address is stored. */
async function entryStored(entry: string | null): Promise<string | null> {
  const { config } = world();
  const store = {
    begin: () => Promise.resolve('abc'),
    find: () => Promise.resolve({ userId: 'somebody', entry, scope: null }),
  } as unknown as SessionStore;
  const cookies = sessionCookies(config, store, { links: randomBytes(32), limits: randomBytes(32) });
  let cookie = '';
  const res = { cookie: (_name: string, value: string) => void (cookie = value) };
  const arriving = { res, cookies: {}, headers: {} } as unknown as Request;
  const begun = { awaitsFactor: false, isProven: true };
  await cookies.begin(arriving, 'somebody', { entry, scope: null }, begun);
  const req = { cookies: { [cookieName(config, 'session')]: cookie } } as unknown as Request;
  expect(await cookies.personOf(req)).to.equal('somebody');
  return entryOf(req);
}

describe('where the next person begins on a device that others use', () => {
  ownWorld();

  it('is the page of ours that the session holds', async () => {
    for (const entry of [null, '/staff', '/courses/airline-and-transport/link', '/courses/volunteers'])
      expect(await entryStored(entry)).to.equal(entry);
  });

  it('is the sign-in where the stored address is no page of ours', async () => {
    for (const entry of [
      'https://example.org',
      '//example.org',
      '/\\example.org',
      'javascript:alert(1)',
      '/staff; url=//example.org',
      '/staff?next=//example.org',
      '/staff\r\nSet-Cookie: a=b',
      '/../x',
      '',
    ])
      expect(await entryStored(entry), entry).to.equal('/sign-in');
  });
});
