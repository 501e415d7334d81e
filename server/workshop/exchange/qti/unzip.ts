import type { Readable } from 'node:stream';
import { fromBufferPromise, type Entry, type ZipFile } from 'yauzl';
import type { Refusal } from '../exchange-report.js';

export type Unzipped =
  | { readonly ok: true; readonly files: ReadonlyMap<string, Buffer> }
  | { readonly ok: false; readonly code: Refusal };

/** A bank of 200 items has about 600 kB. */
const MAX_BYTES = 8_000_000;
const MAX_FILES = 1_000;

/**
 * Unpacks a zip in memory. The parser reads the directory at its end, refuses names that lead out of the package, and
 * stops a file that gives more than it declared; what is declared is bounded here, so a zip bomb costs no more than
 * `MAX_BYTES`. Encrypted files, and folders beyond `MAX_FILES` files, are refused whole.
 */
export async function unzip(bytes: Uint8Array): Promise<Unzipped> {
  try {
    const zip = await fromBufferPromise(Buffer.from(bytes), { lazyEntries: true, strictFileNames: true });
    return zip.entryCount > MAX_FILES ? { ok: false, code: 'too-large' } : await readAll(zip);
  } catch {
    return { ok: false, code: 'zip' };
  }
}

async function readAll(zip: ZipFile): Promise<Unzipped> {
  const files = new Map<string, Buffer>();
  let left = MAX_BYTES;
  for await (const entry of zip.eachEntry()) {
    if (entry.fileName.endsWith('/')) continue;
    left -= entry.uncompressedSize;
    if (left < 0) return { ok: false, code: 'too-large' };
    files.set(entry.fileName, await read(zip, entry));
  }
  return { ok: true, files };
}

async function read(zip: ZipFile, entry: Entry): Promise<Buffer> {
  const stream: Readable = await zip.openReadStreamPromise(entry);
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
