import { formatDate, type Place, type Translate } from '../i18n/i18n.js';
import { ALLOWANCES } from '../quizzes/attempt-policy.js';
import type { DayParts } from '../lib/days.js';
import type { ExtraTime } from '../quizzes/extra-time.js';
import type { LimitedQuiz } from './limited-quizzes.js';
import type { PersonRow } from './queries.js';
import { quizName } from './quiz-names.js';

/** The values of one person's page. `form` is what was typed and what is to be mended. */
export function personValues(
  {
    person,
    extraTimes,
    limited,
    now,
  }: {
    person: PersonRow;
    extraTimes: readonly ExtraTime[];
    limited: readonly LimitedQuiz[];
    now: number;
  },
  form: { values: Record<string, string | DayParts>; errors: Record<string, string> },
  { place, t }: { place: Place; t: Translate },
) {
  const home = `/admin/people/${person.id}`;
  const [newest] = extraTimes;
  const holds = newest && (newest.untilAt === null || newest.untilAt >= now) ? newest.allowance : 'none';
  return {
    person: {
      name: person.name,
      email: person.email,
      since: formatDate(person.createdAt, place),
      isAdministrator: Boolean(person.isAdministrator),
      isDisabled: person.disabledAt !== null,
    },
    holds: t(`person.allowance.${holds}`),
    extraTimes: extraTimes.map(({ allowance, agreedOn, agreedBy, untilAt, recordedBy, createdAt }) => ({
      what: t(`person.allowance.${allowance}`),
      agreedOn: formatDate(Date.parse(agreedOn), { ...place, timeZone: 'UTC' }),
      agreedBy,
      until: untilAt === null ? t('person.noEnd') : formatDate(untilAt, place),
      recorded: t('person.recordedBy', { name: recordedBy, date: formatDate(createdAt, place) }),
    })),
    extraTime: {
      ...form,
      action: `${home}/extra-times`,
      number: (newest?.number ?? 0) + 1,
      allowances: ALLOWANCES.map(value => ({ value, label: t(`person.allowance.${value}`) })),
    },
    limited: limited.map(({ cycleId, quiz, title, course, used, granted, left }) => ({
      title: quizName(quiz, title, t),
      course,
      used,
      left,
      cycle: cycleId,
      quiz,
      number: granted + 1,
    })),
    grantAction: `${home}/attempt-grants`,
  };
}
