import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { CannotStart } from '../../config.js';
import { readManifest, type Manifest } from './manifest.js';
import { untarred, type ReadPart } from './tar.js';

/** A manifest is a few KB: anything larger is none, and is not read into memory. */
const MAX_MANIFEST = 1024 * 1024;

/**
 * Unpack a backup into `folder`, each part checked against the manifest while it is written. `accept` looks at the
 * manifest before anything is written, and throws where it must not be unpacked. Throws `CannotStart` for a file that is
 * damaged, incomplete or no backup; the caller removes what has been written by then.
 */
export async function unpack(
  file: string,
  folder: string,
  accept: (manifest: Manifest) => void | Promise<void>,
): Promise<Manifest> {
  try {
    const parts = untarred(createReadStream(file).pipe(createGunzip()) as AsyncIterable<Buffer>);
    const first = await parts.next();
    const manifest = await manifestIn(first.done ? null : first.value);
    await accept(manifest);
    const expected = new Map(manifest.parts.map(part => [part.name, part]));
    for await (const part of parts) {
      const known = expected.get(part.name);
      expected.delete(part.name);
      const hash = known && part.size === known.size ? await keep(part, join(folder, part.name)) : null;
      if (known === undefined || hash !== known.sha256)
        throw new Error(`${part.name} is not what was backed up`);
    }
    const [missing] = expected.keys();
    if (missing !== undefined) throw new Error(`${missing} is missing`);
    return manifest;
  } catch (fault) {
    if (fault instanceof CannotStart) throw fault;
    const why = fault instanceof Error ? fault.message : String(fault);
    throw new CannotStart(`The backup ${file} cannot be read (${why}): take another one.`, 1);
  }
}

async function manifestIn(first: ReadPart | null): Promise<Manifest> {
  const isManifest = first && first.name === 'manifest.json' && first.size <= MAX_MANIFEST;
  return readManifest(isManifest ? await text(Readable.from(first.content)) : '');
}

/** Write a part to a file. Returns its SHA-256. */
async function keep({ content }: ReadPart, path: string): Promise<string> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const hash = createHash('sha256');
  async function* hashed(): AsyncGenerator<Buffer> {
    for await (const piece of content) {
      hash.update(piece);
      yield piece;
    }
  }
  await pipeline(Readable.from(hashed()), createWriteStream(path, { mode: 0o600, flags: 'wx' }));
  return hash.digest('hex');
}
