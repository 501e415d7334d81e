import { gunzipSync } from 'node:zlib';
import { request } from 'node:http';
import { expect } from 'chai';
import { ada, type Person } from '../../support/people.js';
import { ownWorld, world } from '../../support/world.js';

/** The bytes of a page, and how they are compressed. */
function bytesOf(path: string, headers: Record<string, string>) {
  return new Promise<{ encoding: string | undefined; vary: string | undefined; body: Buffer }>(
    (done, failed) => {
      const asked = request(world().base + path, { headers: { accept: 'text/html', ...headers } }, answer => {
        const chunks: Buffer[] = [];
        answer.on('data', (chunk: Buffer) => chunks.push(chunk));
        answer.on('end', () => {
          const { 'content-encoding': encoding, vary } = answer.headers;
          done({ encoding, vary, body: Buffer.concat(chunks) });
        });
      });
      asked.on('error', failed);
      asked.end();
    },
  );
}

const GZIP = { 'accept-encoding': 'gzip, deflate, br' };

describe('the compression of a page', () => {
  ownWorld();
  let learner: Person;
  before(async () => void (learner = await ada()));

  it('is used where the browser accepts it, with Vary', async () => {
    const plain = await bytesOf('/courses', {});
    const small = await bytesOf('/courses', GZIP);
    expect([plain.encoding, small.encoding]).to.deep.equal([undefined, 'gzip']);
    for (const { vary } of [plain, small]) expect(vary).to.match(/Accept-Encoding/);
    expect(small.body.length).to.be.lessThan(plain.body.length / 2);
    const nonce = /nonce="[^"]+"/;
    expect(gunzipSync(small.body).toString().replace(nonce, '')).to.equal(
      plain.body.toString().replace(nonce, ''),
    );
    expect(await bytesOf('/courses', { 'accept-encoding': 'gzip;q=0' })).to.include({ encoding: undefined });
  });

  const asked: [string, Record<string, string>, boolean][] = [
    ['by a link of ours', { 'sec-fetch-site': 'same-origin' }, true],
    ['by the person, in the address bar', { 'sec-fetch-site': 'none' }, true],
    ['by another site', { 'sec-fetch-site': 'cross-site' }, false],
    ['by another host of the same site', { 'sec-fetch-site': 'same-site' }, false],
    ['without a source', {}, false],
    ['without a source, with a Referer of another site', { referer: 'https://evil.example/' }, false],
    ['without a source, with a meaningless Referer', { referer: 'nonsense' }, false],
  ];
  for (const [what, headers, isPacked] of asked) {
    it(`is ${isPacked ? '' : 'not '}used for a person’s page that is asked for ${what}`, async () => {
      const answer = await bytesOf('/account', { ...GZIP, cookie: learner.browser.cookie, ...headers });
      expect(answer.encoding).to.equal(isPacked ? 'gzip' : undefined);
    });
  }

  it('is used for a person’s page in an older browser that comes from a page of ours', async () => {
    const headers = { ...GZIP, cookie: learner.browser.cookie, referer: `${world().base}/learning` };
    expect((await bytesOf('/account', headers)).encoding).to.equal('gzip');
  });

  it('is used for pages about nobody, whoever asks', async () => {
    expect((await bytesOf('/verify?code=12', { ...GZIP, 'sec-fetch-site': 'cross-site' })).encoding).to.equal(
      'gzip',
    );
  });
});
