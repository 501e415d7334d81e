import { expect } from 'chai';
import fc from 'fast-check';
import { formatDate, pluralForms, translator } from '../../../server/platform/i18n/i18n.js';
import { isPseudo, pseudoText, pseudoTexts } from '../../../server/platform/i18n/pseudo.js';
import { en } from '../../../server/platform/i18n/texts.js';

const LOCALES = ['en-XA', 'en-XB'] as const;

describe('pseudo-languages', () => {
  it('have accents, run from the right, stand in brackets and are longer', () => {
    expect(pseudoText('en-XA', 'Hello {name}')).to.equal('⟦Hélllöö {name}⟧');
    expect(pseudoText('en-XB', 'Hello {name}')).to.equal('⟦\u202eHellloo\u202c {name}⟧');
  });

  it('are made for every text, and are each a different one', () => {
    const leaves = (texts: object): string[] =>
      Object.values(texts).flatMap((text: string | object) =>
        typeof text === 'string' ? [text] : leaves(text),
      );
    for (const locale of LOCALES) {
      const made = leaves(pseudoTexts(locale, en));
      expect(made).to.have.length(leaves(en).length);
      expect(made.filter(text => !text.startsWith('⟦') || !text.endsWith('⟧'))).to.deep.equal([]);
    }
  });

  it('keep every blank as it is, and grow by two fifths', () => {
    const piece = fc.oneof(
      fc.constantFrom('{name}', '{count, whole}', '{items, list}'),
      fc.stringMatching(/^[A-Za-z ’.,]{1,30}$/),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), fc.constantFrom(...LOCALES), (pieces, locale) => {
        const text = pieces.join('');
        const made = pseudoText(locale, text);
        const blanks = (each: string) => each.match(/\{[^}]*\}/g) ?? [];
        expect(blanks(made)).to.deep.equal(blanks(text));
        const letters = (each: string) => each.replace(/\{[^}]*\}/g, '').replace(/\P{L}/gu, '').length;
        expect(letters(made)).to.be.within(
          Math.floor(letters(text) * 1.4) - pieces.length,
          Math.ceil(letters(text) * 1.4),
        );
      }),
    );
  });

  it('work like other languages, with blanks, plural forms and dates', () => {
    const t = translator('en-XA');
    expect(t('components.minutes', { count: 1 })).to.equal('⟦1 mîññûtté⟧');
    expect(t('components.minutes', { count: 2 })).to.equal('⟦2 mîññûttéš⟧');
    expect(formatDate(0, { locale: 'en-XA', timeZone: 'UTC' })).to.match(/^⟦1\s.* 1970⟧$/);
    expect(pluralForms('components.minutes', t, 'en-XA')).to.have.all.keys('one', 'other');
    expect(t('no.such.text')).to.equal('no.such.text');
  });

  it('are exactly these', () => {
    for (const locale of ['en', 'ar', 'toString', '__proto__', ''])
      expect(isPseudo(locale), locale).to.equal(false);
  });
});
