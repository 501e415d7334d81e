import { dayWords } from '../../../organisations/day-words.js';
import { daysAfter } from '../../../lib/days.js';
import { loadEverSaid } from '../../../requirements/reckoning/load-facts.js';
import type { RequirementFacts } from '../../../requirements/requirement-facts.js';
import { ruleSentence } from '../../../requirements/rules/rule-sentence.js';
import { ruleWordsOf } from '../../../requirements/rules/rule-words.js';
import type { Interval } from '../../../requirements/standing-interval.js';
import { asKnown } from '../../../requirements/timeline/as-known.js';
import { timeline } from '../../../requirements/timeline/timeline.js';
import { dueText, standingTag } from '../../standing-signs.js';
import { whyInputs } from '../../why/why-inputs.js';
import { stepInWords } from '../../why/why-page.js';
import { whySteps } from '../../why/why-steps.js';
import { spoken } from '../../../i18n/spoken.js';
import type { RoomDay } from '../room-day.js';
import type { StoredRoom } from '../stored-rooms.js';
import { completionsCounted, type CountedCompletion } from './other-ends.js';

/**
 * How somebody stood with each requirement of a room through its period, as it was said then, each time with why; and how each
 * counts what they completed.
 */
export async function standingsInPeriod(look: RoomDay, membershipId: string) {
  const { room } = look;
  const organisation = { id: room.organisationId, timeZone: room.timeZone };
  const words = await ruleWordsOf(room.organisationId, room.lastDay);
  const shown = [];
  const counted: CountedCompletion[] = [];
  for (const { id: requirementId, title, rule } of look.requirements) {
    const facts = await loadEverSaid(organisation, { requirementId, membershipId });
    if (!facts) continue;
    const known = asKnown(facts, look.saidAt);
    const intervals = timeline(known);
    shown.push({ title, sentence: ruleSentence(rule, words), spans: spansOf(room, known, intervals) });
    counted.push(...completionsCounted(title, intervals));
  }
  return { standings: shown, counted };
}

/** The intervals of the period; what goes on after it is cut off at its last day. */
function spansOf(room: StoredRoom, known: RequirementFacts, intervals: readonly Interval[]) {
  return intervals
    .filter(({ fromDay, toDay }) => fromDay <= room.lastDay && (toDay === null || toDay > room.fromDay))
    .map(interval => {
      const from = interval.fromDay < room.fromDay ? room.fromDay : interval.fromDay;
      const end = interval.toDay === null ? room.lastDay : daysAfter(interval.toDay, -1);
      const to = end < room.lastDay ? end : room.lastDay;
      const inputs = whyInputs(known, interval, from);
      return {
        days:
          from === to
            ? spoken('people.onDay', { day: dayWords(from) })
            : spoken('people.fromTo', { from: dayWords(from), to: dayWords(to) }),
        tag: standingTag(interval.standing),
        due: dueText(interval.standing, interval.dueDay),
        because: inputs ? whySteps(inputs).map(stepInWords).join(' ') : '',
      };
    });
}
