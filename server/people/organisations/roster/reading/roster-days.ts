/** How the file writes days that do not begin with the year; null: nobody has said. */
export type DayOrder = 'day-first' | 'month-first';

export type ReadDay =
  | { readonly ok: true; readonly day: string }
  | { readonly ok: false; readonly fault: 'day' | 'day-two-digits' | 'day-order' };

const ISO = /^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?:[T ]00:00(?::00(?:\.0+)?)?Z?)?$/;
const OTHER = /^(\d{1,2})([-/. ])(\d{1,2})\2(\d{4})(?: 00:00(?::00)?)?$/;
const TWO_DIGITS = /^\d{1,2}([-/. ])\w{1,3}\1\d{2}$/;

/**
 * A day as rosters write it, like "2026-11-24". With the year first, or in the order that somebody chose: no order is ever
 * guessed. A year of two digits is refused.
 */
export function readRosterDay(text: string, order: DayOrder | null): ReadDay {
  const [, year, , month, day] = ISO.exec(text) ?? [];
  if (year && month && day) return known({ year, month, day });
  const [, first, , second, last] = OTHER.exec(text) ?? [];
  if (!first || !second || !last)
    return { ok: false, fault: TWO_DIGITS.test(text) ? 'day-two-digits' : 'day' };
  const orders = {
    'day-first': known({ year: last, month: second, day: first }),
    'month-first': known({ year: last, month: first, day: second }),
  };
  if (order !== null) return orders[order];
  const isDay = Object.values(orders).some(({ ok }) => ok);
  return { ok: false, fault: isDay ? 'day-order' : 'day' };
}

/** Without the library of dates: files hold tens of thousands of them. */
function known({ year, month, day }: { year: string; month: string; day: string }): ReadDay {
  const text = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const date = new Date(text);
  const isDay = !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
  return isDay ? { ok: true, day: text } : { ok: false, fault: 'day' };
}
