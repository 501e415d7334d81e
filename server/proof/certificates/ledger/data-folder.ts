import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CannotStart, type Config } from '../../../config.js';
import { pendingMigrations } from '../../../platform/db/migrate.js';
import { row, rows } from '../../../platform/db/rows.js';
import { columns, sql } from '../../../platform/db/sql.js';
import { inTransaction } from '../../../platform/db/transaction.js';
import { isId, newId } from '../../../platform/lib/ids.js';
import { replaceFile } from '../../../platform/lib/kept-files.js';
import { DataFolder } from './tables.js';

/** Holds the id of the data folder, which is also in its database. */
const FILE = 'folder-id';

const KNOWN = sql`select ${columns(DataFolder, 'f', 'folderId')} from ${DataFolder} f where id = 1`;
const SET = sql`insert into ${DataFolder} (id, folder_id) values (1, $1)
  on conflict (id) do update set folder_id = excluded.folder_id`;

/**
 * Servers that share a database must share a data folder: sealed files, exports and checkpoints of one are not in that of another. At a
 * start: throws `CannotStart` where the folder is not the one that this database knows. A database that knows none takes this folder, and
 * a folder without an id gets one: both are new, or from before there were ids. The folder comes first, since a database that knows an id
 * refuses every folder without it.
 */
export async function settleDataFolder(config: Config): Promise<void> {
  const known = await knownFolder();
  if (known === null) await joinDataFolder(config.dataDir);
  else if (known !== folderId(config.dataDir)) throw refusal(config);
}

/** For a command: throws where the server would not start with this folder. A schema that is not up to date knows none. */
export async function refuseOtherFolder(config: Config): Promise<void> {
  if (!(await isOwnFolder(config.dataDir))) throw refusal(config);
}

/** Whether the database knows no folder, or this one. */
export async function isOwnFolder(dataDir: string): Promise<boolean> {
  const known = (await pendingMigrations()).length === 0 ? await knownFolder() : null;
  return known === null || known === folderId(dataDir);
}

/** From now on this folder belongs to the open database, and no other does: a restore, or an operator, has put one beside the other. */
export async function joinDataFolder(dataDir: string): Promise<void> {
  const here = folderId(dataDir);
  const id = here ?? newId();
  if (here === null) replaceFile(join(dataDir, FILE), id);
  await inTransaction(() => rows(SET, [id]));
}

/** The id in a data folder, or null. */
function folderId(dataDir: string): string | null {
  try {
    const found = readFileSync(join(dataDir, FILE), 'utf8').trim();
    return isId(found) ? found : null;
  } catch (fault) {
    if ((fault as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw fault;
  }
}

const knownFolder = async (): Promise<string | null> => (await row(KNOWN))?.folderId ?? null;

const refusal = ({ dataDir }: Config): CannotStart =>
  new CannotStart(
    `DATA_DIR is ${dataDir}, which is not the data folder of this database. All servers on one database use one folder: set DATA_DIR to it. If it is lost, or this folder takes its place, run "npm run cli -- marks accept --yes".`,
    2,
  );
