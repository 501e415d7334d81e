import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** When and where the last backup was made from this data folder. */
export interface LastBackup {
  readonly at: number;
  readonly file: string;
}

const NOTE = 'last-backup.json';

/** Kept beside the database, not in it: a copy of the database does not know of itself. */
export const noteBackup = (dataDir: string, last: LastBackup): Promise<void> =>
  writeFile(join(dataDir, NOTE), JSON.stringify(last), { mode: 0o600 });

/** The last backup made from here, or null. */
export async function lastBackup(dataDir: string): Promise<LastBackup | null> {
  const text = await readFile(join(dataDir, NOTE), 'utf8').catch(() => null);
  return text === null ? null : (JSON.parse(text) as LastBackup);
}
