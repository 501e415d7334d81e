import { expect } from 'chai';
import fc from 'fast-check';
import { DateTime } from 'luxon';
import { certificateState } from '../../../../server/proof/certificates/lifecycle/certificate-state.js';
import { computeExpiry } from '../../../../server/proof/certificates/lifecycle/validity.js';
import type { ValidityRule } from '../../../../server/proof/open-badges/validity-rule.js';

const validUntil = (completedAt: number, rule: ValidityRule, timeZone: string) =>
  computeExpiry({ completedAt, previousEnd: null, rule, timeZone }).validUntil;
const none = (months: number): ValidityRule => ({ months, snap: 'none' });
const monthEnd = (months: number): ValidityRule => ({ months, snap: 'month-end' });
const at = (text: string, zone = 'UTC') => DateTime.fromISO(text, { zone }).toMillis();
const said = (ms: number, zone = 'UTC') =>
  DateTime.fromMillis(ms, { zone }).toFormat("yyyy-MM-dd'T'HH:mm:ss.SSS");

describe('validity of a certificate', () => {
  describe('its expiry', () => {
    const cases: [string, string, ValidityRule, string, string][] = [
      ['is the last second of the day', '2026-11-24T09:30', none(12), 'UTC', '2027-11-24T23:59:59.000'],
      ['is clamped in a short month', '2027-01-31T10:00', none(1), 'UTC', '2027-02-28T23:59:59.000'],
      ['is clamped to a leap day', '2028-01-31T10:00', none(1), 'UTC', '2028-02-29T23:59:59.000'],
      ['leaves a leap day for 28 February', '2028-02-29T10:00', none(12), 'UTC', '2029-02-28T23:59:59.000'],
      [
        'comes back to a leap day after four years',
        '2028-02-29T10:00',
        none(48),
        'UTC',
        '2032-02-29T23:59:59.000',
      ],
      ['knows that 2100 is no leap year', '2096-02-29T10:00', none(48), 'UTC', '2100-02-28T23:59:59.000'],
      ['stays on 31 where the month has one', '2026-12-31T10:00', none(7), 'UTC', '2027-07-31T23:59:59.000'],
      ['snaps to the end of the month', '2026-11-24T09:30', monthEnd(12), 'UTC', '2027-11-30T23:59:59.000'],
      ['snaps to a leap February', '2027-02-10T09:30', monthEnd(12), 'UTC', '2028-02-29T23:59:59.000'],
      ['snaps after clamping', '2027-01-31T09:30', monthEnd(1), 'UTC', '2027-02-28T23:59:59.000'],
    ];
    for (const [name, award, rule, zone, end] of cases) {
      it(name, () => expect(said(validUntil(at(award, zone), rule, zone), zone)).to.equal(end));
    }

    it('counts the day of the award in the time zone of the organisation', () => {
      const award = at('2026-11-30T23:30'); // already 1 December in Oslo, still 30 November in New York
      expect(said(validUntil(award, none(12), 'Europe/Oslo'), 'Europe/Oslo')).to.equal(
        '2027-12-01T23:59:59.000',
      );
      expect(said(validUntil(award, monthEnd(12), 'Europe/Oslo'), 'Europe/Oslo')).to.equal(
        '2027-12-31T23:59:59.000',
      );
      expect(said(validUntil(award, monthEnd(12), 'America/New_York'), 'America/New_York')).to.equal(
        '2027-11-30T23:59:59.000',
      );
    });

    it('is the end of the day, even where clocks change at midnight', () => {
      // Lebanon puts its clocks forward at midnight: the day after begins at 01:00.
      const end = validUntil(at('2026-03-27T12:00', 'Asia/Beirut'), none(12), 'Asia/Beirut');
      expect(said(end, 'Asia/Beirut')).to.equal('2027-03-27T23:59:59.000');
    });

    it('refuses an unknown time zone', () => {
      expect(() => validUntil(0, none(12), 'Mars/Olympus')).to.throw(RangeError);
    });

    const zones = [
      'UTC',
      'Europe/Oslo',
      'America/New_York',
      'Asia/Kathmandu',
      'Pacific/Chatham',
      'Pacific/Kiritimati',
    ];
    const award = fc.integer({ min: Date.UTC(2000, 0, 1), max: Date.UTC(2100, 0, 1) });
    const rules = fc.record<ValidityRule>({
      months: fc.integer({ min: 1, max: 120 }),
      snap: fc.constantFrom('none', 'month-end'),
    });

    it('is always so many months later, on the same day or the last of a shorter month, at its last second', () => {
      fc.assert(
        fc.property(award, rules, fc.constantFrom(...zones), (awardedAt, rule, zone) => {
          const start = DateTime.fromMillis(awardedAt, { zone });
          const end = DateTime.fromMillis(validUntil(awardedAt, rule, zone), { zone });
          const months = (end.year - start.year) * 12 + end.month - start.month;
          expect(months).to.equal(rule.months);
          const day = rule.snap === 'none' ? Math.min(start.day, end.daysInMonth ?? 0) : end.daysInMonth;
          expect(end.day).to.equal(day);
          expect(end.toFormat('HH:mm:ss.SSS')).to.equal('23:59:59.000');
          expect(end.plus({ seconds: 1 }).day).to.not.equal(end.day);
        }),
      );
    });

    it('is never earlier for a later award or for more months', () => {
      fc.assert(
        fc.property(
          award,
          fc.nat(90 * 86_400_000),
          rules,
          fc.constantFrom(...zones),
          (first, wait, rule, zone) => {
            const end = validUntil(first, rule, zone);
            expect(validUntil(first + wait, rule, zone)).to.be.at.least(end);
            expect(validUntil(first, { ...rule, months: rule.months + 1 }, zone)).to.be.greaterThan(end);
          },
        ),
      );
    });
  });

  describe('its state', () => {
    const now = at('2026-11-24T09:30');

    const plain = {
      validUntil: now + 1,
      revokedAt: null,
      suspendedAt: null,
      supersededAt: null,
      isIntact: true,
    };

    it('is valid before the moment of its expiry, and expired at it', () => {
      expect(certificateState(plain, now)).to.equal('valid');
      expect(certificateState({ ...plain, validUntil: now }, now)).to.equal('expired');
    });

    it('is valid for ever without an expiry', () => {
      expect(certificateState({ ...plain, validUntil: null }, Number.MAX_SAFE_INTEGER)).to.equal('valid');
    });

    it('is revoked, superseded or suspended rather than expired', () => {
      const old = { ...plain, validUntil: now - 1 };
      expect(certificateState({ ...old, suspendedAt: now }, now)).to.equal('suspended');
      expect(certificateState({ ...old, supersededAt: now }, now)).to.equal('superseded');
      expect(certificateState({ ...old, revokedAt: now }, now)).to.equal('revoked');
    });

    it('is superseded after a suspension was lifted, and revoked whatever else it was', () => {
      expect(certificateState({ ...plain, suspendedAt: now, supersededAt: now }, now)).to.equal('superseded');
      expect(certificateState({ ...plain, suspendedAt: now, revokedAt: now }, now)).to.equal('revoked');
    });
  });
});
