import type { ProvenMark } from '../../../proof/certificates/ledger/checkpoints.js';
import { formatDate, type Place } from '../../../platform/i18n/i18n.js';
import { spoken } from '../../../platform/i18n/spoken.js';

/** On which day all entries of the log were checked, and those that came since. */
export function checkedText(proven: ProvenMark | null, place: Place): string {
  if (!proven) return spoken('eventLog.checkedNever');
  const [day, whole] = [formatDate(proven.at, place), formatDate(proven.wholeAt, place)];
  return spoken(day === whole ? 'eventLog.checkedWhole' : 'eventLog.checkedSince', { day, whole });
}
