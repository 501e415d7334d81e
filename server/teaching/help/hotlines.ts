import type { HotlineCountry, Hotline, HotlineDirectory } from '../content/schema/types.js';
import { daysAfter, daysLeft } from '../../platform/lib/days.js';
import type { OwnHotlineFacts } from './own-hotlines/own-hotline.js';

/**
 * The part of a hotline that decides whether it may still be shown: the day on which it was checked, like 2026-11-24, and
 * the last day on which it counts as checked, where the content names one.
 */
interface Checked {
  readonly checkedOn: string | null;
  readonly expires?: string | null;
}

/**
 * A hotline as pages show it. `checkedOn` is in words; a `stale` one asks to be confirmed; an `expired` one is shown only
 * where there is no better one.
 */
export type ShownHotline<H extends Checked> = H & { readonly stale: boolean; readonly expired: boolean };

/** What a page of hotlines depends on: the moment (epoch ms), and how a day is written for its reader. */
export interface PageContext {
  readonly now: number;
  readonly inWords: (day: string) => string;
}

/** A hotline not checked for this long asks to be confirmed; after twice as long it has expired (days). */
const STALE_DAYS = 90;

/** One that nobody has checked is stale, but has not expired. */
export const isStale = ({ checkedOn }: Checked, now: number): boolean =>
  !checkedOn || daysLeft(daysAfter(checkedOn, STALE_DAYS), now) < 0;

export const isExpired = (hotline: Checked, now: number): boolean => {
  const until = goodUntil(hotline);
  return until !== null && daysLeft(until, now) < 0;
};

/** The last day (UTC) on which a hotline counts as checked; null for one that nobody has checked. */
export const goodUntil = ({ checkedOn, expires }: Checked): string | null =>
  expires ?? (checkedOn && daysAfter(checkedOn, 2 * STALE_DAYS));

/** Hotlines for a page: days in words, and marks for those that are stale or have expired. */
export const markHotlines = <H extends Checked>(
  hotlines: readonly H[],
  { now, inWords }: PageContext,
): ShownHotline<H>[] =>
  hotlines.map(hotline => ({
    ...hotline,
    checkedOn: hotline.checkedOn && inWords(hotline.checkedOn),
    stale: isStale(hotline, now),
    expired: isExpired(hotline, now),
  }));

/** An organisation's own hotline, unless it has expired: who answers such a number changes, so an old one is hidden. */
export const freshHotlines = <H extends Checked>(
  hotlines: readonly H[],
  page: PageContext,
): ShownHotline<H>[] =>
  markHotlines(
    hotlines.filter(hotline => !isExpired(hotline, page.now)),
    page,
  );

/** The kinds of hotline that every country's page has: where a country has none, the one for all other countries. */
const KINDS = ['hotline', 'child-helpline', 'online-material'] as const;

/** The country with this code; null for one that the directory does not hold. */
export const countryOf = ({ countries }: HotlineDirectory, code: string): HotlineCountry | null =>
  countries.find(country => country.code === code) ?? null;

/** All countries as a list shows them: by name, and the entry for all other countries last. */
export const countriesByName = ({ countries }: HotlineDirectory): HotlineCountry[] =>
  [...countries].sort(
    (a, b) => Number(a.code === 'INT') - Number(b.code === 'INT') || a.name.localeCompare(b.name),
  );

/** Whether there is something to dial or to open, and so something that can go out of date. */
export const canExpire = ({ phone, url }: Pick<Hotline, 'phone' | 'url'>): boolean =>
  phone !== null || url !== null;

/**
 * Published hotlines without those that have expired, except where no other of their kind is left: a number that was right
 * half a year ago, and says so, helps somebody in need more than none.
 */
export function usableHotlines(hotlines: readonly Hotline[], now: number): Hotline[] {
  const good = hotlines.filter(hotline => isGood(hotline, now));
  return hotlines.filter(each => isGood(each, now) || !good.some(({ label }) => label === each.label));
}

const isGood = (hotline: Hotline, now: number): boolean => !canExpire(hotline) || !isExpired(hotline, now);

/** A country's hotlines that may be shown at `now`; for kinds of which it has no good one, those for other countries. */
export function hotlinesFor(directory: HotlineDirectory, country: HotlineCountry, now: number): Hotline[] {
  const own = usableHotlines(country.lines, now);
  const good = own.filter(hotline => isGood(hotline, now));
  const others = countryOf(directory, 'INT');
  const missing = KINDS.filter(kind => !good.some(({ label }) => label === kind));
  const filled =
    others && others !== country
      ? usableHotlines(others.lines, now).filter(({ label }) => missing.some(kind => kind === label))
      : [];
  return [...own, ...filled];
}

/** How a published hotline was checked: somebody called it, or read an official source. */
export const CHECK_METHODS = ['called', 'source'] as const;

/** What an administrator found out about a published hotline; it replaces what the content says. */
export interface HotlineFindings {
  readonly how: (typeof CHECK_METHODS)[number];
  readonly phone: string | null;
  readonly url: string | null;
  readonly hours: string | null;
  readonly checkedOn: string;
}

/**
 * The directory with what administrators found out. Of a check and the content, the one with the later day counts, so an
 * old entry does not hide a newer check in a release; on the same day the administrator's check counts. It lasts as long
 * as any check, whatever day the content names. Those that were switched off (`off`, by id) are left out.
 */
export const withChecks = (
  directory: HotlineDirectory,
  checks: ReadonlyMap<string, HotlineFindings>,
  off: ReadonlySet<string> = new Set(),
): HotlineDirectory => ({
  ...directory,
  countries: directory.countries.map(country => ({
    ...country,
    lines: country.lines
      .filter(({ id }) => !off.has(id))
      .map(hotline => {
        const check = checks.get(hotline.id);
        return check && isCurrentCheck(check, hotline) ? { ...hotline, ...check, expires: null } : hotline;
      }),
  })),
});

/** Whether a check is at least as new as the hotline in the content. */
export const isCurrentCheck = (check: Checked, hotline: Checked): boolean =>
  (check.checkedOn ?? '') >= (hotline.checkedOn ?? '');

/** How long before its last good day a hotline is due for a check (days). */
const DUE_DAYS = 60;

/** A published hotline that is due for a check, or overdue. `daysLeft` is below zero once it has expired. */
export interface DueHotline {
  readonly id: string;
  readonly until: string;
  readonly daysLeft: number;
}

/** The hotlines that expire within 60 days of `now`, and those that have expired, the earliest first. */
export const dueHotlines = ({ countries }: HotlineDirectory, now: number): DueHotline[] =>
  countries
    .flatMap(({ lines }) => lines.filter(canExpire))
    .flatMap(hotline => {
      const until = goodUntil(hotline);
      if (until === null) return [];
      const left = daysLeft(until, now);
      return left <= DUE_DAYS ? [{ id: hotline.id, until, daysLeft: left }] : [];
    })
    .sort((a, b) => a.daysLeft - b.daysLeft);

/** An organisation's own hotline in the shape of the published ones. `note` says whose it is. */
export const asHotline = ({ name, phone, hours, checkedOn }: OwnHotlineFacts, note: string) => ({
  label: 'own' as const,
  name,
  phone,
  url: null,
  hours,
  languages: null,
  note,
  checkedOn,
});
