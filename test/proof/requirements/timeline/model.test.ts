import { isDeepStrictEqual } from 'node:util';
import { expect } from 'chai';
import fc from 'fast-check';
import { daysAfter } from '../../../../server/platform/lib/days.js';
import type { RequirementFacts } from '../../../../server/proof/requirements/requirement-facts.js';
import { asKnown, NOW } from '../../../../server/proof/requirements/timeline/as-known.js';
import { intervalOn, timeline } from '../../../../server/proof/requirements/timeline/timeline.js';
import { EVENTS, FIRST_DAY, historyOf } from './histories.js';
import { replay } from './replay.js';

/** `HISTORIES=10000 npx mocha …` for a long run. */
const HISTORIES = Number(process.env.HISTORIES ?? 30);

/** Three years from the first day. */
const LAST_DAY = daysAfter(FIRST_DAY, 1_096);

const happening = fc.record({
  what: fc.constantFrom(...EVENTS),
  wait: fc.nat({ max: 45 }),
  shift: fc.integer({ min: -40, max: 40 }),
  chance: fc.nat({ max: 1 << 20 }),
});

/** Whatever else happens, there is a rule and somebody is hired early. */
const beginning = [
  { what: 'hire', wait: 5, shift: 0 },
  { what: 'rule', wait: 10, shift: 0 },
].map(event => fc.nat({ max: 1 << 20 }).map(chance => ({ ...event, chance })));

const histories = fc.tuple(
  fc.tuple(...beginning),
  fc.array(happening, { maxLength: 40, size: 'max' }),
  fc.nat(),
);

describe('timelines', () => {
  it('say of every day what a plain replay says, as known now and as known at any moment', () => {
    fc.assert(
      fc.property(histories, ([first, then, chance]) => {
        const { history, moments } = historyOf([...first, ...then]);
        const { units, marks, exemptions, versions, ...member } = history;
        const facts: RequirementFacts = { timeZone: 'UTC', member, units, marks, exemptions, versions };
        const earlier = moments[chance % moments.length] ?? NOW;
        for (const moment of [NOW, earlier]) compare(facts, moment);
      }),
      { numRuns: HISTORIES, seed: Number(process.env.SEED ?? 18), endOnFailure: false },
    );
  });
});

function compare(facts: RequirementFacts, moment: number): void {
  const known = asKnown(facts, moment);
  const intervals = timeline(known);
  let at = 0;
  for (const [day, expected] of replay(facts, moment, LAST_DAY)) {
    const asked = [intervals, ...((at += 1) % SOME === 0 ? [timeline(known, day)] : [])];
    for (const found of asked.map(each => intervalOn(each, day))) {
      const { fromDay: _from, toDay: _to, ...stands } = found ?? {};
      if (isDeepStrictEqual(found ? stands : null, expected)) continue;
      expect({ day, moment, stands: found && stands }).to.deep.equal({ day, moment, stands: expected });
    }
  }
}

/** On one day of so many it is also asked of that day alone, as a learner's page does. */
const SOME = 97;
