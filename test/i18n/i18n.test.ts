import { expect } from 'chai';
import { formatDate, formatTime, translator } from '../../server/i18n/i18n.js';

describe('texts', () => {
  const t = translator('en');

  it('fill their blanks without escaping: the templates do that', () => {
    expect(t('mail.hello', { name: "O'Brien & Sons" })).to.equal("Hello O'Brien & Sons,");
  });

  it('have a plural form', () => {
    expect(t('components.minutes', { count: 1 })).to.equal('1 minute');
    expect(t('components.minutes', { count: 4 })).to.equal('4 minutes');
  });

  it('come back as their key when there are none', () => {
    expect(t('no.such.text')).to.equal('no.such.text');
  });

  it('are looked up by one translator a language', () => {
    expect(translator('en')).to.equal(t);
  });

  it('do not mix two sets of blanks', () => {
    expect(t('certificate.valid', { date: 'A' })).to.equal('Valid until A.');
    expect(t('certificate.valid', { date: 'B' })).to.equal('Valid until B.');
  });
});

describe('dates', () => {
  const late = Date.UTC(2026, 10, 24, 23, 5);

  it('have the month in words', () => {
    expect(formatDate(late, { locale: 'en', timeZone: 'UTC' })).to.equal('24 November 2026');
  });

  it('are those of the place', () => {
    expect(formatDate(late, { locale: 'en', timeZone: 'Europe/Oslo' })).to.equal('25 November 2026');
    expect(formatTime(late, { locale: 'en', timeZone: 'Europe/Oslo' })).to.equal('00:05, Oslo time');
    expect(formatTime(late, { locale: 'en', timeZone: 'America/New_York' })).to.equal('18:05, New York time');
  });
});
