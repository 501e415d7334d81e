import { NotFound } from '../../../../errors.js';
import { spoken } from '../../../../platform/i18n/spoken.js';
import { daysAfter } from '../../../../platform/lib/days.js';
import { dayWords, daysInWords } from '../../../../people/organisations/day-words.js';
import { ofKind } from '../../../../people/organisations/people/member-facts.js';
import { readMembers } from '../../../../people/organisations/people/stored-members.js';
import { decidedText, exemptionText } from '../../../requirements/exemptions/exemption-texts.js';
import { requirementsOfPerson } from '../../../requirements/exemptions/requirements-of-person.js';
import { ruleWordsOf } from '../../../requirements/rules/rule-words.js';
import { hrefOf } from '../../standing-filters.js';
import { dayFilters, knownIn, type RoomDay } from '../room-day.js';
import { calledIn, deciderIn } from '../room-names.js';
import { peopleNumbered, type RoomMember } from '../sealing/room-people.js';
import { alikeTogether } from './alike.js';
import { coursesIn } from './courses-in.js';
import { decisionRow, decisionsOf } from './decisions.js';
import { learned } from './learned.js';
import { standingsInPeriod } from './standings-in-period.js';

/** One person of a room: where they worked, how they stood and why, what they completed, and what was decided about them. */
export async function historyPage(look: RoomDay, number: number) {
  const { room, home } = look;
  const [person] = await peopleNumbered(room.id, [number]);
  if (!person) throw new NotFound();
  const courses = await coursesIn(room);
  const { standings, counted } = await standingsInPeriod(look, person.membershipId);
  const { places, employment, hiredOn } = await placesOf(look, person);
  const { credits, cycles } = await learned(look, person, { courses, counted, hiredOn });
  return {
    ...calledIn(room, person),
    back: hrefOf(`${home}/people`, dayFilters(look)),
    known: knownIn(look),
    ask: `${home}/requests?person=${number}`,
    ...{ places, employment, standings, credits, cycles },
    summary: summaryOf(look, { standings, credits }),
    exemptions: await exemptionsOf(look, person),
    decisions: (await decisionsOf(look, { number, courses })).map(each => ({
      ...decisionRow(look, each),
      person: null,
    })),
  };
}

/** In short: how they stood with each requirement on the day that is looked at, and how often they completed something. */
function summaryOf({ day }: RoomDay, { standings, credits }: Summarised) {
  return {
    day: spoken('room.history.onDay', { day: dayWords(day) }),
    standings: standings.flatMap(({ title, onDay }) => (onDay === null ? [] : { title, ...onDay })),
    completed:
      credits[0] === undefined
        ? spoken('room.history.never')
        : spoken('room.history.completions', { count: credits.length, last: credits[0].day }),
  };
}

interface Summarised {
  readonly standings: Awaited<ReturnType<typeof standingsInPeriod>>['standings'];
  readonly credits: Awaited<ReturnType<typeof learned>>['credits'];
}

/** Where they worked in the period, since when they are employed, and on which day they were hired first (null: nobody said). */
async function placesOf({ room, today }: RoomDay, { membershipId }: RoomMember) {
  const organisation = { id: room.organisationId, timeZone: room.timeZone };
  const member = (await readMembers(organisation, [membershipId])).get(membershipId);
  if (!member) return { places: [], employment: [], hiredOn: null };
  const { unitName } = await ruleWordsOf(room.organisationId, room.lastDay);
  const inPeriod = <S extends { fromDay: string; toDay: string | null }>(spans: readonly S[]): S[] =>
    spans
      .filter(({ fromDay, toDay }) => fromDay <= room.lastDay && (toDay === null || toDay > room.fromDay))
      .sort((one, other) => (one.fromDay < other.fromDay ? -1 : 1));
  const hired = ofKind(member.facts, 'hired').map(({ value }) => value);
  return {
    hiredOn: [...hired].sort()[0] ?? null,
    places: inPeriod(member.places).map(place => ({
      text: [unitName(place.value.unitId), place.value.job].filter(Boolean).join(', '),
      days: daysInWords(place, today),
    })),
    employment: [
      ...hired.map(day => spoken('room.hired', { day: dayWords(day) })),
      ...alikeTogether(inPeriod(ofKind(member.facts, 'employment')), ({ value }) => value).map(
        ({ parts, ...days }) =>
          `${spoken(`people.employment.${parts[0]?.value ?? 'active'}`)}. ${daysInWords(days, today)}`,
      ),
    ],
  };
}

/** Exemptions and extensions that count on days of the period: the class of reason and who decided, never a note. */
async function exemptionsOf({ room, requirements }: RoomDay, { membershipId }: RoomMember) {
  const { exemptions } = await requirementsOfPerson(membershipId, room.organisationId);
  const titles = new Map(requirements.map(({ id, title }) => [id, title]));
  return exemptions
    .filter(({ requirementId }) => titles.has(requirementId))
    .filter(({ fromDay, toDay }) => fromDay <= room.lastDay && daysAfter(toDay, -1) >= room.fromDay)
    .map(({ requirementId, recordedAt, isSoleDecider, actorId, actorName, ...exemption }) => ({
      requirement: titles.get(requirementId) ?? '',
      text: exemptionText({ ...exemption, isSoleDecider }),
      decided: decidedText(
        { actorName: deciderIn(room, { id: actorId, name: actorName }), recordedAt, isSoleDecider },
        room.timeZone,
      ),
    }));
}
