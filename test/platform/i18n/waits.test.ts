import { expect } from 'chai';
import { translator, type Translate } from '../../../server/platform/i18n/i18n.js';
import { waitUntil } from '../../../server/platform/i18n/waits.js';

const [SECOND, MINUTE, HOUR] = [1000, 60_000, 3_600_000];

/** Tuesday 24 November 2026, 14:30 in Oslo. */
const NOW = Date.UTC(2026, 10, 24, 13, 30);
const OSLO = { locale: 'en', timeZone: 'Europe/Oslo' };

/** Which text is chosen, and with what. */
const keyed: Translate = (key, blanks) => `${key} ${Object.values(blanks ?? {}).join(' ')}`.trim();
const chosen = (after: number, place = OSLO) => waitUntil(NOW + after, NOW, place, keyed).words;

describe('a wait', () => {
  for (const [after, words] of [
    [-MINUTE, 'wait.over'],
    [0, 'wait.over'],
    [SECOND, 'wait.minutes 1'],
    [MINUTE, 'wait.minutes 1'],
    [MINUTE + SECOND, 'wait.minutes 2'],
    [10 * MINUTE, 'wait.minutes 10'],
    [HOUR, 'wait.minutes 60'],
    [HOUR + MINUTE, 'wait.hours 1 15:31, Oslo time'],
    [3.4 * HOUR, 'wait.hours 3 17:54, Oslo time'],
    [9 * HOUR + 29 * MINUTE, 'wait.hours 9 23:59, Oslo time'],
    [9 * HOUR + 30 * MINUTE, 'wait.tomorrow 00:00, Oslo time'],
    [24 * HOUR, 'wait.tomorrow 14:30, Oslo time'],
    [34 * HOUR, 'wait.on 26\u00a0November 2026 00:30, Oslo time'],
    [168 * HOUR, 'wait.on 1\u00a0December 2026 14:30, Oslo time'],
  ] as const) {
    it(`of ${after / MINUTE} minutes is written as ${words}`, () => {
      expect(chosen(after)).to.equal(words);
    });
  }

  it('uses the days of the place, and counts minutes over midnight', () => {
    const auckland = { locale: 'en', timeZone: 'Pacific/Auckland' };
    expect(chosen(9 * HOUR + 30 * MINUTE, auckland)).to.equal('wait.hours 10 12:00, Auckland time');
    const late = Date.UTC(2026, 10, 24, 22, 55);
    expect(waitUntil(late + 10 * MINUTE, late, OSLO, keyed).words).to.equal('wait.minutes 10');
  });

  it('counts calendar days when a clock is put back', () => {
    const before = Date.UTC(2026, 9, 24, 20, 0);
    expect(waitUntil(before + 25 * HOUR, before, OSLO, keyed).words).to.equal(
      'wait.tomorrow 22:00, Oslo time',
    );
  });

  it('has its moment, the time left, and the words that a script needs', () => {
    const { datetime, ms, forms } = waitUntil(NOW + 90_000, NOW, OSLO, translator('en'));
    expect({ datetime, ms }).to.deep.equal({ datetime: '2026-11-24T13:31:30.000Z', ms: 90_000 });
    expect(forms.tag).to.equal('en-GB');
    expect(Object.keys(forms.minutes)).to.have.members(['one', 'other']);
    expect(forms.hours.other).to.include('#').and.include('@');
    expect(forms.on).to.include('#').and.include('@');
    expect(waitUntil(NOW - 1, NOW, OSLO, translator('en')).ms).to.equal(0);
  });
});
