import { createHash } from 'node:crypto';
import { closeSync, createWriteStream, fsyncSync, openSync, renameSync, writeFileSync } from 'node:fs';
import { mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { isId, newId } from './ids.js';

/** The size of a file in bytes, and its SHA-256 in hex. */
export interface Written {
  readonly size: number;
  readonly sha256: string;
}

/** Write a small file in place of an earlier one: it is on disk as a whole, or the earlier one is. Safe among several processes. */
export function replaceFile(path: string, content: string): void {
  const draft = join(dirname(path), `.${newId()}`);
  writeFileSync(draft, content, { mode: 0o600, flush: true });
  renameSync(draft, path);
  syncFolder(dirname(path));
}

/** Flush a folder's list of files to disk. */
export function syncFolder(path: string): void {
  const folder = openSync(path, 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}

/** Files in a folder of their own, each by an id. A file is there whole or not at all. */
export function keptFiles(folder: string, ending: string) {
  const path = (id: string): string => join(folder, `${id}.${ending}`);
  return {
    path,

    /** Write a file piece by piece, in place of an earlier one. */
    async write(id: string, pieces: AsyncIterable<string | Uint8Array>): Promise<Written> {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const draft = `${path(id)}.draft`;
      const hash = createHash('sha256');
      let size = 0;
      const measured = async function* () {
        for await (const piece of pieces) {
          const bytes = Buffer.from(piece as Uint8Array);
          hash.update(bytes);
          size += bytes.length;
          yield bytes;
        }
      };
      await pipeline(Readable.from(measured()), createWriteStream(draft, { mode: 0o600, flush: true }));
      await rename(draft, path(id));
      return { size, sha256: hash.digest('hex') };
    },

    /** Open a file to be sent; null where it is not here. */
    open: (id: string) =>
      open(path(id)).catch((fault: NodeJS.ErrnoException) => {
        if (fault.code === 'ENOENT') return null;
        throw fault;
      }),

    remove: (id: string): Promise<void> => rm(path(id), { force: true }),

    /**
     * Remove all files but these. What a crash left half-written goes, too. The ids are asked for once the folder has been read:
     * whoever begins a file has said so before.
     */
    async removeBut(keptIds: () => Promise<readonly string[]>): Promise<void> {
      const names = await readdir(folder).catch(() => []);
      const kept = new Set(await keptIds());
      for (const name of names) {
        const [id = ''] = name.split('.');
        if (isId(id) && !kept.has(id)) await rm(join(folder, name), { force: true });
      }
    },
  };
}
