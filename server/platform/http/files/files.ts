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

/**
 * Answers with a file on disk that never changes: its hash is its ETag, and a download that broke off goes on in the middle.
 * Returns whether it was there. A reader who goes away is not a fault.
 */
export function sendKept(
  res: Response,
  path: string,
  { name, type, sha256 }: Pick<SentFile, 'name' | 'type'> & { readonly sha256: string },
): Promise<boolean> {
  fileHeaders(res, { name, type }).set('ETag', `"${sha256}"`);
  const asItIs = { cacheControl: false, lastModified: false, etag: false, dotfiles: 'allow' } as const;
  return new Promise((done, failed) => {
    res.sendFile(path, asItIs, (fault?: NodeJS.ErrnoException & { status?: number }) => {
      if (!fault || ABORTED.has(fault.code ?? '')) return done(true);
      return fault.code === 'ENOENT' ? done(false) : failed(fault);
    });
  });
}

const ABORTED: ReadonlySet<string> = new Set(['ECONNABORTED', 'EPIPE', 'ECONNRESET']);

const fileHeaders = (res: Response, { name, type }: Pick<SentFile, 'name' | 'type'>): Response =>
  res
    .set('Content-Type', type)
    .set('Content-Disposition', `attachment; filename="${name}"`)
    .set('Cache-Control', 'no-store');
