import { expect } from 'chai';
import { isDue } from '../../../../server/platform/events/routines/schedule.js';

const NOON = Date.UTC(2026, 5, 1, 12);
const [SECOND, MINUTE, HOUR] = [1000, 60_000, 3_600_000];

describe('a routine', () => {
  const cases: [string, string, number, number, boolean][] = [
    ['is due when its time has come', '0 12 * * *', NOON - HOUR, NOON, true],
    ['is not due before', '0 12 * * *', NOON - HOUR, NOON - 1, false],
    ['is not due again at the time at which it ran', '* * * * *', NOON, NOON, false],
    ['is not due again within its minute', '* * * * *', NOON + 5 * SECOND, NOON + 59 * SECOND, false],
    ['is due in the next minute', '* * * * *', NOON + 59 * SECOND, NOON + MINUTE, true],
    ['is due after it was missed', '0 12 * * *', NOON - HOUR, NOON + 9 * HOUR, true],
    ['is due when the last run lies in the future', '0 12 * * *', NOON + 6 * HOUR, NOON + HOUR, true],
    ['is not due when another clock is a little ahead', '0 12 * * *', NOON + MINUTE, NOON, false],
    ['with a time that never comes is never due', '0 0 30 2 *', NOON, NOON + 9 * HOUR, false],
  ];
  for (const [what, cron, lastRunAt, now, expected] of cases) {
    it(what, () => expect(isDue(cron, lastRunAt, now)).to.equal(expected));
  }
});
