import { spoken } from '../../../platform/i18n/spoken.js';
import { dayOf, daysAfter } from '../../../platform/lib/days.js';
import { displayCode } from '../../../platform/lib/ids.js';
import { dayWords } from '../day-words.js';
import type { JoinCodeFacts } from './join-codes.js';
import { joinState } from './join-state.js';

export const codesHome = (organisationId: string): string => `/organisations/${organisationId}/joining`;

/** A code as its list and its poster show it. `title`: of the course that it leads to, or null. */
export function codeValues(code: JoinCodeFacts, title: string | null, now: number) {
  const { id, organisationId, unit, joined, mostPeople } = code;
  const state = joinState(code, dayOf(now, code.timeZone));
  return {
    id,
    code: displayCode(code.code),
    state,
    stateText: spoken(`joinCodes.state.${state}`),
    where: unit ?? spoken('roles.whole'),
    course: title ?? code.courseSlug,
    days: daysOf(code),
    joined:
      mostPeople === null
        ? spoken('joinCodes.joined', { count: joined })
        : spoken('joinCodes.joinedOf', { count: joined, most: mostPeople }),
    poster: `${codesHome(organisationId)}/${id}/poster`,
    end: code.endedAt === null ? `${codesHome(organisationId)}/${id}/end` : null,
  };
}

const daysOf = ({ fromDay, untilDay }: JoinCodeFacts): string =>
  untilDay === null
    ? spoken('roles.from', { from: dayWords(fromDay) })
    : spoken('roles.fromUntil', { from: dayWords(fromDay), last: dayWords(daysAfter(untilDay, -1)) });
