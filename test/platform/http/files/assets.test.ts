import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { PNG } from 'pngjs';
import { projectRoot } from '../../../../server/config.js';
import { said } from '../../../support/said.js';
import { ownWorld, world } from '../../../support/world.js';
import { raw } from '../raw.js';

const addressOf = async (file: string): Promise<string> => {
  const found = new RegExp(`/assets/[0-9a-f]{10}/${file}`).exec((await raw('/')).text)?.[0];
  if (!found) throw new Error(`No page names ${file}`);
  return found;
};

describe('assets', () => {
  ownWorld();
  for (const [file, type] of [
    ['app.css', 'text/css; charset=utf-8'],
    ['app.js', 'text/javascript; charset=utf-8'],
    ['icon.svg', 'image/svg+xml; charset=utf-8'],
  ] as const) {
    it(`${file} may be cached for ever and by anybody`, async () => {
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

  it('are compressed for browsers that accept it', async () => {
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

  it('answer 304 when they are unchanged, for each encoding', async () => {
    for (const path of [await addressOf('app.css'), '/worker.js', '/app.webmanifest']) {
      const tagOf = async (encoding: string) => {
        const { headers } = await raw(path, { headers: { 'accept-encoding': encoding } });
        return String(headers.etag);
      };
      const tags = await Promise.all(['br', 'gzip', 'identity'].map(tagOf));
      expect(new Set(tags).size, path).to.equal(3);
      for (const tag of tags) expect(tag).to.match(/^"[\w-]{16}(-br|-gzip)?"$/);
      const again = (tag: string) =>
        raw(path, { headers: { 'accept-encoding': 'br', 'if-none-match': tag } });
      expect(await again(tags[0] ?? '')).to.include({ status: 304, text: '' });
      expect((await again(tags[1] ?? '')).status).to.equal(200);
    }
  });

  it('return 404 at any other address', async () => {
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

describe('the installed app', () => {
  ownWorld();
  it('has a neutral name and icons that exist', async () => {
    for (const address of ['/app.webmanifest', '/plain.webmanifest']) await expectManifest(address);
    const answer = await raw('/app.webmanifest');
    const manifest = JSON.parse(answer.text) as { name: string; short_name: string };
    const title = said('frame.title');
    expect([manifest.name, manifest.short_name]).to.deep.equal([title, title]);
    expect((await raw('/')).text).to.include(` – ${title}</title>`);
  });

  it('has a service worker for the whole site, which is never cached', async () => {
    const answer = await raw('/worker.js');
    expect(answer.headers).to.include({
      'content-type': 'text/javascript; charset=utf-8',
      'cache-control': 'no-cache',
    });
    const named = JSON.parse(/^const SHELL = (.*);$/m.exec(answer.text)?.[1] ?? '') as { assets: string[] };
    for (const path of named.assets) expect((await raw(path)).status, path).to.equal(200);
    expect(JSON.parse((await raw('/offline/assets')).text)).to.deep.equal(named.assets);
    // What any lesson asks for: a drawing to choose from shows all of its stories at once without its styles.
    for (const [, name] of readdirSync(EXHIBITS).flatMap(file => stylesIn(join(EXHIBITS, file))))
      expect(named.assets.join()).to.include(name);
    // Of 60 KB for a first view, this is what comes after it.
    expect(named.assets.join())
      .to.match(/app\.css/)
      .and.not.match(/\.png|\.txt|worker\.js|answers\.js/);
  });
});

const EXHIBITS = join(projectRoot, 'views/teaching/exhibits');
const stylesIn = (file: string) => [...readFileSync(file, 'utf8').matchAll(/asset\('([\w-]+)\.css'\)/g)];

async function expectManifest(address: string): Promise<void> {
  const answer = await raw(address);
  expect(answer.headers['content-type']).to.equal('application/manifest+json; charset=utf-8');
  const { icons } = JSON.parse(answer.text) as { icons: Icon[] };
  expect(icons.map(({ purpose }) => purpose)).to.include.members(['any', 'maskable']);
  for (const { src, sizes } of icons) {
    const bytes = Buffer.from(await (await fetch(world().base + src)).arrayBuffer());
    const { width, height } = PNG.sync.read(bytes);
    expect(`${width}x${height}`).to.equal(sizes);
  }
}

interface Icon {
  readonly src: string;
  readonly sizes: string;
  readonly purpose: string;
}
