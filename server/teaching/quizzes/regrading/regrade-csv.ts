import { columnsOf, type Cell, type CsvColumn, type CsvTable } from '../../../platform/lib/text/csv.js';
import type { LineRow } from './regrade-lines.js';

const COLUMNS: readonly CsvColumn[] = [
  ...columnsOf('string', 'attempt', 'name (empty: you may not see it)'),
  ...columnsOf('dateTime', 'submitted (UTC)'),
  ...columnsOf('string', 'change', 'certificate'),
  ...columnsOf('integer', 'right answers before', 'right answers after'),
  ...columnsOf('integer', 'points before (100 a question)', 'points after (100 a question)', 'most points'),
  ...columnsOf('string', 'job (empty: none was asked for, or not for you to see)'),
];

/** One record for each attempt that changes. */
export const changesTable = (
  parts: AsyncIterable<readonly LineRow[]>,
  mayName: (line: LineRow) => boolean,
): CsvTable => ({ columns: COLUMNS, parts: changeRecords(parts, mayName) });

async function* changeRecords(
  parts: AsyncIterable<readonly LineRow[]>,
  mayName: (line: LineRow) => boolean,
): AsyncGenerator<Cell[][]> {
  for await (const lines of parts)
    yield lines.map(line => [
      line.attemptId,
      mayName(line) ? line.name : null,
      new Date(line.submittedAt).toISOString(),
      line.change,
      line.certificate,
      line.rightBefore,
      line.rightAfter,
      line.pointsBefore,
      line.pointsAfter,
      line.maxPoints,
      mayName(line) ? line.job : null,
    ]);
}
