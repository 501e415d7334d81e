import { dayFrom, type DayParts } from '../../platform/lib/days.js';
import { spoken } from '../../platform/i18n/spoken.js';
import { dayParts } from '../../people/organisations/day-words.js';
import { organisationHead } from '../../people/organisations/organisation-tabs.js';
import type { OpenStandings } from './open-standings.js';
import { hrefOf } from './standing-filters.js';

/** The day to look at, and the day at whose end it was said; both as typed. */
export interface TypedDays {
  readonly on: DayParts;
  readonly known: DayParts;
}

/** Where the typed days lead; else what has to be corrected. Nobody has said anything on a day that has not come. */
export function otherDay(
  { home, filters, today }: OpenStandings,
  typed: TypedDays,
): { href: string; errors: null } | { href: null; errors: Record<string, string> } {
  const [on, known] = [dayFrom(typed.on), dayFrom(typed.known)];
  const errors = {
    ...(on ? {} : { on: spoken('reports.day.errorOn') }),
    ...(known === null || known > today ? { known: spoken('reports.day.errorKnown') } : {}),
  };
  if (Object.keys(errors).length > 0) return { href: null, errors };
  return { href: hrefOf(home, { ...filters, on, known: known === '' ? null : known }), errors: null };
}

/** The form that asks for another day. */
export const otherDayPage = (
  open: OpenStandings,
  typed: TypedDays | null,
  errors: Record<string, string>,
) => ({
  organisation: organisationHead(open.organisation, open.actor),
  back: hrefOf(open.home, open.filters),
  action: `${open.home}/day`,
  kept: (['requirement', 'unit', 'shown'] as const).flatMap(name => {
    const value = open.filters[name];
    return value === null ? [] : { name, value };
  }),
  values: typed ?? {
    on: dayParts(open.day),
    known: open.filters.known === null ? null : dayParts(open.filters.known),
  },
  errors,
});
