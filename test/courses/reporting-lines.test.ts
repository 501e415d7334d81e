import { expect } from 'chai';
import type { HotlineLine, Hotlines } from '../../server/courses/content/types.js';
import { asLine, countryOf, freshLines, linesOf } from '../../server/courses/reporting-lines.js';

const now = Date.parse('2026-11-24');
const reading = { now, inWords: (day: string) => `on ${day}` };

const line = (
  id: string,
  label: HotlineLine['label'],
  checkedOn: string | null = '2026-11-01',
): HotlineLine => ({
  id,
  label,
  checkedOn,
  name: id,
  phone: '1',
  url: null,
  hours: null,
  languages: null,
  answeredBy: 'Staff',
  note: 'A line.',
  source: 'A page',
});

const emergency = { numbers: [], note: 'Call.' };
const others = [line('int-hotline', 'hotline'), line('int-child', 'child-helpline')];
const directory = (lines: HotlineLine[]): Hotlines => ({
  notice: 'Confirm.',
  countries: [
    { code: 'INT', name: 'Elsewhere', emergency, lines: others },
    { code: 'GB', name: 'Here', emergency, lines },
  ],
});

const idsIn = (lines: HotlineLine[]) => {
  const hotlines = directory(lines);
  const country = countryOf(hotlines, 'GB');
  return country ? linesOf(hotlines, country, now).map(({ id }) => id) : null;
};

describe('the lines of a country', () => {
  it('are its own, and those of other countries for a kind that it lacks', () => {
    expect(idsIn([line('a', 'hotline'), line('b', 'child-helpline')])).to.deep.equal(['a', 'b']);
    expect(idsIn([line('a', 'hotline')])).to.deep.equal(['a', 'int-child']);
    expect(idsIn([line('m', 'online-material')])).to.deep.equal(['m', 'int-hotline', 'int-child']);
    expect(countryOf(directory([]), 'FR')).to.equal(null);
  });

  it('leave out one that nobody has checked for half a year, as if it were not there', () => {
    expect(idsIn([line('a', 'hotline', '2026-05-01'), line('b', 'child-helpline')])).to.deep.equal([
      'b',
      'int-hotline',
    ]);
  });

  it('say when they were checked, and ask to be confirmed after 90 days or when nobody has', () => {
    const shown = freshLines(
      [line('new', 'hotline'), line('old', 'hotline', '2026-08-01'), line('never', 'hotline', null)],
      reading,
    );
    expect(shown.map(({ id, checkedOn, stale }) => [id, checkedOn, stale])).to.deep.equal([
      ['new', 'on 2026-11-01', false],
      ['old', 'on 2026-08-01', true],
      ['never', null, true],
    ]);
  });

  it('have the shape of the organisation’s own line, so that one page shows both', () => {
    const own = { name: 'Duty manager', phone: '+47 1', hours: null, checkedOn: '2026-11-20' };
    expect(asLine(own, 'Ours.')).to.deep.include({ label: 'own', name: 'Duty manager', note: 'Ours.' });
  });
});
