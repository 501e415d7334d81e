import { expect } from 'chai';
import type { Hotline, HotlineDirectory } from '../../../server/teaching/content/schema/types.js';
import {
  asHotline,
  countryOf,
  dueHotlines,
  freshHotlines,
  goodUntil,
  hotlinesFor,
  markHotlines,
  withChecks,
} from '../../../server/teaching/help/hotlines.js';

const now = Date.parse('2026-11-24');
const reading = { now, inWords: (day: string) => `on ${day}` };

const line = (id: string, label: Hotline['label'], checkedOn: string | null = '2026-11-01'): Hotline => ({
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
const others = [
  line('int-hotline', 'hotline'),
  line('int-child', 'child-helpline'),
  line('int-material', 'online-material'),
];
const directory = (lines: Hotline[]): HotlineDirectory => ({
  notice: 'Confirm.',
  countries: [
    { code: 'INT', name: 'Elsewhere', emergency, lines: others },
    { code: 'GB', name: 'Here', emergency, lines },
  ],
});

const idsIn = (lines: Hotline[]) => {
  const hotlines = directory(lines);
  const country = countryOf(hotlines, 'GB');
  return country ? hotlinesFor(hotlines, country, now).map(({ id }) => id) : null;
};

describe('the hotlines of a country', () => {
  it('are its own, and for kinds that it lacks those of other countries', () => {
    const [a, b, m] = [line('a', 'hotline'), line('b', 'child-helpline'), line('m', 'online-material')];
    expect(idsIn([a, b, m])).to.deep.equal(['a', 'b', 'm']);
    expect(idsIn([a])).to.deep.equal(['a', 'int-child', 'int-material']);
    expect(idsIn([m])).to.deep.equal(['m', 'int-hotline', 'int-child']);
    expect(countryOf(directory([]), 'FR')).to.equal(null);
  });

  it('leave out an expired one when another of its kind is good', () => {
    const lines = [line('old', 'hotline', '2026-05-01'), line('a', 'hotline'), line('b', 'child-helpline')];
    expect(idsIn(lines)).to.deep.equal(['a', 'b', 'int-material']);
  });

  it('keep an expired one when there is no better, marked, beside that of other countries', () => {
    const lines = [line('old', 'hotline', '2026-05-01'), line('b', 'child-helpline')];
    expect(idsIn(lines)).to.deep.equal(['old', 'b', 'int-hotline', 'int-material']);
    expect(markHotlines(lines, reading).map(({ expired }) => expired)).to.deep.equal([true, false]);
  });

  it('count as checked until the end of the 180th day', () => {
    const checked = line('a', 'hotline', '2026-11-24');
    expect(goodUntil(checked)).to.equal('2027-05-23');
    const at = (moment: string) =>
      markHotlines([checked], { ...reading, now: Date.parse(moment) })[0]?.expired;
    expect(at('2027-05-23T23:59:59Z')).to.equal(false);
    expect(at('2027-05-24T00:00:00Z')).to.equal(true);
    expect(goodUntil(line('never', 'hotline', null))).to.equal(null);
  });

  it('count only until the day that the content names, and are due from 60 days before it', () => {
    const early = { ...line('early', 'hotline'), expires: '2026-11-23' };
    const last = { ...early, expires: '2026-11-24' };
    expect(idsIn([early, line('a', 'hotline')])).to.not.include('early');
    expect(idsIn([last, line('a', 'hotline')])).to.include('early');
    expect(markHotlines([early, last], reading).map(({ expired }) => expired)).to.deep.equal([true, false]);
    const due = (expires: string) =>
      dueHotlines(directory([{ ...early, expires }]), now).flatMap(({ id, daysLeft }) =>
        id === 'early' ? [daysLeft] : [],
      );
    expect(due('2027-01-23')).to.deep.equal([60]);
    expect(due('2027-01-24')).to.deep.equal([]);
  });

  it('do not expire without a number or address', () => {
    const advice = { ...line('advice', 'hotline', '2020-01-01'), phone: null };
    expect(idsIn([advice, line('b', 'child-helpline')])).to.deep.equal(['advice', 'b', 'int-material']);
    expect(dueHotlines(directory([advice]), now).map(({ id }) => id)).not.to.include('advice');
  });

  it('are due from 60 days before they expire, and stay due, the earliest first', () => {
    const hotlines = directory([line('a', 'hotline', '2026-11-24'), line('b', 'hotline', '2026-11-20')]);
    const due = (day: string) =>
      dueHotlines(hotlines, Date.parse(day)).flatMap(({ id, daysLeft }) =>
        id.startsWith('int') ? [] : [[id, daysLeft]],
      );
    expect(due('2027-03-19')).to.deep.equal([]);
    expect(due('2027-03-20')).to.deep.equal([['b', 60]]);
    expect(due('2027-03-24')).to.deep.equal([
      ['b', 56],
      ['a', 60],
    ]);
    expect(due('2027-05-24')).to.deep.equal([
      ['b', -5],
      ['a', -1],
    ]);
  });

  it('show an administrator’s check, unless the content was checked later', () => {
    const found = { phone: '2', url: null, hours: 'By day', checkedOn: '2026-11-01', how: 'called' as const };
    const lineWith = (checkedOn: string | null) =>
      withChecks(directory([line('a', 'hotline', checkedOn)]), new Map([['a', found]])).countries[1]
        ?.lines[0];
    for (const older of [null, '2026-10-31', '2026-11-01']) expect(lineWith(older)).to.include(found);
    expect(lineWith('2026-11-02')).to.include({ phone: '1', checkedOn: '2026-11-02' });
  });

  it('outlast the day that the content names, once an administrator has checked them', () => {
    const old = { ...line('a', 'hotline', '2026-06-01'), expires: '2026-11-01' };
    const found = { phone: '2', url: null, hours: null, checkedOn: '2026-11-20', how: 'called' as const };
    const [checked] =
      withChecks(directory([old]), new Map([['a', found]])).countries.find(({ code }) => code === 'GB')
        ?.lines ?? [];
    expect(checked && goodUntil(checked)).to.equal('2027-05-19');
  });

  it('show the day of their check, and are stale after 90 days or without a check', () => {
    const shown = freshHotlines(
      [line('new', 'hotline'), line('old', 'hotline', '2026-08-01'), line('never', 'hotline', null)],
      reading,
    );
    expect(shown.map(({ id, checkedOn, stale }) => [id, checkedOn, stale])).to.deep.equal([
      ['new', 'on 2026-11-01', false],
      ['old', 'on 2026-08-01', true],
      ['never', null, true],
    ]);
  });

  it('have the same shape as the organisation’s own hotline', () => {
    const own = { name: 'Duty manager', phone: '+47 1', hours: null, checkedOn: '2026-11-20' };
    expect(asHotline(own, 'Ours.')).to.deep.include({ label: 'own', name: 'Duty manager', note: 'Ours.' });
  });
});
