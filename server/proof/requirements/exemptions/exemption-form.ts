import { typed, typedDay } from '../../../platform/http/forms.js';
import { spoken } from '../../../platform/i18n/spoken.js';
import { dayFrom, daysAfter } from '../../../platform/lib/days.js';
import { dayParts } from '../../../people/organisations/day-words.js';
import { EXEMPTION_REASONS, LONGEST_EXEMPTION } from './exemption-reasons.js';
import type { NewExemption } from './exemptions.js';
import type { HandMark } from './marks.js';

type Read<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly errors: Record<string, string> };

const error = (name: string): string => spoken(`exemptions.error.${name}`);

/** Reads whom to exempt how: a waiver until a last day, or an extension until a day by which. Both begin today or later. */
export function readExemption(body: unknown, today: string): Read<NewExemption> {
  const [kind, reason] = [
    typed(body, 'kind'),
    EXEMPTION_REASONS.find(each => each === typed(body, 'reason')),
  ];
  const [fromDay, last] = [dayFrom(typedDay(body, 'from')) || null, dayFrom(typedDay(body, 'until')) || null];
  const note = typed(body, 'note').trim();
  const isKind = kind === 'waiver' || kind === 'extension';
  const begins = fromDay !== null && fromDay >= today && fromDay <= daysAfter(today, LONGEST_EXEMPTION);
  const errors = {
    ...(isKind ? {} : { kind: error('kind') }),
    ...(reason ? {} : { reason: error('reason') }),
    ...(begins ? {} : { from: error('from') }),
    ...untilError(fromDay ?? today, last),
  };
  if (!isKind || !reason || !fromDay || !last || Object.keys(errors).length > 0) return { ok: false, errors };
  const dueDay = kind === 'extension' ? last : null;
  return { ok: true, value: { kind, reason, fromDay, toDay: daysAfter(last, 1), dueDay, note } };
}

function untilError(fromDay: string, last: string | null): Record<string, string> {
  if (last === null || last < fromDay) return { until: error('until') };
  return last > daysAfter(fromDay, LONGEST_EXEMPTION) ? { until: error('long') } : {};
}

/** What was typed into the form of an exemption, to show it again. */
export const typedExemption = (body: unknown) => ({
  ...{ kind: typed(body, 'kind'), reason: typed(body, 'reason'), note: typed(body, 'note') },
  ...{ from: typedDay(body, 'from'), until: typedDay(body, 'until') },
});

/** What the form of an exemption begins with. */
export const blankExemption = (today: string) => ({
  ...{ kind: '', reason: '', note: '', from: dayParts(today), until: dayParts('') },
});

const MARKS: readonly HandMark[] = ['added', 'removed', 'none'];

/** Reads whether somebody is added or taken out by hand, from which day on. */
export function readMark(
  body: unknown,
  today: string,
): Read<{ readonly mark: HandMark; readonly fromDay: string }> {
  const mark = MARKS.find(each => each === typed(body, 'mark'));
  const fromDay = dayFrom(typedDay(body, 'day')) || null;
  const isDay = fromDay !== null && fromDay >= today && fromDay <= daysAfter(today, LONGEST_EXEMPTION);
  const errors = { ...(mark ? {} : { mark: error('mark') }), ...(isDay ? {} : { day: error('from') }) };
  return mark && isDay ? { ok: true, value: { mark, fromDay } } : { ok: false, errors };
}
