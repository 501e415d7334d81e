import { formatDate, type Place } from '../../../platform/i18n/i18n.js';
import { spoken } from '../../../platform/i18n/spoken.js';
import { isExpired, isStale } from '../hotlines.js';
import type { OwnHotlineEntry, OwnHotlineFacts } from './own-hotline.js';
import { checkDay } from '../page-context.js';

/** An organisation's own hotline and everything that was entered before, newest first. */
export function ownHotlinePage(
  history: readonly OwnHotlineEntry[],
  { now, place }: { now: number; place: Place },
) {
  const line = history[0]?.line ?? null;
  return {
    line: line && inWords(line),
    state: line && (isExpired(line, now) ? 'hidden' : isStale(line, now) ? 'stale' : null),
    number: (history[0]?.number ?? 0) + 1,
    history: history.map(entry => ({
      line: entry.line && inWords(entry.line),
      entered: spoken('person.recordedBy', {
        name: entry.enteredBy,
        date: formatDate(entry.createdAt, place),
      }),
    })),
  };
}

/** The question before the hotline is removed; null where there is none. */
export function removalPage([newest]: readonly OwnHotlineEntry[]) {
  return newest?.line ? { line: inWords(newest.line), number: newest.number + 1 } : null;
}

const inWords = (line: OwnHotlineFacts) => ({ ...line, checkedOn: checkDay(line.checkedOn) });
