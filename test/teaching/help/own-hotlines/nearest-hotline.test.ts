import { expect } from 'chai';
import { nearestHotline } from '../../../../server/teaching/help/own-hotlines/nearest-hotline.js';
import type { PlacedHotline } from '../../../../server/teaching/help/own-hotlines/own-hotline.js';

const NOW = Date.parse('2026-11-28');
const line = (name: string, place: { country?: string; unitId?: string }, checkedOn = '2026-11-01') =>
  ({
    ...{ organisationId: 'air', country: '', unitId: '', ...place },
    line: { name, phone: '+47 1', hours: null, checkedOn },
  }) satisfies PlacedHotline;

const ALL = line('all', {});
const NORWAY = line('Norway', { country: 'NO' });
const EUROPE = line('Europe', { unitId: 'europe' });
const OSLO = line('Oslo', { unitId: 'oslo' });
const AT_GATE = { units: ['gate', 'oslo', 'europe'], country: 'NO' };

const nearest = (lines: readonly PlacedHotline[], at = AT_GATE) => nearestHotline(lines, at, NOW)?.name;

describe('the nearest hotline', () => {
  it('is that of the unit, else of one above it, else of the country, else of the organisation', () => {
    const found = [[OSLO, EUROPE, NORWAY, ALL], [EUROPE, NORWAY, ALL], [NORWAY, ALL], [ALL], []].map(lines =>
      nearest(lines.toReversed()),
    );
    expect(found).to.deep.equal(['Oslo', 'Europe', 'Norway', 'all', undefined]);
  });

  it('is none of another unit or country', () => {
    expect(nearest([OSLO, NORWAY, ALL], { units: ['rome'], country: 'IT' })).to.equal('all');
    expect(nearest([OSLO, NORWAY], { units: [], country: '' })).to.equal(undefined);
  });

  it('is not one that has expired while another has not', () => {
    expect(nearest([line('old', { unitId: 'oslo' }, '2026-01-01'), NORWAY])).to.equal('Norway');
  });
});
