import { expect } from 'chai';
import fc from 'fast-check';
import type { TryWindow } from '../../../../server/teaching/content/schema/policy-schema.js';
import {
  windowStanding,
  type WindowHistory,
} from '../../../../server/teaching/quizzes/attempts/try-window.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const WINDOW: TryWindow = { tries: 3, days: 7, waits: [10, 1440] };
const T0 = 1_000 * DAY;

const at = (now: number, failures: number[], grants: number[] = []) =>
  windowStanding(WINDOW, { failures, grants }, now);

/** Waits in whole hours, so that everything happens on the hour. */
const windows = fc
  .record({ tries: fc.integer({ min: 2, max: 4 }), days: fc.integer({ min: 1, max: 4 }) })
  .chain(({ tries, days }) =>
    fc
      .array(fc.integer({ min: 0, max: 30 }), { minLength: tries - 1, maxLength: tries - 1 })
      .map((hours): TryWindow => ({ tries, days, waits: hours.map(each => each * 60) })),
  );
const hours = (maxLength: number) =>
  fc.array(
    fc.integer({ min: 0, max: 150 }).map(hour => T0 + hour * HOUR),
    { maxLength },
  );

/** May somebody try at `now`? By going through the failures one by one, with no regard to what comes later. */
function mayTry(
  { tries, days, waits }: TryWindow,
  { failures, grants }: WindowHistory,
  now: number,
): boolean {
  const isRecent = (time: number, end: number) => end - time < days * DAY;
  const inOrder = [...failures].sort((a, b) => a - b);
  const last = inOrder.at(-1);
  let before = 0;
  for (const time of inOrder) if (last !== undefined && isRecent(time, last)) before += 1;
  const wait = before === 0 || before >= tries ? 0 : (waits[before - 1] ?? 0);
  if (last !== undefined && now < last + wait * MINUTE) return false;
  let room = tries;
  for (const time of grants) if (isRecent(time, now)) room += 1;
  for (const time of failures) if (isRecent(time, now)) room -= 1;
  return room > 0;
}

describe('a window of tries', () => {
  it('is open before the first try, and waits after each failure but the last', () => {
    expect(at(T0, [])).to.deep.equal({ left: 3, allowed: 3, from: null });
    expect(at(T0, [T0])).to.deep.equal({ left: 2, allowed: 3, from: T0 + 10 * MINUTE });
    const second = T0 + HOUR;
    expect(at(second, [T0, second])).to.deep.equal({ left: 1, allowed: 3, from: second + DAY });
    expect(at(second + DAY, [T0, second]).from).to.equal(null);
  });

  it('opens by itself once the first of the tries is so many days old, to the millisecond', () => {
    const failures = [T0, T0 + HOUR, T0 + 2 * DAY];
    const opens = T0 + 7 * DAY;
    expect(at(T0 + 2 * DAY, failures)).to.deep.equal({ left: 0, allowed: 3, from: opens });
    expect(at(opens - 1, failures)).to.include({ left: 0, from: opens });
    expect(at(opens, failures)).to.include({ left: 1, from: null });
    expect(at(opens + HOUR, failures)).to.include({ left: 2, from: null });
  });

  it('is open at once for one more try that was granted', () => {
    const failures = [T0, T0 + HOUR, T0 + 2 * DAY];
    const granted = T0 + 3 * DAY;
    expect(at(granted, failures, [granted])).to.deep.equal({ left: 1, allowed: 4, from: null });
    const after = [...failures, granted + HOUR];
    expect(at(granted + HOUR, after, [granted])).to.include({ left: 0, from: T0 + 7 * DAY });
  });

  it('does not give tries back when the clock is set back', () => {
    expect(at(T0 - DAY, [T0, T0, T0])).to.include({ left: 0, from: T0 + 7 * DAY });
  });

  it('agrees with a model that looks at every hour', () => {
    fc.assert(
      fc.property(windows, hours(6), hours(2), (window, failures, grants) => {
        const history = { failures, grants };
        const start = Math.max(T0, ...failures, ...grants);
        for (let now = start; now <= start + window.days * DAY; now += HOUR) {
          const { left, from } = windowStanding(window, history, now);
          expect(left > 0 && from === null).to.equal(mayTry(window, history, now));
          if (from === null) continue;
          for (let hour = now; hour < from; hour += HOUR)
            expect(mayTry(window, history, hour), 'before it opens').to.equal(false);
          expect(mayTry(window, history, from), 'when it opens').to.equal(true);
        }
      }),
      { numRuns: 30 },
    );
  });

  it('never lets more fail within its days than it has tries, however soon somebody comes back', () => {
    const pauses = fc.array(fc.integer({ min: 0, max: 60 }), { minLength: 1, maxLength: 15 });
    fc.assert(
      fc.property(windows, pauses, (window, all) => {
        const failures: number[] = [];
        let now = T0;
        for (const pause of all) {
          const { from } = windowStanding(window, { failures, grants: [] }, now);
          now = (from ?? now) + pause * HOUR;
          failures.push(now);
        }
        for (const end of failures) {
          const close = failures.filter(time => time <= end && end - time < window.days * DAY);
          expect(close.length).to.be.at.most(window.tries);
        }
      }),
      { numRuns: 200 },
    );
  });
});
