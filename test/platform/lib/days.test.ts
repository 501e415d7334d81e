import { expect } from 'chai';
import { dayFrom, dayOf, daysAfter, daysLeft, endOfDay } from '../../../server/platform/lib/days.js';

describe('days', () => {
  it('depend on the time zone', () => {
    const late = Date.parse('2026-11-24T23:30:00Z');
    expect(dayOf(late, 'UTC')).to.equal('2026-11-24');
    expect(dayOf(late, 'Europe/Oslo')).to.equal('2026-11-25');
  });

  it('end with their last millisecond, also when the clocks change', () => {
    expect(endOfDay('2026-11-24', 'UTC')).to.equal(Date.parse('2026-11-24T23:59:59.999Z'));
    expect(endOfDay('2026-03-29', 'Europe/Oslo')).to.equal(Date.parse('2026-03-29T21:59:59.999Z'));
  });

  it('that do not exist have no end', () => {
    for (const text of ['', '2026-02-30', '24.11.2026', '2026-1-1', 'tomorrow']) {
      expect(endOfDay(text, 'UTC'), text).to.equal(null);
    }
  });

  it('are counted across the end of a month, and left until they are over', () => {
    expect(daysAfter('2026-11-24', 180)).to.equal('2027-05-23');
    const left = (moment: string) => daysLeft('2027-05-23', Date.parse(moment));
    expect(left('2027-05-22T00:00:00Z')).to.equal(1);
    expect(left('2027-05-23T00:00:00Z')).to.equal(0);
    expect(left('2027-05-23T23:59:59Z')).to.equal(0);
    expect(left('2027-05-24T00:00:00Z')).to.equal(-1);
  });

  it('are read from three boxes, with or without leading zeros and blanks', () => {
    expect(dayFrom({ day: '4', month: '3', year: '2026' })).to.equal('2026-03-04');
    expect(dayFrom({ day: ' 04 ', month: '03', year: '2026' })).to.equal('2026-03-04');
    expect(dayFrom({ day: '', month: ' ', year: '' })).to.equal('');
  });

  it('that do not exist are null', () => {
    for (const [day, month, year] of [
      ['30', '2', '2026'],
      ['1', '13', '2026'],
      ['1', '1', '26'],
      ['', '1', '2026'],
      ['1', 'May', '2026'],
      ['1', '1', '2026-01'],
    ] as const) {
      expect(dayFrom({ day, month, year }), `${day} ${month} ${year}`).to.equal(null);
    }
  });
});
