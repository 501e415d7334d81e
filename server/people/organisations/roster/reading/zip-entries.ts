import type { Readable } from 'node:stream';
import { fromBufferPromise, type Entry, type ZipFile } from 'yauzl';
import { RefusedFile } from './roster-table.js';

/** Most that the files we read may hold together, in bytes. */
const MAX_UNPACKED = 100 * 1024 * 1024;
const MAX_ENTRIES = 1_000;
const ENCRYPTED = 0x1;

/** Files of a package, by name, each still packed. */
export type ZipEntries<Name extends string> = ReadonlyMap<Name, () => AsyncIterable<Buffer>>;

/**
 * Opens a ZIP and finds the files with these names, at its top or in one folder; nothing else in it is read. What they hold
 * is counted while they are unpacked, and the first byte too many ends it (a ZIP bomb costs no more than that). Throws
 * RefusedFile for a ZIP that is broken, encrypted, too large, or leads out of itself by its names.
 */
export async function zipEntries<const Name extends string>(
  bytes: Uint8Array,
  names: readonly Name[],
): Promise<ZipEntries<Name>> {
  const zip = await open(bytes);
  if (zip.entryCount > MAX_ENTRIES) throw new RefusedFile('zip-too-large');
  const left = { bytes: MAX_UNPACKED };
  const found = new Map<Name, () => AsyncIterable<Buffer>>();
  for (const entry of await directory(zip)) {
    const name = names.find(each => isNamed(entry, each.toLowerCase()));
    if (!name) continue;
    if (found.has(name)) throw new RefusedFile('zip-names');
    found.set(name, () => unpack(zip, entry, left));
  }
  return found;
}

/** By its name, at the top or in one folder. */
function isNamed({ fileName }: Entry, name: string): boolean {
  const path = fileName.toLowerCase();
  return path === name || path.replace(/^[^/]+\//, '') === name;
}

const open = (bytes: Uint8Array): Promise<ZipFile> =>
  fromBufferPromise(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), {
    lazyEntries: true,
    strictFileNames: true,
  }).catch(() => Promise.reject(new RefusedFile('zip')));

async function directory(zip: ZipFile): Promise<Entry[]> {
  const entries: Entry[] = [];
  try {
    for await (const entry of zip.eachEntry()) entries.push(entry);
  } catch {
    throw new RefusedFile('zip-names');
  }
  return entries;
}

async function* unpack(zip: ZipFile, entry: Entry, left: { bytes: number }): AsyncGenerator<Buffer> {
  if (entry.generalPurposeBitFlag & ENCRYPTED) throw new RefusedFile('zip-encrypted');
  if (entry.uncompressedSize > left.bytes) throw new RefusedFile('zip-too-large');
  try {
    const stream: Readable = await zip.openReadStreamPromise(entry);
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      left.bytes -= chunk.length;
      if (left.bytes < 0) throw new RefusedFile('zip-too-large');
      yield chunk;
    }
  } catch (fault) {
    throw fault instanceof RefusedFile ? fault : new RefusedFile('zip');
  }
}
