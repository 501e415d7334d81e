import { expect } from 'chai';
import {
  earnedBy,
  type ServedSession,
} from '../../../../server/proof/requirements/classroom/hours/earned.js';

const served = (day: string, minutes: number, more: Partial<ServedSession> = {}): ServedSession => ({
  ...{ id: day, day, time: '09:00', minutes: 120, neededMinutes: null, served: minutes },
  hasAllPoints: true,
  ...more,
});

const told = (sessions: readonly ServedSession[]) =>
  [...earnedBy(sessions)].map(([id, { isCredited, why, total }]) => [id, isCredited, why, total]);

describe('what classroom sessions earn', () => {
  it('each session stands for itself where no hours are asked for: all of it, or nothing', () => {
    expect(
      told([served('2026-03-01', 120), served('2026-03-08', 119), served('2026-03-15', 0)]),
    ).to.deep.equal([
      ['2026-03-01', true, null, 120],
      ['2026-03-08', false, 'minutes', 119],
      ['2026-03-15', false, null, 0],
    ]);
  });

  it('hours add up from session to session, in the order of days, and begin anew once they are enough', () => {
    const asked = { neededMinutes: 240 };
    const all = [
      served('2026-03-15', 120, asked),
      served('2026-03-01', 120, asked),
      served('2026-03-08', 100, asked),
    ];
    expect(told(all)).to.deep.equal([
      ['2026-03-01', false, 'minutes', 120],
      ['2026-03-08', false, 'minutes', 220],
      ['2026-03-15', true, null, 340],
    ]);
    expect(told([...all, served('2027-03-01', 120, asked)]).at(-1)).to.deep.equal([
      '2027-03-01',
      false,
      'minutes',
      120,
    ]);
  });

  it('a session without all its practical points counts for nothing, alone or in a sum', () => {
    expect(told([served('2026-03-01', 120, { hasAllPoints: false })])).to.deep.equal([
      ['2026-03-01', false, 'points', 0],
    ]);
    const asked = { neededMinutes: 240 };
    const all = [
      served('2026-03-01', 120, { ...asked, hasAllPoints: false }),
      served('2026-03-08', 120, asked),
    ];
    expect(told(all).at(-1)).to.deep.equal(['2026-03-08', false, 'minutes', 120]);
  });

  it('a session that is asked about alone leaves the sum of the others as it is', () => {
    const all = [
      served('2026-03-01', 120, { neededMinutes: 240 }),
      served('2026-03-02', 120),
      served('2026-03-03', 120, { neededMinutes: 240 }),
    ];
    expect(told(all).map(([, isCredited]) => isCredited)).to.deep.equal([false, true, true]);
  });
});
