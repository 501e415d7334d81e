import { dayWords } from '../../../../people/organisations/day-words.js';
import { daysAfter } from '../../../../platform/lib/days.js';
import { loadEverSaid } from '../../../requirements/reckoning/load-facts.js';
import type { RequirementFacts } from '../../../requirements/requirement-facts.js';
import { ruleSentence } from '../../../requirements/rules/rule-sentence.js';
import { ruleWordsOf } from '../../../requirements/rules/rule-words.js';
import type { Interval } from '../../../requirements/standing-interval.js';
import { asKnown } from '../../../requirements/timeline/as-known.js';
import { intervalOn, timeline } from '../../../requirements/timeline/timeline.js';
import { dueText, standingTag } from '../../standing-signs.js';
import { whyInputs } from '../../why/why-inputs.js';
import { stepInWords } from '../../why/why-page.js';
import { whySteps } from '../../why/why-steps.js';
import { spoken } from '../../../../platform/i18n/spoken.js';
import { alikeTogether } from './alike.js';
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
    shown.push({
      title,
      sentence: ruleSentence(rule, words),
      onDay: standingOn(intervals, look.day),
      spans: spansOf(room, known, intervals),
    });
    counted.push(...completionsCounted(title, intervals));
  }
  return { standings: shown, counted };
}

/** How somebody stands on the day that is looked at; null: they were not there yet. */
function standingOn(intervals: readonly Interval[], day: string) {
  const found = intervalOn(intervals, day);
  return found && { tag: standingTag(found.standing), due: dueText(found.standing, found.dueDay) };
}

/** The intervals of the period, those that say the same as one; what goes on after it is cut off at its last day. */
function spansOf(room: StoredRoom, known: RequirementFacts, intervals: readonly Interval[]) {
  const inPeriod = intervals.filter(
    ({ fromDay, toDay }) => fromDay <= room.lastDay && (toDay === null || toDay > room.fromDay),
  );
  const said = ({ standing, dueDay }: Interval) => `${standing} ${dueText(standing, dueDay) ?? ''}`;
  return alikeTogether(inPeriod, said).map(({ fromDay, toDay, parts }) => {
    const from = later(fromDay, room.fromDay);
    const end = toDay === null ? room.lastDay : daysAfter(toDay, -1);
    const to = end < room.lastDay ? end : room.lastDay;
    const [first] = parts;
    return {
      days:
        from === to
          ? spoken('people.onDay', { day: dayWords(from) })
          : spoken('people.fromTo', { from: dayWords(from), to: dayWords(to) }),
      tag: standingTag(first?.standing ?? 'not-required'),
      due: first ? dueText(first.standing, first.dueDay) : null,
      because: parts.flatMap(part => whyText(known, part, later(part.fromDay, room.fromDay)) ?? []),
    };
  });
}

const later = (one: string, other: string): string => (one < other ? other : one);

function whyText(known: RequirementFacts, interval: Interval, day: string): string | null {
  const inputs = whyInputs(known, interval, day);
  return inputs && whySteps(inputs).map(stepInWords).join(' ');
}
