import { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { ZipFile } from 'yazl';

type Piece = string | Uint8Array;

/** A file in a pack: its path and what it holds, which may come in pieces. */
export interface PackFile {
  readonly path: string;
  readonly content: Piece | AsyncIterable<Piece>;
}

/** Pieces are packed together up to this size: each call of the packer costs. */
const GATHERED = 65_536;

/** Packed already: packing these again takes time and saves nothing. */
const PACKED = /\.(pdf|png|zip)$/;

/** The first day that a ZIP can name, in any zone: the same files are the same bytes. */
const TIMELESS = { mtime: new Date(1980, 0, 1), forceDosTimestamp: true };

/**
 * A ZIP of files, piece by piece: a pack of any size takes the same memory, but for a line of the directory for each file. Each
 * file is asked for once the one before it has been read. Whoever stops reading ends it.
 */
export async function* zipFiles(files: AsyncIterable<PackFile>): AsyncGenerator<Uint8Array> {
  const zip = new ZipFile();
  const output = zip.outputStream as Readable;
  const stopped = new AbortController();
  const fail = (fault: Error) => void output.destroy(fault);
  zip.on('error', fail);
  void addAll(zip, files, stopped.signal).catch(fail);
  try {
    yield* output as AsyncIterable<Uint8Array>;
  } finally {
    stopped.abort();
  }
}

async function addAll(zip: ZipFile, files: AsyncIterable<PackFile>, signal: AbortSignal): Promise<void> {
  for await (const { path, content } of files) {
    const source = Readable.from(
      isInOnePiece(content) ? [Buffer.from(content as string)] : gathered(content),
    );
    zip.addReadStream(source, path, { ...TIMELESS, compress: !PACKED.test(path) });
    await finished(source, { signal }).finally(() => source.destroy());
  }
  zip.end();
}

/** Whether all of a file is there at once. */
export const isInOnePiece = (content: PackFile['content']): content is Piece =>
  typeof content === 'string' || content instanceof Uint8Array;

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
