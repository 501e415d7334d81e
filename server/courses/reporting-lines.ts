import type { HotlineLine } from './content/types.js';

/** A reporting line as pages show it. `checkedOn` is in words. */
export type ShownLine = HotlineLine & { readonly stale: boolean };

/** A reporting line not checked for this long asks to be confirmed; after twice as long it is hidden (days). */
const STALE_DAYS = 90;
const DAY = 86_400_000;

/** The lines that may still be shown, the old ones marked. `inWords` writes a day for the reader. */
export function freshLines(
  lines: readonly HotlineLine[],
  { now, inWords }: { now: number; inWords: (day: string) => string },
): ShownLine[] {
  const age = ({ checkedOn }: HotlineLine) =>
    checkedOn ? (now - Date.parse(checkedOn)) / DAY : STALE_DAYS + 1;
  return lines
    .filter(line => age(line) <= 2 * STALE_DAYS)
    .map(line => ({
      ...line,
      checkedOn: line.checkedOn && inWords(line.checkedOn),
      stale: age(line) > STALE_DAYS,
    }));
}
