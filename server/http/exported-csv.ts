import { createHash } from 'node:crypto';
import type { Response } from 'express';
import { recordTaken, type TakenKind } from '../events/taken-files.js';
import { csvParts, type CsvTable } from '../lib/text/csv.js';
import { beginCsv } from './files.js';

/** A table that leaves as CSV. `name`: of the file; `filters`: what it was narrowed to, as ids, codes and days. */
export interface ExportedTable extends CsvTable {
  readonly kind: TakenKind;
  readonly name: string;
  readonly filters?: Readonly<Record<string, string>>;
}

/** For whom, from which organisation (null: from the whole installation). */
interface Taken {
  readonly actorId: string;
  readonly organisationId: string | null;
  readonly clock: () => number;
}

/**
 * Answers with a table as CSV, no faster than it is read, and records that it left. The event comes before the end of the
 * file: whoever has all of it stands in the log, and so does whoever went away in the middle, with the records sent till then.
 */
export async function exportCsv(res: Response, table: ExportedTable, { clock, ...by }: Taken): Promise<void> {
  const { kind, name, filters = {} } = table;
  const hash = createHash('sha256');
  let sent = 0;
  let isWhole = false;
  beginCsv(res, name);
  try {
    for await (const { text, rows } of csvParts(table)) {
      if (res.closed) return;
      hash.update(text);
      sent += rows;
      if (!res.write(text)) await drained(res);
    }
    isWhole = true;
  } finally {
    const sha256 = isWhole ? hash.digest('hex') : null;
    await recordTaken({ file: kind, filters, rows: sent, sha256 }, { ...by, now: clock() });
  }
  res.end();
}

/** Until the reader has taken what was written, or is gone. */
const drained = (res: Response): Promise<void> =>
  new Promise(done => {
    res.once('drain', done);
    res.once('close', done);
  });
