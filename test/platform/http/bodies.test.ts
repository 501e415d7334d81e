import { expect } from 'chai';
import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import { csrfOf } from '../../people/accounts/browser.js';
import { ada } from '../../support/people.js';
import { ownWorld, world } from '../../support/world.js';
import { FORM, fromUs, raw, type RawAnswer, type RawRequest } from './raw.js';
import { said } from '../../support/said.js';
import { plain } from '../../support/pages.js';

const SECRET = 'hunter2-is-in-this-body';

/** Send a body, and see that neither the answer nor the log shows anything of it or of the program. */
async function send(path: string, request: RawRequest): Promise<RawAnswer> {
  const before = world().logged.length;
  const answer = await raw(path, {
    method: 'POST',
    ...request,
    headers: { ...fromUs(), ...request.headers },
  });
  const written = world().logged.slice(before).join('');
  for (const text of [answer.text, written]) {
    expect(text).not.to.include(SECRET);
    expect(text).not.to.match(/node_modules|\.ts:\d|\.js:\d|at \w+ \(/);
  }
  expect(written).not.to.include('"level":"error"');
  return answer;
}

describe('a request body', () => {
  ownWorld();
  it('that is too large is refused with 413', async () => {
    const answer = await send('/sign-in', { body: `password=${SECRET}&x=${'a'.repeat(70_000)}` });
    expect(answer.status).to.equal(413);
    expect(plain(answer.text)).to.include(said('problem.largeTitle'));
  });

  it('that is huge is refused before it has all arrived', async () => {
    const answer = await send('/sign-in', { body: Buffer.alloc(20_000_000, 'a=b&') });
    expect(answer.status).to.equal(413);
  });

  it('that unpacks to something huge is refused', async () => {
    const body = gzipSync(Buffer.from(`password=${SECRET}&x=${'a'.repeat(5_000_000)}`));
    expect((await send('/sign-in', { body, headers: { 'content-encoding': 'gzip' } })).status).to.equal(413);
  });

  it('with too many fields is refused', async () => {
    const body = `password=${SECRET}&${Array.from({ length: 1000 }, (_, index) => `f${index}=1`).join('&')}`;
    expect((await send('/sign-in', { body })).status).to.equal(413);
  });

  it('just below the limits is read', async () => {
    const { browser } = await ada();
    const token = csrfOf(await browser.get('/account'));
    const body = `_csrf=${token}&name=Changed+Name&x=${'a'.repeat(60_000)}`;
    expect((await send('/account/name', { body, headers: { cookie: browser.cookie } })).status).to.equal(303);
  });

  it('in an unknown character set is refused', async () => {
    for (const charset of ['klingon', 'utf-7', '"; drop']) {
      const headers = { 'content-type': `${FORM}; charset=${charset}` };
      expect((await send('/sign-in', { body: `password=${SECRET}`, headers })).status, charset).to.be.oneOf([
        400, 403, 415,
      ]);
    }
  });

  it('that claims to be compressed and is not is refused', async () => {
    for (const encoding of ['gzip', 'deflate', 'br', 'nonsense']) {
      const answer = await send('/sign-in', {
        body: `password=${SECRET}`,
        headers: { 'content-encoding': encoding },
      });
      expect(answer.status, encoding).to.be.oneOf([400, 415]);
    }
  });

  it('that is JSON is not read: 403', async () => {
    for (const body of [
      `{"password":"${SECRET}"`,
      `{"password":"${SECRET}"}`,
      '[]',
      '{"__proto__":{"isAdministrator":true}}',
    ]) {
      expect(
        (await send('/sign-in', { body, headers: { 'content-type': 'application/json' } })).status,
      ).to.equal(403);
    }
  });

  it('of another content type is not read: 403', async () => {
    for (const type of ['multipart/form-data; boundary=x', 'text/plain', '', 'application/xml', 'nonsense']) {
      expect(
        (await send('/sign-in', { body: `password=${SECRET}`, headers: { 'content-type': type } })).status,
        type,
      ).to.equal(403);
    }
  });

  it('with malformed percent signs is read literally or refused', async () => {
    const { browser } = await ada();
    const token = csrfOf(await browser.get('/account'));
    for (const value of ['%', '%zz', '%E0%A4%A', '%ff%fe', '+%+']) {
      const answer = await send('/account/name', {
        body: `_csrf=${token}&name=${value}`,
        headers: { cookie: browser.cookie },
      });
      expect(answer.status, value).to.be.oneOf([303, 400, 422]);
    }
  });

  it('that breaks off does not harm the server', async () => {
    const { port } = new URL(world().base);
    await new Promise<void>(done => {
      const socket = connect(Number(port), '127.0.0.1', () => {
        socket.write(
          `POST /sign-in HTTP/1.1\r\nHost: x\r\nOrigin: ${world().base}\r\nContent-Type: ${FORM}\r\nContent-Length: 500\r\n\r\npassword=${SECRET}`,
        );
        setImmediate(() => socket.destroy());
      });
      socket.on('close', () => done());
    });
    expect((await raw('/sign-in')).status).to.equal(200);
    expect(world().logged.join('')).not.to.include(SECRET);
  });
});

describe('an address', () => {
  ownWorld();
  const broken = [
    '/%',
    '/courses/%',
    '/courses/%E0%A4%A',
    '/learning/%ff',
    '/verify/%c0%af',
    '/certificates/%zz.pdf',
    '/assets/%',
  ];
  for (const path of broken) {
    it(`${path} that cannot be decoded is answered with a page`, async () => {
      const before = world().logged.length;
      const answer = await raw(path);
      expect(answer.status).to.be.oneOf([400, 404]);
      expect(answer.text)
        .to.include('<main')
        .and.not.match(/node_modules|URIError|decodeURIComponent/);
      expect(world().logged.slice(before).join('')).not.to.include('"level":"error"');
    });
  }

  for (const path of [
    '/../../etc/passwd',
    '/assets/../package.json',
    '/assets/%2e%2e/%2e%2e/package.json',
    '/assets/..%5c..%5cpackage.json',
    '/.env',
    '/data/safe-passage.sqlite',
    '/server/config.ts',
    '//evil.example/',
    '/\\evil.example',
  ]) {
    it(`${path} that leaves the site’s tree is not found`, async () => {
      const answer = await raw(path);
      expect(answer.status).to.be.oneOf([400, 404]);
      expect(answer.text).not.to.include('"dependencies"');
    });
  }

  it('that is very long is refused', async () => {
    expect((await raw(`/courses/${'a'.repeat(8000)}`)).status).to.equal(404);
    expect((await raw(`/?q=${'a'.repeat(30_000)}`)).status).to.equal(431);
  });
});
