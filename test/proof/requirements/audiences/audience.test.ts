import { expect } from 'chai';
import {
  isMeant,
  lacksHireDay,
  type MemberOnADay,
} from '../../../../server/proof/requirements/audiences/audience.js';
import type { Audience } from '../../../../server/proof/requirements/requirement-rule.js';

const EVERYBODY: Audience = { units: [], jobs: [], tags: [], hiredSince: null, holds: null };
const MARA: MemberOnADay = {
  places: [
    { job: 'Cabin crew', above: new Set(['gate-a', 'fra', 'europe']) },
    { job: 'Trainer', above: new Set(['osl', 'europe']) },
  ],
  tags: ['Night shift'],
  hiredOn: '2026-03-01',
  holds: new Set(['volunteers']),
};

const means = (asked: Partial<Audience>, member: Partial<MemberOnADay> = {}): boolean =>
  isMeant({ ...EVERYBODY, ...asked }, { ...MARA, ...member });

describe('an audience', () => {
  it('without a condition means everybody, also somebody who is placed nowhere', () => {
    expect(means({})).to.equal(true);
    expect(means({}, { places: [], tags: [], hiredOn: null, holds: new Set() })).to.equal(true);
  });

  it('means whoever works in a unit or below it, by any placement', () => {
    for (const unit of ['gate-a', 'fra', 'europe', 'osl'])
      expect(means({ units: [unit] }), unit).to.equal(true);
    expect(means({ units: ['asia', 'osl'] }), 'any of several').to.equal(true);
    expect(means({ units: ['asia'] })).to.equal(false);
    expect(means({ units: ['europe'] }, { places: [] })).to.equal(false);
  });

  it('compares jobs and tags folded: case, accents, hyphens and spaces never keep anybody out', () => {
    for (const job of ['cabin crew', 'CABIN CREW', ' Cabin-Crew ', 'Cabin  crew'])
      expect(means({ jobs: [job] }), job).to.equal(true);
    for (const tag of ['NIGHT SHIFT', 'night-shift']) expect(means({ tags: [tag] }), tag).to.equal(true);
    expect(means({ tags: ['Führung'] }, { tags: ['FUHRUNG'] })).to.equal(true);
    expect(means({ tags: ['★'] }, { tags: ['☆'] }), 'signs alone stay apart').to.equal(false);
    expect(means({ jobs: ['cabin'] }), 'a part is no match').to.equal(false);
  });

  it('wants every condition to hold, and unit and job of one placement', () => {
    expect(
      means({ units: ['fra'], jobs: ['cabin crew'], tags: ['night shift'], holds: 'volunteers' }),
    ).to.equal(true);
    expect(means({ units: ['fra'], jobs: ['trainer'] }), 'trainer, but elsewhere').to.equal(false);
    expect(means({ units: ['europe'], jobs: ['trainer'] })).to.equal(true);
    expect(means({ units: ['fra'], tags: ['day shift'] })).to.equal(false);
    expect(means({ jobs: ['trainer'] }, { places: [{ job: null, above: new Set(['osl']) }] })).to.equal(
      false,
    );
  });

  it('means who was hired on a day or later; who has no day of hire is not meant, and listed', () => {
    expect(means({ hiredSince: '2026-03-01' })).to.equal(true);
    expect(means({ hiredSince: '2026-03-02' })).to.equal(false);
    expect(means({ hiredSince: '2026-03-01' }, { hiredOn: null })).to.equal(false);
    const lacks = (asked: Partial<Audience>) =>
      lacksHireDay({ ...EVERYBODY, ...asked }, { ...MARA, hiredOn: null });
    expect(lacks({ hiredSince: '2026-03-01' })).to.equal(true);
    expect(lacks({ hiredSince: '2026-03-01', units: ['asia'] }), 'outside anyway').to.equal(false);
    expect(lacks({}), 'not asked for').to.equal(false);
  });

  it('means who holds another course', () => {
    expect(means({ holds: 'volunteers' })).to.equal(true);
    expect(means({ holds: 'law-enforcement' })).to.equal(false);
  });
});
