import type { HotlineCountry, HotlineLine, Hotlines } from './content/types.js';
import type { OwnLine } from './own-line.js';

/** As much of a reporting line as decides whether it may still be shown: when it was checked, like 2026-11-24. */
interface Checked {
  readonly checkedOn: string | null;
}

/** A reporting line as pages show it. `checkedOn` is in words; `stale` ones ask to be confirmed. */
export type Shown<Line extends Checked> = Line & { readonly stale: boolean };

/** How a page is read: at what moment, and how a day is written for its reader. */
export interface Reading {
  readonly now: number;
  readonly inWords: (day: string) => string;
}

/** A reporting line not checked for this long asks to be confirmed; after twice as long it is hidden (days). */
const STALE_DAYS = 90;
const DAY = 86_400_000;

/** How long ago a line was checked (days). One that nobody has checked is as good as old, and still shown. */
const age = ({ checkedOn }: Checked, now: number): number =>
  checkedOn ? (now - Date.parse(checkedOn)) / DAY : STALE_DAYS + 1;

export const isStale = (line: Checked, now: number): boolean => age(line, now) > STALE_DAYS;
export const isHidden = (line: Checked, now: number): boolean => age(line, now) > 2 * STALE_DAYS;

/** The lines that may still be shown, the old ones marked. */
export const freshLines = <Line extends Checked>(
  lines: readonly Line[],
  { now, inWords }: Reading,
): Shown<Line>[] =>
  lines
    .filter(line => !isHidden(line, now))
    .map(line => ({
      ...line,
      checkedOn: line.checkedOn && inWords(line.checkedOn),
      stale: isStale(line, now),
    }));

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

/** A country's lines that may be shown at `now`, as they stand in the directory. */
export function linesOf(hotlines: Hotlines, country: HotlineCountry, now: number): HotlineLine[] {
  const usable = ({ lines }: HotlineCountry) => lines.filter(line => !isHidden(line, now));
  const own = usable(country);
  const others = countryOf(hotlines, 'INT');
  const missing = KINDS.filter(kind => !own.some(({ label }) => label === kind));
  const filled = others ? usable(others).filter(({ label }) => missing.some(kind => kind === label)) : [];
  return [...own, ...filled];
}

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
