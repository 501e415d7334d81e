import type { Translate } from '../../i18n/i18n.js';
import { csv } from '../../lib/text/csv.js';
import type { RosterFault } from './preview/compare.js';
import type { TableRow } from './reading/roster-table.js';
import type { StoredVerdict } from './stored-verdicts.js';

/**
 * The rows of a part that were not imported, as CSV: their columns as they were uploaded, then why, and how to repair it.
 * With the header where it is the first part.
 */
export function faultsCsv(
  header: readonly string[],
  part: { readonly rows: readonly TableRow[]; readonly verdicts: readonly StoredVerdict[] },
  { isFirst, t }: { isFirst: boolean; t: Translate },
): string {
  const columns = [...header, t('roster.reasonColumn'), t('roster.repairColumn')];
  const records = part.rows.flatMap(({ cells }, at) => {
    const faults = part.verdicts[at]?.faults ?? [];
    return faults.length > 0
      ? [[...header.map((_, column) => cells[column] ?? ''), ...reasonsOf(faults, t)]]
      : [];
  });
  const text = csv(columns, records);
  // The mark tells spreadsheets that the letters are UTF-8.
  return isFirst ? `\ufeff${text}` : text.slice(csv(columns, []).length);
}

const reasonsOf = (faults: readonly RosterFault[], t: Translate): [string, string] => [
  faults
    .map(({ code, found, near = [] }) => {
      const what = t(`roster.fault.${code}`, { count: 1 });
      return `${what}: ${near.length > 0 ? t('roster.near', { found, near }) : found}`;
    })
    .join('; '),
  faults.map(({ code }) => t(`roster.repair.${code}`)).join(' '),
];
