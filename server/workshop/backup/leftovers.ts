import { readdir, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Config } from '../../config.js';
import { lastBackup } from '../../platform/db/last-backup.js';
import { sqliteFile } from '../../platform/db/sqlite-file.js';

/** Folders that a backup or a restore fills, and removes when it ends: each holds a whole readable copy of the database. */
const OURS = /(?:\.partial-|^\.restoring-)\w{6}$/;

/** What stands in them. A folder of another program that happens to have such a name has something else in it, and stays. */
const PART =
  /^(archive|database\.(sqlite|dump)(-wal|-shm|-journal)?|did\.json|published|sealed|trusted-issuers|folder-id)$/;

/** A copy that is under way is written to at least this often (ms). */
const STILL = 3_600_000;

/** Remove from `folder` what a backup or a restore left that was killed: nothing was written there for an hour. Returns the paths. */
export async function removeLeftovers(folder: string, now: number): Promise<string[]> {
  const names = (await readdir(folder).catch(() => [])).filter(name => OURS.test(name));
  const removed: string[] = [];
  for (const path of names.map(name => join(folder, name))) {
    if (!(await readdir(path).catch(() => ['?'])).every(name => PART.test(name))) continue;
    if (now - (await lastWrite(path)) < STILL) continue;
    await rm(path, { recursive: true, force: true });
    removed.push(path);
  }
  return removed;
}

/** When something in a folder, or the list of its files, was last written (epoch ms). */
async function lastWrite(folder: string): Promise<number> {
  const names = await readdir(folder, { recursive: true }).catch(() => []);
  const times = await Promise.all(
    [folder, ...names.map(name => join(folder, name))].map(path =>
      stat(path).then(
        found => found.mtimeMs,
        () => 0,
      ),
    ),
  );
  return Math.max(...times);
}

/** Remove what was left beside the database, and where the last backup went. */
export async function removeKnownLeftovers({ dataDir, databaseUrl }: Config, now: number): Promise<string[]> {
  const file = sqliteFile(databaseUrl);
  const last = await lastBackup(dataDir);
  const folders = new Set([dataDir, ...(file ? [dirname(file)] : []), ...(last ? [dirname(last.file)] : [])]);
  const removed: string[] = [];
  for (const folder of folders) removed.push(...(await removeLeftovers(folder, now)));
  return removed;
}
