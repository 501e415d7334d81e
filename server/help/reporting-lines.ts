import type { HotlineCountry, HotlineLine, Hotlines } from '../courses/content/schema/types.js';
import type { OwnLine } from './own-line.js';

/** As much of a reporting line as decides whether it may still be shown: when it was checked, like 2026-11-24. */
interface Checked {
  readonly checkedOn: string | null;
}

/**
 * A reporting line as pages show it. `checkedOn` is in words; `stale` ones ask to be confirmed; `expired` ones are shown
 * only for want of a better one.
 */
export type Shown<Line extends Checked> = Line & { readonly stale: boolean; readonly expired: boolean };

/** How a page is read: at what moment, and how a day is written for its reader. */
export interface Reading {
  readonly now: number;
  readonly inWords: (day: string) => string;
}

/** A reporting line not checked for this long asks to be confirmed; after twice as long it has expired (days). */
const STALE_DAYS = 90;
const DAY = 86_400_000;

/** How long ago a line was checked (whole days). One that nobody has checked is as good as old, and has not expired. */
const age = ({ checkedOn }: Checked, now: number): number =>
  checkedOn ? Math.floor((now - Date.parse(checkedOn)) / DAY) : STALE_DAYS + 1;

export const isStale = (line: Checked, now: number): boolean => age(line, now) > STALE_DAYS;
export const isExpired = (line: Checked, now: number): boolean => age(line, now) > 2 * STALE_DAYS;

/** The last day (UTC) on which a line counts as checked; null for one that nobody has checked. */
export const goodUntil = ({ checkedOn }: Checked): string | null =>
  checkedOn && new Date(Date.parse(checkedOn) + 2 * STALE_DAYS * DAY).toISOString().slice(0, 10);

/** Lines in words for a page, the old ones marked. */
export const markLines = <Line extends Checked>(
  lines: readonly Line[],
  { now, inWords }: Reading,
): Shown<Line>[] =>
  lines.map(line => ({
    ...line,
    checkedOn: line.checkedOn && inWords(line.checkedOn),
    stale: isStale(line, now),
    expired: isExpired(line, now),
  }));

/** The organisation's own line while it may be shown: the person behind a number of one's own changes, so an old one is hidden. */
export const freshLines = <Line extends Checked>(lines: readonly Line[], reading: Reading): Shown<Line>[] =>
  markLines(
    lines.filter(line => !isExpired(line, reading.now)),
    reading,
  );

/** The two kinds of line that every country's page has: where it has none of its own, that of other countries. */
const KINDS = ['hotline', 'child-helpline'] as const;

/** The country with this code; null for one that the directory does not hold. */
export const countryOf = ({ countries }: Hotlines, code: string): HotlineCountry | null =>
  countries.find(country => country.code === code) ?? null;

/** All countries as a list shows them: by name, and what holds for all others last. */
export const countriesByName = ({ countries }: Hotlines): HotlineCountry[] =>
  [...countries].sort(
    (a, b) => Number(a.code === 'INT') - Number(b.code === 'INT') || a.name.localeCompare(b.name),
  );

/** Whether there is something to dial or to open, and so something that can be out of date. */
export const canExpire = ({ phone, url }: Pick<HotlineLine, 'phone' | 'url'>): boolean =>
  phone !== null || url !== null;

/**
 * Public lines without those that have expired, but for kinds of which no other is left: somebody in need is helped more by
 * a number that was right half a year ago, and says so, than by none.
 */
export function usableLines(lines: readonly HotlineLine[], now: number): HotlineLine[] {
  const isGood = (line: HotlineLine) => !canExpire(line) || !isExpired(line, now);
  const good = lines.filter(isGood);
  return lines.filter(line => isGood(line) || !good.some(({ label }) => label === line.label));
}

/** A country's lines that may be shown at `now`, and those of other countries for kinds of which it has no good one. */
export function linesOf(hotlines: Hotlines, country: HotlineCountry, now: number): HotlineLine[] {
  const own = usableLines(country.lines, now);
  const good = own.filter(line => !canExpire(line) || !isExpired(line, now));
  const others = countryOf(hotlines, 'INT');
  const missing = KINDS.filter(kind => !good.some(({ label }) => label === kind));
  const filled =
    others && others !== country
      ? usableLines(others.lines, now).filter(({ label }) => missing.some(kind => kind === label))
      : [];
  return [...own, ...filled];
}

/** How a public line was checked: somebody called it, or read an official source. */
export const WAYS = ['called', 'source'] as const;

/** What an administrator found out about a public line; it replaces what the content says. */
export interface LineCheck {
  readonly how: (typeof WAYS)[number];
  readonly phone: string | null;
  readonly url: string | null;
  readonly hours: string | null;
  readonly checkedOn: string;
}

/**
 * The directory with what administrators found. Of a check and the content the one with the later day counts, so a release
 * with a newer check is not held back by an old entry; on the same day the administrator's does.
 */
export const withChecks = (hotlines: Hotlines, checks: ReadonlyMap<string, LineCheck>): Hotlines => ({
  ...hotlines,
  countries: hotlines.countries.map(country => ({
    ...country,
    lines: country.lines.map(line => {
      const check = checks.get(line.id);
      return check && counts(check, line) ? { ...line, ...check } : line;
    }),
  })),
});

/** Whether a check is at least as new as what the content says. */
export const counts = (check: Checked, line: Checked): boolean =>
  (check.checkedOn ?? '') >= (line.checkedOn ?? '');

/** How long before its last good day a line is to be checked again (days). */
const WARNED = 60;

/** A public line that has to be checked soon, or had to be. `daysLeft` is below zero once it has expired. */
export interface DueLine {
  readonly id: string;
  readonly until: string;
  readonly daysLeft: number;
}

/** The lines that expire within 60 days of `now`, and those that have, the earliest first. */
export const dueLines = ({ countries }: Hotlines, now: number): DueLine[] =>
  countries
    .flatMap(({ lines }) => lines.filter(canExpire))
    .flatMap(line => {
      const until = goodUntil(line);
      const daysLeft = 2 * STALE_DAYS - age(line, now);
      return until && daysLeft <= WARNED ? [{ id: line.id, until, daysLeft }] : [];
    })
    .sort((a, b) => a.daysLeft - b.daysLeft);

/** The organisation's own line in the shape of the others. `note` says whose it is. */
export const asLine = ({ name, phone, hours, checkedOn }: OwnLine, note: string) => ({
  label: 'own' as const,
  name,
  phone,
  url: null,
  hours,
  languages: null,
  note,
  checkedOn,
});
