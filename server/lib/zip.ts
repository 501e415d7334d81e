import { Zip, ZipDeflate } from 'fflate';

/** A file in a pack: its path and its text, which may come in pieces. */
export interface PackFile {
  readonly path: string;
  readonly content: string | AsyncIterable<string>;
}

/** The earliest time that a zip can hold: the same files give the same bytes. */
const MTIME = new Date(1980, 0, 1);

/** A zip of files, piece by piece: a pack of any size takes the same memory. */
export async function* zipFiles(files: AsyncIterable<PackFile>): AsyncGenerator<Uint8Array> {
  const ready: Uint8Array[] = [];
  const zip = new Zip((fault, piece) => {
    if (fault) throw fault;
    ready.push(piece);
  });
  for await (const { path, content } of files) {
    const entry = new ZipDeflate(path, { level: 6 });
    entry.mtime = MTIME;
    zip.add(entry);
    for await (const text of pieces(content)) {
      entry.push(Buffer.from(text));
      yield* ready.splice(0);
    }
    entry.push(new Uint8Array(), true);
    yield* ready.splice(0);
  }
  zip.end();
  yield* ready.splice(0);
}

/** The pieces of a text, one or many. */
export async function* pieces(content: PackFile['content']): AsyncGenerator<string> {
  if (typeof content === 'string') yield content;
  else yield* content;
}
