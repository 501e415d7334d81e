import { Readable, pipeline } from 'node:stream';
import { crc32, createDeflateRaw, deflateRawSync } from 'node:zlib';
import { dataDescriptor, directoryEntry, endOfZip, localHeader, type ZipEntry } from './zip-records.js';

type Piece = string | Uint8Array;

/** A file in a pack: its path and what it holds, which may come in pieces. */
export interface PackFile {
  readonly path: string;
  readonly content: Piece | AsyncIterable<Piece>;
}

/** The largest file that our entries can hold, in bytes: who has more makes several. */
const MOST = 0xffffffff;

/** Pieces are packed together up to this size: each call of the packer costs. */
const GATHERED = 65_536;

/** Packed already: packing these again takes time and saves nothing. */
const PACKED = /\.(pdf|png|zip)$/;

/**
 * A ZIP of files, piece by piece: a pack of any size takes the same memory, but for a line of the directory for each file. Its
 * numbers have no limit. Throws RangeError where one file is larger than 4 GB.
 */
export async function* zipFiles(files: AsyncIterable<PackFile>): AsyncGenerator<Uint8Array> {
  const directory: Buffer[] = [];
  let at = 0;
  for await (const { path, content } of files) {
    const begin = at;
    const parts = isInOnePiece(content) ? whole(path, content, begin) : streamed(path, content, begin);
    let entry: ZipEntry | undefined;
    for await (const { bytes, written } of parts) {
      at += bytes.length;
      entry = written ?? entry;
      yield bytes;
    }
    if (entry) directory.push(directoryEntry(entry));
  }
  const size = directory.reduce((sum, { length }) => sum + length, 0);
  yield* directory;
  yield endOfZip({ count: directory.length, size, at });
}

/** Bytes of the ZIP; with the last of a file, what the directory has to know of it. */
interface Part {
  readonly bytes: Uint8Array;
  readonly written?: ZipEntry;
}

/** Whether all of a file is there at once. */
export const isInOnePiece = (content: PackFile['content']): content is Piece =>
  typeof content === 'string' || content instanceof Uint8Array;

function* whole(path: string, content: Piece, at: number): Generator<Part> {
  const data = Buffer.from(content as string);
  const isDeflated = !PACKED.test(path);
  const bytes = isDeflated ? deflateRawSync(data) : data;
  const sums = { crc: crc32(data), packed: bytes.length, size: data.length };
  const written = { name: Buffer.from(path), isDeflated, isStreamed: false, ...sums, at };
  yield { bytes: localHeader(written), written };
  yield { bytes };
}

async function* streamed(path: string, content: AsyncIterable<Piece>, at: number): AsyncGenerator<Part> {
  const blank = { name: Buffer.from(path), isDeflated: true, isStreamed: true, at };
  let [crc, packed, size] = [0, 0, 0];
  yield { bytes: localHeader({ ...blank, crc, packed, size }) };
  const measured = async function* () {
    for await (const bytes of gathered(content)) {
      crc = crc32(bytes, crc);
      size += bytes.length;
      yield bytes;
    }
  };
  // What goes wrong in the pieces ends the loop below.
  const packer = pipeline(Readable.from(measured()), createDeflateRaw(), () => undefined);
  for await (const bytes of packer as AsyncIterable<Buffer>) {
    packed += bytes.length;
    yield { bytes };
  }
  if (size > MOST || packed > MOST) throw new RangeError(`${path} is larger than 4 GB`);
  const written = { ...blank, crc, packed, size };
  yield { bytes: dataDescriptor(written), written };
}

async function* gathered(content: AsyncIterable<Piece>): AsyncGenerator<Buffer> {
  let held: Buffer[] = [];
  let size = 0;
  for await (const piece of content) {
    const bytes = Buffer.from(piece as string);
    held.push(bytes);
    size += bytes.length;
    if (size < GATHERED) continue;
    yield Buffer.concat(held);
    [held, size] = [[], 0];
  }
  if (size > 0) yield Buffer.concat(held);
}
