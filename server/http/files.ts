import type { Response } from 'express';

/** A file as a browser saves it: its name, its media type and all its bytes. */
export interface SentFile {
  readonly name: string;
  readonly type: string;
  readonly body: string | Uint8Array;
}

const CSV_TYPE = 'text/csv; charset=utf-8; header=present';

/** Answers with a file to save. No cache keeps it. */
export function sendFile(res: Response, { name, type, body }: SentFile): void {
  fileHeaders(res, { name, type }).end(body);
}

/** Begins the answer with a CSV file that is too large to hold at once: its parts are then written to `res`. */
export const beginCsv = (res: Response, name: string): Response => fileHeaders(res, { name, type: CSV_TYPE });

const fileHeaders = (res: Response, { name, type }: Pick<SentFile, 'name' | 'type'>): Response =>
  res
    .set('Content-Type', type)
    .set('Content-Disposition', `attachment; filename="${name}"`)
    .set('Cache-Control', 'no-store');
