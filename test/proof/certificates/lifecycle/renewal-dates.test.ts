import { expect } from 'chai';
import fc from 'fast-check';
import { DateTime } from 'luxon';
import { explainExpiry } from '../../../../server/proof/certificates/lifecycle/validity-text.js';
import {
  computeExpiry,
  renewalWindow,
  type ValidityInputs,
} from '../../../../server/proof/certificates/lifecycle/validity.js';
import type { ValidityRule } from '../../../../server/proof/open-badges/validity-rule.js';
import { translator } from '../../../../server/platform/i18n/i18n.js';
import { said } from '../../../support/said.js';

const at = (text: string, zone = 'UTC') => DateTime.fromISO(text, { zone }).toMillis();
const words = { locale: 'en', t: translator('en') };

const completion: ValidityRule = { months: 12, snap: 'none' };
const anniversary: ValidityRule = { months: 12, snap: 'none', counts: 'from-previous-end', opens: 60 };
const monthly: ValidityRule = { ...anniversary, snap: 'month-end' };
const graceful: ValidityRule = { ...anniversary, grace: 30 };
const march: ValidityRule = {
  months: 12,
  snap: 'none',
  counts: 'fixed-day',
  fixedDay: { month: 3, day: 31 },
  opens: 60,
  minimum: 6,
};
const leap: ValidityRule = { ...march, fixedDay: { month: 2, day: 29 }, minimum: 0 };

/** Rule, zone, completed at (there), last day of the certificate before, last day now, how and from what. */
type Row = readonly [ValidityRule, string, string, string | null, string, string];

const first: readonly Row[] = [
  [completion, 'UTC', '2026-11-24T09:30', null, '2027-11-24', 'first completion'],
  [completion, 'UTC', '2028-02-29T12:00', null, '2029-02-28', 'first completion'],
  [{ ...completion, months: 1 }, 'UTC', '2026-01-31T12:00', null, '2026-02-28', 'first completion'],
  [{ ...completion, months: 1 }, 'UTC', '2028-01-31T12:00', null, '2028-02-29', 'first completion'],
  [{ ...completion, months: 1 }, 'UTC', '2026-03-31T12:00', null, '2026-04-30', 'first completion'],
  [{ ...completion, months: 6 }, 'UTC', '2026-08-31T12:00', null, '2027-02-28', 'first completion'],
  [{ ...completion, months: 48 }, 'UTC', '2028-02-29T12:00', null, '2032-02-29', 'first completion'],
  [{ ...completion, months: 48 }, 'UTC', '2096-02-29T12:00', null, '2100-02-28', 'first completion'],
  [monthly, 'UTC', '2026-11-24T09:30', null, '2027-11-30', 'first completion month-end'],
  [monthly, 'UTC', '2027-02-01T09:30', null, '2028-02-29', 'first completion month-end'],
  [monthly, 'UTC', '2026-12-31T23:59', null, '2027-12-31', 'first completion month-end'],
  [{ ...monthly, months: 1 }, 'UTC', '2027-01-31T09:30', null, '2027-02-28', 'first completion month-end'],
];

const zones: readonly Row[] = [
  // Half past eleven at night in UTC is the next day in Oslo, and the same afternoon in New York.
  [completion, 'Europe/Oslo', '2026-12-01T00:30', null, '2027-12-01', 'first completion'],
  [completion, 'America/New_York', '2026-11-30T18:30', null, '2027-11-30', 'first completion'],
  [monthly, 'Europe/Oslo', '2026-12-01T00:30', null, '2027-12-31', 'first completion month-end'],
  [monthly, 'America/New_York', '2026-11-30T18:30', null, '2027-11-30', 'first completion month-end'],
  [monthly, 'Pacific/Kiritimati', '2026-12-31T23:30', null, '2027-12-31', 'first completion month-end'],
  [monthly, 'Pacific/Pago_Pago', '2026-12-31T23:30', null, '2027-12-31', 'first completion month-end'],
  [completion, 'Asia/Kathmandu', '2026-06-15T00:10', null, '2027-06-15', 'first completion'],
  // Clocks change on the day itself, at the end, or at midnight.
  [completion, 'Europe/Oslo', '2026-03-29T03:30', null, '2027-03-29', 'first completion'],
  [completion, 'Europe/Oslo', '2026-10-25T02:30', null, '2027-10-25', 'first completion'],
  [completion, 'America/New_York', '2026-11-01T01:30', null, '2027-11-01', 'first completion'],
  [completion, 'Asia/Beirut', '2026-03-28T12:00', null, '2027-03-28', 'first completion'],
  [completion, 'Australia/Lord_Howe', '2026-10-04T12:00', null, '2027-10-04', 'first completion'],
  [anniversary, 'Asia/Beirut', '2027-02-01T12:00', '2027-03-28', '2028-03-28', 'in-time previous-end'],
  [anniversary, 'Europe/Oslo', '2027-01-27T23:30', '2027-03-29', '2028-01-27', 'early completion'],
  [anniversary, 'Europe/Oslo', '2027-01-28T00:30', '2027-03-29', '2028-03-29', 'in-time previous-end'],
  [anniversary, 'Europe/Oslo', '2027-01-30T00:30', '2027-03-29', '2028-03-29', 'in-time previous-end'],
];

const renewed: readonly Row[] = [
  // The window: sixty days, the first and the last included.
  [anniversary, 'UTC', '2027-09-24T12:00', '2027-11-24', '2028-09-24', 'early completion'],
  [anniversary, 'UTC', '2027-09-25T00:00', '2027-11-24', '2028-11-24', 'in-time previous-end'],
  [anniversary, 'UTC', '2027-11-24T23:59', '2027-11-24', '2028-11-24', 'in-time previous-end'],
  [anniversary, 'UTC', '2027-11-25T00:00', '2027-11-24', '2028-11-25', 'late completion'],
  [graceful, 'UTC', '2027-12-24T23:59', '2027-11-24', '2028-11-24', 'in-time previous-end'],
  [graceful, 'UTC', '2027-12-25T00:00', '2027-11-24', '2028-12-25', 'late completion'],
  [graceful, 'UTC', '2031-05-01T00:00', '2027-11-24', '2032-05-01', 'late completion'],
  [
    { ...anniversary, opens: 1 },
    'UTC',
    '2027-11-23T12:00',
    '2027-11-24',
    '2028-11-24',
    'in-time previous-end',
  ],
  [{ ...anniversary, opens: 1 }, 'UTC', '2027-11-22T12:00', '2027-11-24', '2028-11-22', 'early completion'],
  [monthly, 'UTC', '2027-10-01T12:00', '2027-11-30', '2028-11-30', 'in-time previous-end month-end'],
  [monthly, 'UTC', '2027-09-30T12:00', '2027-11-30', '2028-09-30', 'early completion month-end'],
  [monthly, 'UTC', '2027-12-01T12:00', '2027-11-30', '2028-12-31', 'late completion month-end'],
  [monthly, 'UTC', '2027-01-15T12:00', '2027-02-28', '2028-02-29', 'in-time previous-end month-end'],
  [anniversary, 'UTC', '2028-01-15T12:00', '2028-02-29', '2029-02-28', 'in-time previous-end'],
  // Counted from its own completion whenever it comes.
  [{ ...completion, opens: 60 }, 'UTC', '2027-10-24T12:00', '2027-11-24', '2028-10-24', 'in-time completion'],
  // Never shorter than what it renews, and never too near.
  [
    { ...anniversary, months: 6 },
    'UTC',
    '2026-12-01T12:00',
    '2027-11-24',
    '2027-11-24',
    'early completion never-shorter',
  ],
  [
    { ...graceful, grace: 120, minimum: 9 },
    'UTC',
    '2028-02-23T12:00',
    '2027-11-24',
    '2028-11-24',
    'in-time previous-end',
  ],
  [
    { ...graceful, grace: 120, minimum: 9 },
    'UTC',
    '2028-02-25T12:00',
    '2027-11-24',
    '2029-02-25',
    'in-time completion',
  ],
];

const fixed: readonly Row[] = [
  [march, 'UTC', '2026-09-30T12:00', null, '2027-03-31', 'first completion fixed-day'],
  [march, 'UTC', '2026-10-01T12:00', null, '2028-03-31', 'first completion minimum'],
  [march, 'UTC', '2027-03-10T12:00', null, '2028-03-31', 'first completion minimum'],
  [march, 'UTC', '2027-03-31T12:00', null, '2028-03-31', 'first completion fixed-day'],
  [march, 'UTC', '2027-04-01T12:00', null, '2028-03-31', 'first completion fixed-day'],
  [march, 'UTC', '2028-02-10T12:00', '2028-03-31', '2029-03-31', 'in-time previous-end fixed-day'],
  [march, 'UTC', '2028-04-01T12:00', '2028-03-31', '2029-03-31', 'late completion fixed-day'],
  [{ ...march, months: 24 }, 'UTC', '2026-11-24T12:00', null, '2028-03-31', 'first completion fixed-day'],
  [leap, 'UTC', '2026-11-24T12:00', null, '2027-02-28', 'first completion fixed-day'],
  [leap, 'UTC', '2027-11-24T12:00', null, '2028-02-29', 'first completion fixed-day'],
];

function check([rule, timeZone, completed, previousEnd, lastDay, way]: Row): void {
  const found = computeExpiry({ completedAt: at(completed, timeZone), previousEnd, rule, timeZone });
  const { timing, base, moved } = found;
  expect(found.lastDay).to.equal(lastDay);
  expect([timing, base, moved].filter(Boolean).join(' ')).to.equal(way);
  const end = DateTime.fromMillis(found.validUntil, { zone: timeZone });
  expect(end.toFormat('yyyy-MM-dd HH:mm:ss.SSS')).to.equal(`${lastDay} 23:59:59.000`);
}

describe('the expiry of a certificate, day by day', () => {
  const tables = {
    'a first one': first,
    'zones and clocks': zones,
    'a renewal': renewed,
    'a fixed day': fixed,
  };
  for (const [name, table] of Object.entries(tables)) {
    describe(name, () => {
      for (const row of table) {
        const [rule, zone, completed, before, lastDay] = row;
        it(`${completed} ${zone}, before ${before ?? 'none'}, ${JSON.stringify(rule)}: ${lastDay}`, () =>
          check(row));
      }
    });
  }

  it('gives the first and last day of the window, both inclusive', () => {
    expect(renewalWindow('2027-11-30', monthly)).to.deep.equal({ opens: '2027-10-01', closes: '2027-11-30' });
    expect(renewalWindow('2028-03-01', { ...graceful, opens: 1 })).to.deep.equal({
      opens: '2028-02-29',
      closes: '2028-03-31',
    });
  });
});

describe('the expiry of a renewal, whatever the rule', () => {
  const DAY = 86_400_000;
  const rules: fc.Arbitrary<ValidityRule> = fc
    .record({
      months: fc.integer({ min: 12, max: 60 }),
      counts: fc.constantFrom('from-completion' as const, 'from-previous-end' as const, 'fixed-day' as const),
      monthEnd: fc.boolean(),
      fixedDay: fc.record({ month: fc.integer({ min: 1, max: 12 }), day: fc.integer({ min: 1, max: 28 }) }),
      opens: fc.integer({ min: 1, max: 120 }),
      grace: fc.integer({ min: 0, max: 120 }),
      minimum: fc.integer({ min: 0, max: 12 }),
    })
    .map(({ monthEnd, fixedDay, ...rule }) =>
      rule.counts === 'fixed-day'
        ? { ...rule, snap: 'none', fixedDay }
        : { ...rule, snap: monthEnd ? 'month-end' : 'none' },
    );
  const zone = fc.constantFrom(
    'UTC',
    'Europe/Oslo',
    'America/New_York',
    'Asia/Kathmandu',
    'Pacific/Kiritimati',
  );
  const start = fc.integer({ min: Date.UTC(2020, 0, 1), max: Date.UTC(2090, 0, 1) });

  it('is never before the expiry of the renewed certificate, nor before the minimum', () => {
    fc.assert(
      fc.property(start, fc.integer({ min: 0, max: 1200 }), rules, zone, (begun, days, rule, timeZone) => {
        const one = computeExpiry({ completedAt: begun, previousEnd: null, rule, timeZone });
        const completedAt = begun + days * DAY;
        const two = computeExpiry({ completedAt, previousEnd: one.lastDay, rule, timeZone });
        expect(two.validUntil).to.be.at.least(one.validUntil);
        const least = DateTime.fromMillis(completedAt, { zone: timeZone }).plus({
          months: rule.minimum ?? 0,
        });
        expect(two.lastDay >= least.toFormat('yyyy-MM-dd')).to.equal(true);
      }),
      { numRuns: 500 },
    );
  });

  it('is no earlier when the renewal is completed later', () => {
    fc.assert(
      fc.property(
        start,
        fc.integer({ min: 0, max: 900 }),
        fc.integer({ min: 0, max: 400 }),
        rules,
        zone,
        (begun, days, later, rule, timeZone) => {
          const { lastDay } = computeExpiry({ completedAt: begun, previousEnd: null, rule, timeZone });
          const end = (completedAt: number) =>
            computeExpiry({ completedAt, previousEnd: lastDay, rule, timeZone }).validUntil;
          const completedAt = begun + days * DAY;
          expect(end(completedAt + later * DAY)).to.be.at.least(end(completedAt));
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe('the explanation of a date', () => {
  const explain = (inputs: Partial<ValidityInputs> & Pick<ValidityInputs, 'rule' | 'completedAt'>) =>
    explainExpiry({ previousEnd: null, timeZone: 'Europe/Oslo', ...inputs }, words).replaceAll('\u00a0', ' ');
  const until = (date: string, way: string) => said('validity.until', { date, way });
  const months = (count: number) => said('validity.months', { count });
  const plainly = (count: number, from: string) => said('validity.plain', { months: months(count), from });
  const toMonthEnd = (count: number, from: string) =>
    said('validity.month-end', { months: months(count), from });

  it('count from the completion, to the end of the month where the rule says so', () => {
    const completedAt = at('2026-11-24T09:30');
    expect(explain({ rule: monthly, completedAt })).to.equal(
      until('30 November 2027', toMonthEnd(12, '24 November 2026')),
    );
    expect(explain({ rule: { ...completion, months: 1 }, completedAt })).to.equal(
      until('24 December 2026', plainly(1, '24 November 2026')),
    );
  });

  it('count from the expiry of the previous certificate', () => {
    const previousEnd = said('validity.previousEnd', { date: '30 November 2027' });
    expect(
      explain({ rule: monthly, completedAt: at('2027-10-20T09:30'), previousEnd: '2027-11-30' }),
    ).to.equal(until('30 November 2028', toMonthEnd(12, previousEnd)));
  });

  it('say that a renewal was early or late', () => {
    const rule = graceful;
    expect(explain({ rule, completedAt: at('2027-08-01T09:30'), previousEnd: '2027-11-24' })).to.equal(
      `${until('1 August 2028', plainly(12, '1 August 2027'))} ${said('validity.early', { day: '25 September 2027' })}`,
    );
    expect(explain({ rule, completedAt: at('2028-01-15T09:30'), previousEnd: '2027-11-24' })).to.equal(
      `${until('15 January 2029', plainly(12, '15 January 2028'))} ${said('validity.late', { day: '24 December 2027' })}`,
    );
  });

  it('name the fixed day, and the minimum where it decided', () => {
    const day = '31 March';
    expect(explain({ rule: march, completedAt: at('2026-09-01T09:30') })).to.equal(
      until(
        '31 March 2027',
        said('validity.fixed-day', { day, months: months(12), from: '1 September 2026' }),
      ),
    );
    expect(explain({ rule: march, completedAt: at('2027-03-10T09:30') })).to.equal(
      until('31 March 2028', said('validity.minimum', { day, minimum: months(6), from: '10 March 2027' })),
    );
  });

  it('say that renewing never shortens', () => {
    const rule: ValidityRule = { ...anniversary, months: 6 };
    expect(explain({ rule, completedAt: at('2026-12-01T09:30'), previousEnd: '2027-11-24' })).to.include(
      until('24 November 2027', said('validity.never-shorter')),
    );
  });
});
