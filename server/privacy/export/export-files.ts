import { createWriteStream } from 'node:fs';
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { zipFiles, type PackFile } from '../../certificates/audit-pack/zip.js';
import { isId } from '../../lib/ids.js';

const folderOf = (dataDir: string): string => join(dataDir, 'exports');

/** Where the file of an export stands, by its id. */
const exportPath = (dataDir: string, id: string): string => join(folderOf(dataDir), `${id}.zip`);

/** Write the file of an export, whole or not at all. Returns its size in bytes. */
export async function writeExport(
  dataDir: string,
  id: string,
  files: AsyncIterable<PackFile>,
): Promise<number> {
  await mkdir(folderOf(dataDir), { recursive: true, mode: 0o700 });
  const path = exportPath(dataDir, id);
  const draft = `${path}.draft`;
  await pipeline(Readable.from(zipFiles(files)), createWriteStream(draft, { mode: 0o600 }));
  await rename(draft, path);
  return (await stat(path)).size;
}

/** Open the file of an export to be sent; null where it is not here. */
export const openExport = (dataDir: string, id: string) =>
  open(exportPath(dataDir, id)).catch((fault: NodeJS.ErrnoException) => {
    if (fault.code === 'ENOENT') return null;
    throw fault;
  });

/** Remove the files of all exports but these. What a crash left half-written goes, too. */
export async function removeExports(dataDir: string, kept: ReadonlySet<string>): Promise<void> {
  const names = await readdir(folderOf(dataDir)).catch(() => []);
  for (const name of names) {
    const [id = ''] = name.split('.');
    if (isId(id) && !kept.has(id)) await rm(join(folderOf(dataDir), name), { force: true });
  }
}

/** Remove the file of an export. */
export const removeExport = (dataDir: string, id: string): Promise<void> =>
  rm(exportPath(dataDir, id), { force: true });
