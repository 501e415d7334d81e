import { expect } from 'chai';
import { formatDate } from '../../../server/platform/i18n/i18n.js';
import {
  directionOf,
  hereIn,
  inLocale,
  languageFor,
  offeredLocales,
  spoken,
  spokenLocale,
} from '../../../server/platform/i18n/spoken.js';
import { said } from '../../support/said.js';

const MENU = said('frame.menu');

describe('the language of a request', () => {
  it('is English outside a request', () => {
    expect(spokenLocale()).to.equal('en');
    expect(spoken('frame.menu')).to.equal(MENU);
  });

  it('applies to texts and dates until the request is answered', async () => {
    const place = hereIn('UTC');
    await inLocale('en-XA', async () => {
      await Promise.resolve();
      expect(spoken('frame.menu')).to.equal('⟦Méññû⟧');
      expect(formatDate(0, place)).to.match(/^⟦/);
    });
    expect(spoken('frame.menu')).to.equal(MENU);
    expect(formatDate(0, place)).to.equal('1\u00a0January 1970');
  });

  it('is separate for two requests at the same time', async () => {
    const say = (locale: string) =>
      inLocale(locale, () => Promise.resolve().then(() => spoken('frame.menu')));
    expect(await Promise.all(['en', 'en-XB', 'en'].map(say))).to.deep.equal([
      MENU,
      '⟦\u202eMennu\u202c⟧',
      MENU,
    ]);
  });

  it('has a direction', () => {
    expect(['en', 'en-XA', 'en-XB', 'none'].map(directionOf)).to.deep.equal(['ltr', 'ltr', 'rtl', 'ltr']);
  });

  it('is the offered one that fits a wanted tag, or the beginning of it, first', () => {
    const offered = ['en', 'es', 'pt-BR'];
    const found = (...wanted: string[]) => languageFor(wanted, offered);
    expect(found('es-MX')).to.equal('es');
    expect(found('ES')).to.equal('es');
    expect(found('pt-BR', 'en')).to.equal('pt-BR');
    expect(found('pt-PT', 'en-GB'), 'nobody is offered the Portuguese of another country').to.equal('en');
    expect(found('nb-NO', 'de')).to.equal(null);
    expect(found('', '*', '-', '__proto__')).to.equal(null);
    expect(found()).to.equal(null);
  });

  it('may be a pseudo-language only in development', () => {
    expect(offeredLocales(false)).to.deep.equal(['en']);
    expect(offeredLocales(true)).to.deep.equal(['en', 'en-XA', 'en-XB']);
  });
});
