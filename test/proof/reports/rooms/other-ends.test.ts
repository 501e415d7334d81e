import { expect } from 'chai';
import {
  completionsCounted,
  otherEndText,
} from '../../../../server/proof/reports/rooms/history/other-ends.js';
import type { Because, Interval } from '../../../../server/proof/requirements/standing-interval.js';
import { dayWords } from '../../../../server/people/organisations/day-words.js';
import { plain } from '../../../support/pages.js';
import { said } from '../../../support/said.js';

type Cover = NonNullable<Because['cover']>;

const interval = (cover: Cover | null) => ({ because: { cover } }) as Interval;
const cover = (lastDay: string | null, by: Cover['by'] = 'own', creditId = 'one'): Cover => ({
  ...{ creditId, lastDay, by },
});

describe('the end of a certificate, beside the end by which a requirement counts it', () => {
  it('is compared with what counts last of each completion', () => {
    const [withdrawn, other] = [cover('2026-05-03', 'void'), cover('2028-02-01', 'own', 'two')];
    const all = [interval(null), interval(cover('2027-11-28')), interval(withdrawn), interval(other)];
    expect(completionsCounted('Crew', all)).to.deep.equal([
      { requirement: 'Crew', cover: withdrawn },
      { requirement: 'Crew', cover: other },
    ]);
  });

  it('is explained where the two differ, and nowhere else', () => {
    const text = (of: Cover, ends: string | null) =>
      plain(otherEndText({ requirement: 'Crew', cover: of }, ends) ?? '');
    expect(text(cover('2027-11-30'), '2027-11-30')).to.equal('');
    expect(text(cover(null, 'once'), null)).to.equal('');
    expect(text(cover('2027-11-28', 'certificate'), '2027-11-30')).to.equal('');
    for (const by of ['own', 'material', 'void', 'version'] as const)
      expect(text(cover('2027-11-28', by), '2027-11-30')).to.equal(
        said(`room.otherEnd.${by}`, { requirement: 'Crew', day: dayWords('2027-11-28') }),
      );
    expect(text(cover(null, 'once'), '2027-11-30')).to.equal(
      said('room.otherEnd.once', { requirement: 'Crew' }),
    );
  });
});
