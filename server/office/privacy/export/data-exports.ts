import { join } from 'node:path';
import { insertOnce, row, rows } from '../../../platform/db/rows.js';
import { columns, sql } from '../../../platform/db/sql.js';
import type { Row } from '../../../platform/db/table.js';
import { inTransaction } from '../../../platform/db/transaction.js';
import { record } from '../../../platform/events/record.js';
import type { Views } from '../../../platform/http/views.js';
import { newId } from '../../../platform/lib/ids.js';
import { keptFiles } from '../../../platform/lib/kept-files.js';
import { zipFiles } from '../../../platform/lib/zip.js';
import { DataExport } from '../tables.js';
import { collectData } from './collect-data.js';
import { exportPack } from './export-pack.js';

/** The files of exports. */
export const exportFiles = (dataDir: string) => keptFiles(join(dataDir, 'exports'), 'zip');

/** For how many days the file of an export is kept. */
export const EXPORT_DAYS = 7;

/** An export that somebody asked for. */
export type AskedExport = Readonly<Row<typeof DataExport>>;

const EXPORTS = sql`select ${columns(DataExport, 'e', 'id', 'userId', 'state', 'askedAt', 'madeAt', 'expiresAt', 'size')}
  from ${DataExport} e`;

/** A person's exports, newest first, without those that have expired. */
export const exportsOf = (userId: string, now: number): Promise<AskedExport[]> =>
  rows(
    sql`${EXPORTS} where e.user_id = $1 and (e.expires_at is null or e.expires_at > $2) order by e.asked_at desc limit 20`,
    [userId, now],
  );

/** An export by its id, or null. */
export const findExport = (id: string): Promise<AskedExport | null> =>
  row(sql`${EXPORTS} where e.id = $1`, [id]);

/** Ask for all that is held of oneself. While one is being made, there is no second. */
export const askForExport = (userId: string, now: number): Promise<void> =>
  inTransaction(async () => {
    const asked = { id: newId(), userId, state: 'asked' as const, askedAt: now };
    if (!(await insertOnce(DataExport, asked))) return;
    await record('account.export-asked', { userId, exportId: asked.id }, by(userId, now));
  });

/** Make an export that was asked for. Idempotent: the file is written anew until the row says that it is ready. */
export async function makeExport(
  id: string,
  { dataDir, views, clock }: { dataDir: string; views: Views; clock: () => number },
): Promise<void> {
  const asked = await findExport(id);
  if (asked?.state !== 'asked') return;
  const { userId } = asked;
  const made = clock();
  const kinds = await collectData(userId);
  const pack = exportPack(kinds, { made: new Date(made).toISOString(), views });
  const { size } = await exportFiles(dataDir).write(id, zipFiles(pack));
  await inTransaction(async () => {
    const [ready] = await rows(READY, [id, made, made + EXPORT_DAYS * 86_400_000, size]);
    if (ready)
      await record('account.export-made', { userId, exportId: id }, { ...by(userId, made), actorId: null });
  });
}

const READY = sql`update ${DataExport} set state = 'ready', made_at = $2, expires_at = $3, size = $4
  where id = $1 and state = 'asked' returning 1 as done`;

/** Record that somebody downloads their export, before its first byte is sent. */
export const recordExportTaken = ({ id, userId }: AskedExport, now: number): Promise<void> =>
  inTransaction(() => record('account.export-taken', { userId, exportId: id }, by(userId, now)));

/** Remove exports that have expired, and files that belong to no export. */
export async function pruneExports(dataDir: string, now: number): Promise<void> {
  await inTransaction(() => rows(sql`delete from ${DataExport} where expires_at <= $1`, [now]));
  await exportFiles(dataDir).removeBut(async () => (await rows(KEPT)).map(({ id }) => id));
}

const KEPT = sql`select ${columns(DataExport, 'e', 'id')} from ${DataExport} e`;

/** Remove the exports of somebody who is erased, files first. */
export async function dropExportsOf(userId: string, dataDir: string): Promise<void> {
  const own = await rows(sql`${EXPORTS} where e.user_id = $1`, [userId]);
  for (const { id } of own) await exportFiles(dataDir).remove(id);
  await inTransaction(() => rows(sql`delete from ${DataExport} where user_id = $1`, [userId]));
}

const by = (userId: string, now: number) => ({ actorId: userId, organisationId: null, now });
