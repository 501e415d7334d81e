import { typed } from '../../platform/http/forms.js';
import { dayFrom, daysAfter } from '../../platform/lib/days.js';
import { isId } from '../../platform/lib/ids.js';
import { AHEAD, STANDINGS, type Standing } from '../requirements/standings.js';

/** Within so many days, the day itself included, something has to be done. */
const WINDOWS = { 'due-30': 30, 'due-60': 60, 'due-90': 90 } as const;

/** Which people a list shows: those who stand in a way, or for whom something is due within so many days. */
export type Shown = Exclude<Standing, 'not-required'> | keyof typeof WINDOWS;

export const SHOWN: readonly Shown[] = [
  ...(Object.keys(WINDOWS) as (keyof typeof WINDOWS)[]),
  ...STANDINGS.filter(standing => standing !== 'not-required'),
];

/** What a list of standings is narrowed by, as its address says. `on`: the day; `known`: as it was said at the end of that day. */
export interface StandingFilters {
  readonly requirement: string | null;
  readonly unit: string | null;
  readonly shown: Shown | null;
  readonly on: string | null;
  readonly known: string | null;
}

/** What an address asks for; what it cannot mean is left out. */
export function filtersFrom(query: unknown): StandingFilters {
  const idIn = (field: string) => (isId(typed(query, field)) ? typed(query, field) : null);
  return {
    requirement: idIn('requirement'),
    unit: idIn('unit'),
    shown: SHOWN.find(each => each === typed(query, 'shown')) ?? null,
    on: dayIn(typed(query, 'on')),
    known: dayIn(typed(query, 'known')),
  };
}

function dayIn(text: string): string | null {
  const [year = '', month = '', day = ''] = text.split('-');
  return text !== '' && dayFrom({ day, month, year }) === text ? text : null;
}

/** The address of a list with these filters, and others changed. */
export function hrefOf(home: string, filters: Partial<StandingFilters> & { after?: string }): string {
  const set = Object.entries(filters).filter((each): each is [string, string] => Boolean(each[1]));
  return set.length === 0 ? home : `${home}?${new URLSearchParams(set).toString()}`;
}

/** What a filter asks of a standing on a day: one of these standings and, with `dueBy`, a due day up to that one. */
export function askedBy(
  shown: Shown | null,
  day: string,
): { standings: readonly Standing[]; dueBy: string | null } {
  if (shown === null) return { standings: STANDINGS.filter(each => each !== 'not-required'), dueBy: null };
  return shown in WINDOWS
    ? { standings: AHEAD, dueBy: daysAfter(day, WINDOWS[shown as keyof typeof WINDOWS]) }
    : { standings: [shown as Standing], dueBy: null };
}
