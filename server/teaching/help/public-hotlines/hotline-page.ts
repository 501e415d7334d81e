import type { HotlineCountry, Hotline, HotlineDirectory } from '../../content/schema/types.js';
import type { HotlineCheckEntry } from './hotline-checks.js';
import { canExpire, countriesByName, isCurrentCheck, goodUntil, isExpired, isStale } from '../hotlines.js';
import { checkDay } from '../page-context.js';
import { NotFound } from '../../../errors.js';
import { formatDate } from '../../../platform/i18n/i18n.js';
import { hereIn, spoken } from '../../../platform/i18n/spoken.js';

/** A hotline and its country. */
interface Located {
  readonly country: HotlineCountry;
  readonly line: Hotline;
}

/** A hotline that can be checked, by its id. Throws NotFound where there is none, and for advice without a number or address. */
export function findHotline(directory: HotlineDirectory, id: string): Located {
  const found = locate(directory, id);
  if (!found) throw new NotFound();
  return found;
}

/** As `findHotline`; null where the directory holds none, as when it was switched off. */
export function locate({ countries }: HotlineDirectory, id: string): Located | null {
  for (const country of countries) {
    const line = country.lines.find(each => each.id === id && canExpire(each));
    if (line) return { country, line };
  }
  return null;
}

/** All countries with their hotlines, for the list. */
export const hotlineRows = (
  hotlines: HotlineDirectory,
  builtIn: HotlineDirectory,
  checks: ReadonlyMap<string, HotlineCheckEntry>,
  now: number,
) =>
  countriesByName(builtIn).map(({ code, name, emergency, lines }) => ({
    code,
    name,
    emergency: emergency.numbers.join(', ') || emergency.note,
    lines: lines.filter(canExpire).map(line => ({
      ...factsOf(locate(hotlines, line.id)?.line ?? line, line, checks.get(line.id), now),
      href: `/admin/reporting-lines/${line.id}`,
    })),
  }));

/** One hotline with its history. */
export function hotlineValues(
  { found, builtIn }: { found: Located; builtIn: Located },
  history: readonly HotlineCheckEntry[],
  { now, timeZone }: { now: number; timeZone: string },
) {
  const [newest] = history;
  const { phone, url, hours } = found.line;
  return {
    country: found.country.name,
    line: factsOf(found.line, builtIn.line, newest, now),
    isOutdone: Boolean(newest?.check && !isCurrentCheck(newest.check, builtIn.line)),
    filled: { phone: phone ?? '', url: url ?? '', hours: hours ?? '' },
    action: `/admin/reporting-lines/${found.line.id}`,
    number: (newest?.number ?? 0) + 1,
    canRevert: Boolean(newest?.check ?? newest?.isOff),
    isOff: Boolean(newest?.isOff),
    builtIn: {
      what: whatOf(builtIn.line),
      checked: dayInWords(builtIn.line.checkedOn),
      source: builtIn.line.source,
    },
    history: history.map(({ check, isOff, by, createdAt }) => ({
      what: check ? whatOf(check) : isOff ? spoken('publicLines.switchedOff') : null,
      checked: check && spoken(`publicLines.how.${check.how}`, { date: dayInWords(check.checkedOn) }),
      source: check?.source ?? null,
      entered: spoken('person.recordedBy', { name: by, date: formatDate(createdAt, hereIn(timeZone)) }),
    })),
  };
}

/** A hotline as it is now, in texts; `newest`: the newest entry for it. */
function factsOf(line: Hotline, builtIn: Hotline, newest: HotlineCheckEntry | undefined, now: number) {
  const check = newest?.check && isCurrentCheck(newest.check, builtIn) ? newest.check : null;
  const until = goodUntil(line);
  return {
    name: line.name,
    kind: line.label,
    phone: line.phone,
    url: line.url,
    hours: line.hours,
    state: newest?.isOff ? 'off' : isExpired(line, now) ? 'expired' : isStale(line, now) ? 'stale' : 'good',
    checked: dayInWords(line.checkedOn),
    until: until && dayInWords(until),
    by: check ? (newest?.by ?? null) : null,
    source: check ? check.source : line.source,
    owner: line.owner ?? null,
  };
}

const whatOf = ({ phone, url, hours }: Pick<Hotline, 'phone' | 'url' | 'hours'>): string =>
  [phone, url, hours].filter(Boolean).join(' · ');

const dayInWords = (day: string | null): string => (day ? checkDay(day) : spoken('publicLines.never'));
