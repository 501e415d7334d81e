import { expect } from 'chai';
import {
  formatDate,
  formatMonth,
  formatTime,
  pluralForms,
  translator,
} from '../../../server/platform/i18n/i18n.js';

describe('texts', () => {
  const t = translator('en');

  it('fill their blanks without escaping: the templates do that', () => {
    expect(t('mail.hello', { name: "O'Brien & Sons" })).to.include("O'Brien & Sons");
  });

  it('have a plural form', () => {
    const [one, four] = [1, 4].map(count => t('components.minutes', { count }));
    expect(one).to.match(/^1 /);
    expect(four).to.match(/^4 /);
    expect(one?.slice(1)).to.not.equal(four?.slice(1));
  });

  it('write numbers and lists as the language does', () => {
    expect(t('numbers.whole', { value: 1284 })).to.equal('1,284');
    expect(t('numbers.percent', { value: 0.934 })).to.equal('93%');
    expect(t('numbers.decimal', { value: 0.5 })).to.equal('0.50');
    expect(t('numbers.decimal', { value: -0.314 })).to.equal('−0.31');
    expect(t('numbers.decimal', { value: -0.001 })).to.equal('0.00');
    expect(t('numbers.countAndShare', { count: 1200, share: 0.5 })).to.equal('1,200 (50%)');
    expect(t('lists.and', { items: ['Ada', 'Ben', 'Cleo'] })).to.equal('Ada, Ben and Cleo');
    expect(t('lists.and', { items: ['Ada'] })).to.equal('Ada');
  });

  for (const [minutes, said] of [
    [0, '0 minutes'],
    [1, '1 minute'],
    [9, '9 minutes'],
    [13, '15 minutes'],
    [44, '45 minutes'],
    [58, '1 hour'],
    [61, '1 hour'],
    [89, '1 hour 30 minutes'],
    [118, '2 hours'],
    [268, '4 hours 30 minutes'],
  ] as const) {
    it(`round ${minutes} minutes to ${said}, as people say it`, () => {
      expect(t('progress.left', { time: minutes })).to.include(` ${said} `);
    });
  }

  it('give all their plural forms to a script that counts by itself', () => {
    expect(pluralForms('limits.left', t, 'en')).to.deep.equal({
      one: t('limits.left', { count: 1 }).replace('1', '#'),
      other: t('limits.left', { count: 2 }).replace('2', '#'),
    });
  });

  it('fall back to their key', () => {
    expect(t('no.such.text')).to.equal('no.such.text');
  });

  it('share one translator for each language', () => {
    expect(translator('en')).to.equal(t);
  });

  it('do not mix the blanks of two calls', () => {
    expect(t('certificate.valid', { date: 'A' }))
      .to.include('A.')
      .and.not.include('B.');
    expect(t('certificate.valid', { date: 'B' }))
      .to.include('B.')
      .and.not.include('A.');
  });
});

describe('dates', () => {
  const late = Date.UTC(2026, 10, 24, 23, 5);

  it('write the month in words, with a no-break space after the day', () => {
    expect(formatDate(late, { locale: 'en', timeZone: 'UTC' })).to.equal('24\u00a0November 2026');
  });

  it('depend on the place', () => {
    expect(formatDate(late, { locale: 'en', timeZone: 'Europe/Oslo' })).to.equal('25\u00a0November 2026');
    expect(formatTime(late, { locale: 'en', timeZone: 'Europe/Oslo' })).to.equal('00:05, Oslo time');
    expect(formatTime(late, { locale: 'en', timeZone: 'America/New_York' })).to.equal('18:05, New York time');
  });

  it('can be months alone', () => {
    const place = { locale: 'en', timeZone: 'UTC' };
    expect(formatMonth(late, place, 'long')).to.equal('November 2026');
    expect(formatMonth(late, place, 'short')).to.equal('Nov');
  });
});
