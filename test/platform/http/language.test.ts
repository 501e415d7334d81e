import { expect } from 'chai';
import { raw } from './raw.js';
import { openSecondApp } from './second-app.js';
import { ownWorld } from '../../support/world.js';

/** What a page says of its language, and one of its words. */
async function told(path: string, accept?: string): Promise<string> {
  const { text } = await raw(path, { headers: accept ? { 'accept-language': accept } : {} });
  const [, lang, dir] = /<html lang="([^"]*)" dir="([^"]*)"/.exec(text) ?? [];
  return `${lang} ${dir} ${/<summary>.*?<\/svg>\s*([^<]*)<\/summary>/s.exec(text)?.[1]}`;
}

describe('the language of a page', () => {
  ownWorld();
  it('is the offered one that the browser prefers', async () => {
    expect(await told('/', undefined)).to.equal('en ltr Menu');
    expect(await told('/', 'en-GB,en;q=0.9')).to.equal('en ltr Menu');
    expect(await told('/', 'nb,ar;q=0.9')).to.equal('en ltr Menu');
    expect(await told('/', 'en-XA')).to.equal('en-XA ltr ⟦Méññû⟧');
    expect(await told('/', 'nb, en-XB;q=0.9, en;q=0.8')).to.equal('en-XB rtl ⟦\u202eMennu\u202c⟧');
    expect(await told('/nothing-here', 'en-XA')).to.equal('en-XA ltr ⟦Méññû⟧');
  });

  it('is the one in the address, on that page alone', async () => {
    expect(await told('/?locale=en-XA')).to.equal('en-XA ltr ⟦Méññû⟧');
    expect(await told('/?locale=en', 'en-XA')).to.equal('en ltr Menu');
    for (const strange of ['xx', '__proto__', '%00', 'en-XA&locale=en-XB']) {
      expect(await told(`/?locale=${strange}`), strange).to.equal('en ltr Menu');
    }
  });

  it('is declared to caches (Vary)', async () => {
    expect((await raw('/')).headers.vary).to.include('Accept-Language');
  });

  it('is never a pseudo-language outside development', async () => {
    const app = await openSecondApp(() => ({ designPage: false }));
    const { text } = await raw('/?locale=en-XA', { base: app.base, headers: { 'accept-language': 'en-XB' } });
    expect(text).to.include('<html lang="en" dir="ltr"');
    await app.close();
  });
});
