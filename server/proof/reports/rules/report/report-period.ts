import { typed, typedDay } from '../../../../platform/http/forms.js';
import { dayFrom, daysAfter, monthsAfter, type DayParts } from '../../../../platform/lib/days.js';

/** A period, both days included. */
export interface ReportPeriod {
  readonly from: string;
  readonly last: string;
}

/** The longest period of a report, in days. */
const LONGEST = 5 * 366;

/** The years that end before a day, or contain it, the one that ended last first. `begins`: like "10-01". */
export function yearsBefore(today: string, begins: string): ReportPeriod[] {
  const year = Number(today.slice(0, 4));
  const all = [year, year - 1, year - 2, year - 3].map(each => yearFrom(`${each}-${begins}`));
  const ended = all.filter(({ last }) => last < today);
  return [...ended.slice(0, 2), ...all.filter(({ from, last }) => from <= today && today <= last)];
}

const yearFrom = (from: string): ReportPeriod => ({ from, last: daysAfter(monthsAfter(from, 12), -1) });

/** What an address asks for. Without days it is the period to begin with. Null: the days are no period. */
export function askedPeriod(query: unknown, otherwise: ReportPeriod): Asked {
  const days = { from: typedDay(query, 'from'), last: typedDay(query, 'last') };
  const [from, last] = [
    isoIn(query, 'from') ?? (dayFrom(days.from) || null),
    isoIn(query, 'last') ?? (dayFrom(days.last) || null),
  ];
  if (!isAsked(query)) return { period: otherwise, typed: null, wrong: [] };
  const isLast = last !== null && (from === null || (last >= from && last <= daysAfter(from, LONGEST)));
  const wrong = [...(from === null ? (['from'] as const) : []), ...(isLast ? [] : (['last'] as const))];
  const period = from !== null && last !== null && wrong.length === 0 ? { from, last } : null;
  return { period, typed: days, wrong };
}

interface Asked {
  readonly period: ReportPeriod | null;
  /** As it was typed, to show it again; null: it was not. */
  readonly typed: { readonly from: DayParts; readonly last: DayParts } | null;
  readonly wrong: readonly ('from' | 'last')[];
}

const isAsked = (query: unknown): boolean =>
  ['from', 'last', 'from-year', 'last-year'].some(name => typed(query, name) !== '');

/** A day in one field, as our own links write it. */
function isoIn(query: unknown, field: string): string | null {
  const [year = '', month = '', day = ''] = typed(query, field).split('-');
  return dayFrom({ year, month, day }) || null;
}
