import { createHash } from 'node:crypto';
import type { Request, RequestHandler, Response, Router } from 'express';
import { recordTaken, type TakenKind } from '../../events/taken-files.js';
import { csvParts, type CsvTable } from '../../lib/text/csv.js';
import { CSV_METADATA_TYPE, csvMetadata, csvMetadataName } from '../../lib/text/csv-metadata.js';
import { beginCsv, sendFile } from './files.js';

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

/** Answers at the address of a CSV file with the file, and beside it with what its columns mean: one handler for both. */
export function csvRoutes(router: Router, path: string, handler: RequestHandler): void {
  router.get(path, handler);
  router.get(csvMetadataName(path), handler);
}

/** Where somebody asks for a file, and the answer. */
interface Asking {
  readonly req: Request;
  readonly res: Response;
}

/**
 * Answers with a table as CSV or, at the address beside it (`csvRoutes`), with what its columns mean: no record is read for that,
 * and nothing leaves.
 */
export async function exportCsv({ req, res }: Asking, table: ExportedTable, by: Taken): Promise<void> {
  const described = csvMetadataName(table.name);
  if (req.path.endsWith(csvMetadataName('.csv')))
    return sendFile(res, { name: described, type: CSV_METADATA_TYPE, body: csvMetadata(table, table.name) });
  res.set(
    'Link',
    `<${csvMetadataName(req.baseUrl + req.path)}>; rel="describedby"; type="${CSV_METADATA_TYPE}"`,
  );
  await sendTable(res, table, by);
}

/**
 * Sends a table as CSV, no faster than it is read, and records that it left. The event comes before the end of the
 * file: whoever has all of it stands in the log, and so does whoever went away in the middle, with the records sent till then.
 */
async function sendTable(res: Response, table: ExportedTable, { clock, ...by }: Taken): Promise<void> {
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
