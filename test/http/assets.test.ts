import { expect } from 'chai';
import { world } from '../support/world.js';
import { raw } from './raw.js';

const addressOf = async (file: string): Promise<string> => {
  const found = new RegExp(`/assets/[0-9a-f]{10}/${file}`).exec((await raw('/')).text)?.[0];
  if (!found) throw new Error(`No page names ${file}`);
  return found;
};

describe('style sheet, script and pictures', () => {
  for (const [file, type] of [
    ['app.css', 'text/css; charset=utf-8'],
    ['app.js', 'text/javascript; charset=utf-8'],
    ['icon.svg', 'image/svg+xml; charset=utf-8'],
  ] as const) {
    it(`${file} may be kept for ever, and is nobody’s`, async () => {
      const answer = await raw(await addressOf(file));
      expect(answer.status).to.equal(200);
      expect(answer.headers).to.include({
        'content-type': type,
        'cache-control': 'public, max-age=31536000, immutable',
        vary: 'Accept-Encoding',
        'x-content-type-options': 'nosniff',
      });
      expect(answer.headers).not.to.have.any.keys('set-cookie', 'content-encoding');
    });
  }

  it('come packed to who can unpack them', async () => {
    const path = await addressOf('app.css');
    const plain = (await raw(path)).text;
    const bytes = async (encoding: string) => {
      const answer = await fetch(world().base + path, { headers: { 'accept-encoding': encoding } });
      return { named: answer.headers.get('content-encoding'), text: await answer.text() };
    };
    expect(await bytes('br')).to.deep.equal({ named: 'br', text: plain });
    expect(await bytes('gzip')).to.deep.equal({ named: 'gzip', text: plain });
    expect((await raw(path, { headers: { 'accept-encoding': 'identity' } })).text).to.equal(plain);
  });

  it('are not there under another address', async () => {
    const path = await addressOf('app.css');
    const others = [
      '/assets/app.css',
      path.replace(/[0-9a-f]{10}/, '0000000000'),
      `${path}/`,
      `${path}x`,
      '/assets/',
      '/assets',
    ];
    for (const other of others) expect((await raw(other)).status, other).to.equal(404);
  });
});
