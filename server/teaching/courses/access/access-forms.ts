import { typed, typedDay } from '../../../platform/http/forms.js';
import { spoken } from '../../../platform/i18n/spoken.js';
import { dayFrom, daysAfter } from '../../../platform/lib/days.js';

type Errors = Record<string, string>;

/** Most letters of a reason, and of an answer. */
const MOST_LETTERS = 500;

/**
 * From which day a course can be started, and on which no longer: the last day counts, and what is kept is the day after it. A
 * first day that is left out is '': at once. `today`: in the zone of the organisation.
 */
export function readDays(body: unknown, today: string) {
  const from = dayFrom(typedDay(body, 'from'));
  const last = dayFrom(typedDay(body, 'last'));
  const errors: Errors = {
    ...(from === null || (from !== '' && from < today) ? { from: spoken('errors.roleFrom') } : {}),
    ...(last === null || (last !== '' && last < (from || today)) ? { last: spoken('errors.roleLast') } : {}),
  };
  return { fromDay: from ?? '', untilDay: last ? daysAfter(last, 1) : null, errors };
}

/** Why somebody asks for a course. */
export function readReason(body: unknown): { reason: string; errors: Errors } {
  const reason = typed(body, 'reason').trim();
  const isGood = reason.length >= 10 && reason.length <= MOST_LETTERS;
  return { reason, errors: isGood ? {} : { reason: spoken('errors.courseReason') } };
}

/** What may be decided on a request: it is granted to all of the organisation, to units that it chooses, to one unit; or declined. */
export type AccessDecision = 'all' | 'by-unit' | 'unit' | 'declined';

/** A decision on a request, among those that are offered, with what is said to whoever asked. Whoever declines says why. */
export function readAccessDecision(body: unknown, offered: readonly AccessDecision[], today: string) {
  const decision = offered.find(each => each === typed(body, 'decision'));
  const answer = typed(body, 'answer').trim();
  const isMissing = decision === 'declined' && answer.length < 10;
  const days = decision === 'declined' ? { fromDay: '', untilDay: null, errors: {} } : readDays(body, today);
  const errors: Errors = {
    ...(decision ? {} : { decision: spoken('errors.courseDecision') }),
    ...days.errors,
    ...(isMissing || answer.length > MOST_LETTERS ? { answer: spoken('errors.courseAnswer') } : {}),
  };
  if (!decision || Object.keys(errors).length > 0) return { ok: false as const, errors };
  const { fromDay, untilDay } = days;
  return { ok: true as const, value: { decision, answer, fromDay, untilDay } };
}
