import { shownAddress } from '../../../people/accounts/no-address.js';
import { formatDate, type Place, type Translate } from '../../../platform/i18n/i18n.js';
import { waitUntil } from '../../../platform/i18n/waits.js';
import { ALLOWANCES } from '../../../teaching/quizzes/attempts/limits.js';
import type { DayParts } from '../../../platform/lib/days.js';
import type { AgreedTime } from '../../../teaching/quizzes/attempts/time/extra-time.js';
import type { LimitedQuiz } from './limited-attempts.js';
import type { PersonRow } from './person.js';
import { quizName } from '../../../teaching/quizzes/quiz-words.js';

/** The view values of a person's page. `form`: what was typed, and what has to be corrected. */
export function personValues(
  {
    person,
    organisations,
    limited,
    now,
  }: {
    person: PersonRow;
    organisations: readonly { id: string; name: string; extraTimes: readonly AgreedTime[] }[];
    limited: readonly LimitedQuiz[];
    now: number;
  },
  form: { values: Record<string, string | DayParts>; errors: Record<string, string> },
  { place, t }: { place: Place; t: Translate },
) {
  const home = `/admin/people/${person.id}`;
  const holds = ({ extraTimes: [newest] }: { extraTimes: readonly AgreedTime[] }) =>
    newest && (newest.untilAt === null || newest.untilAt >= now) ? newest.allowance : 'none';
  const several = organisations.length > 1;
  const used = organisations.flatMap(({ extraTimes }) => extraTimes.map(({ number }) => number));
  return {
    person: {
      name: person.name,
      email: shownAddress(person.email),
      since: formatDate(person.createdAt, place),
      isAdministrator: Boolean(person.isAdministrator),
      isDisabled: person.disabledAt !== null,
      mergedInto: person.mergedInto,
    },
    holds: organisations.map(each => ({
      label: several ? t('person.extraTimeAt', { organisation: each.name }) : t('person.extraTime'),
      value: t(`person.allowance.${holds(each)}`),
    })),
    extraTimes: newestFirst(organisations).map(
      ({ organisation, allowance, agreedOn, agreedBy, untilAt, recordedBy, createdAt }) => ({
        what: t(`person.allowance.${allowance}`),
        organisation: several ? organisation : null,
        agreedOn: formatDate(Date.parse(agreedOn), { ...place, timeZone: 'UTC' }),
        agreedBy,
        until: untilAt === null ? t('person.noEnd') : formatDate(untilAt, place),
        recorded: t('person.recordedBy', { name: recordedBy, date: formatDate(createdAt, place) }),
      }),
    ),
    extraTime: {
      ...form,
      action: `${home}/extra-times`,
      // One form for all organisations: its number is free in each of them.
      number: Math.max(0, ...used) + 1,
      organisations: several ? organisations.map(({ id, name }) => ({ value: id, label: name })) : [],
      allowances: ALLOWANCES.map(value => ({ value, label: t(`person.allowance.${value}`) })),
    },
    limited: limited.map(({ cycleId, quiz, title, course, granted, ...standing }) => ({
      title: quizName(quiz, title, t),
      course,
      tries: triesTexts(standing, now, { place, t }),
      cycle: cycleId,
      quiz,
      number: granted + 1,
    })),
    grantAction: `${home}/attempt-grants`,
    erasureHref: `${home}/erasure`,
  };
}

/** How many tries are used and left, within which time, and when the next one opens without anybody. */
function triesTexts(
  { used, left, days, from }: Pick<LimitedQuiz, 'used' | 'left' | 'days' | 'from'>,
  now: number,
  { place, t }: { place: Place; t: Translate },
): string[] {
  const within = days === null ? [] : [t('person.within', { days: t('limits.days', { count: days }) })];
  const opens = from === null ? [] : [t('person.opens', { wait: waitUntil(from, now, place, t).words })];
  return [t('person.used', { count: used }), t('person.left', { count: left }), ...within, ...opens];
}

/** The extra times agreed in all organisations, each with its organisation. */
const newestFirst = (organisations: readonly { name: string; extraTimes: readonly AgreedTime[] }[]) =>
  organisations
    .flatMap(({ name, extraTimes }) => extraTimes.map(agreed => ({ ...agreed, organisation: name })))
    .sort((a, b) => b.createdAt - a.createdAt || b.number - a.number);
