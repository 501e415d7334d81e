import { expect } from 'chai';
import { GROUPS } from '../../../../server/workshop/design/examples.js';
import { raw } from '../../../platform/http/raw.js';
import { openSecondApp } from '../../../platform/http/second-app.js';
import { ownWorld, world } from '../../../support/world.js';

const PATHS = ['/design', '/design/style.css', ...Object.keys(GROUPS).map(name => `/design/${name}`)];

describe('GET /design', () => {
  ownWorld();
  it('shows the parts of pages to anybody, but not to search engines', async () => {
    for (const path of PATHS.filter(each => !each.endsWith('.css'))) {
      const { status, text } = await world().visitor().get(path);
      expect(status, path).to.equal(200);
      expect(text, path).to.include('<meta name="robots" content="noindex">');
    }
  });

  it('returns 404 in production', async () => {
    const app = await openSecondApp(() => ({ designPage: false }));
    for (const path of PATHS) expect((await raw(path, { base: app.base })).status, path).to.equal(404);
    await app.close();
  });

  it('is linked from nowhere else', async () => {
    for (const path of ['/', '/courses', '/sign-in', '/accessibility']) {
      expect((await raw(path)).text, path).to.not.include('/design');
    }
  });

  it('takes only the direction and the scheme from the address', async () => {
    expect((await raw('/design?dir=rtl')).text).to.include('<html lang="en" dir="rtl"');
    for (const strange of ['?dir=up', '?dir=rtl&dir=ltr', '?dir=%00', '?scheme=<b>&dir=']) {
      const { status, text } = await raw(`/design/fields${strange}`);
      expect(status, strange).to.equal(200);
      expect(text, strange).to.include('<html lang="en" dir="ltr"').and.not.include('<b>');
    }
    const plain = (await raw('/design/style.css')).text;
    expect(plain).to.not.include('color-scheme');
    expect((await raw('/design/style.css?scheme=purple')).text).to.equal(plain);
    expect((await raw('/design/style.css?scheme=dark')).text).to.include('color-scheme: dark;');
  });

  it('writes the kind of a bar before its value, where the bar is too short to show it', async () => {
    const { text } = await raw('/design/organisation');
    const named = [...text.matchAll(/<tspan font-size="13">([^<]*)<\/tspan> ([^<]*)<\/text>/g)];
    const values = ['0%', 'hidden'];
    expect(named.map(([, , value]) => value)).to.deep.equal(values);
    expect(new Set(named.map(([, name]) => name)).size).to.equal(2);
  });

  it('returns 404 for an unknown group', async () => {
    for (const name of ['nothing', 'constructor', '__proto__', '%00'])
      expect((await raw(`/design/${name}`)).status, name).to.equal(404);
  });
});
