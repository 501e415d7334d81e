import type { Translate } from '../../../platform/i18n/i18n.js';
import { columnsOf, type Cell, type CsvTable } from '../../../platform/lib/text/csv.js';
import type { RosterFault } from './preview/compare.js';
import type { TableRow } from './reading/roster-table.js';
import type { StoredVerdict } from './stored-verdicts.js';

/** A part of a list of people with what came of each row. */
interface JudgedPart {
  readonly rows: readonly TableRow[];
  readonly verdicts: readonly StoredVerdict[];
}

/** The rows that were not imported: their columns as they were uploaded, then why, and how to repair it. */
export const faultsTable = (
  header: readonly string[],
  parts: AsyncIterable<JudgedPart>,
  t: Translate,
): CsvTable => ({
  columns: columnsOf('string', ...header, t('roster.reasonColumn'), t('roster.repairColumn')),
  parts: faultRecords(header.length, parts, t),
});

async function* faultRecords(
  width: number,
  parts: AsyncIterable<JudgedPart>,
  t: Translate,
): AsyncGenerator<Cell[][]> {
  for await (const { rows, verdicts } of parts)
    yield rows.flatMap(({ cells }, at) => {
      const faults = verdicts[at]?.faults ?? [];
      const asUploaded = Array.from({ length: width }, (_, column) => cells[column] ?? '');
      return faults.length > 0 ? [[...asUploaded, ...reasonsOf(faults, t)]] : [];
    });
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
