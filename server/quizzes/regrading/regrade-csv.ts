import { csv } from '../../lib/text/csv.js';
import type { LineRow } from './regrade-lines.js';

const HEADER: readonly string[] = [
  'attempt',
  'name (empty: you may not see it)',
  'submitted (UTC)',
  'change',
  'certificate',
  'right answers before',
  'right answers after',
  'points before (100 a question)',
  'points after (100 a question)',
  'most points',
  'job (empty: none was asked for, or not for you to see)',
];

/** One record for each attempt that changes; the header stands before the first part of a file. */
export function linesCsv(
  lines: readonly LineRow[],
  mayName: (line: LineRow) => boolean,
  { isFirst }: { isFirst: boolean },
): string {
  const text = csv(
    HEADER,
    lines.map(line => [
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
    ]),
  );
  return isFirst ? text : text.slice(text.indexOf('\r\n') + 2);
}
