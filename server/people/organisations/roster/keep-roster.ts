import { insert, row, rows } from '../../../platform/db/rows.js';
import { columns, sql } from '../../../platform/db/sql.js';
import { inTransaction } from '../../../platform/db/transaction.js';
import { record } from '../../../platform/events/record.js';
import { newId } from '../../../platform/lib/ids.js';
import { sha256 } from '../../../platform/lib/tokens.js';
import type { RosterRefusal } from './reading/roster-table.js';
import { insertRows, removeParts } from './roster-parts.js';
import type { RosterThread } from './roster-thread.js';
import type { By } from './rosters.js';
import { Roster, RosterPart } from './tables.js';

export type KeptRoster =
  | { readonly kind: 'kept'; readonly id: string }
  | { readonly kind: 'refused'; readonly refusal: RosterRefusal; readonly line: number | null };

/** Read an uploaded file and keep its rows, to be looked at, imported and repaired; or say why it is not taken. */
export async function keepRoster(
  organisationId: string,
  { name, bytes }: { name: string; bytes: Buffer },
  thread: RosterThread,
  { actorId, now }: By,
): Promise<KeptRoster> {
  const fileHash = sha256(bytes);
  const read = await thread.read(bytes);
  if (read.kind === 'refused') return read;
  const { parts, rowCount, source, header } = read;
  const id = newId();
  const table = { source: JSON.stringify(source), header: JSON.stringify(header), rowCount };
  const uploaded = { partCount: parts.length, uploadedBy: actorId, uploadedAt: now };
  await inTransaction(async () => {
    await insert(Roster, { id, organisationId, fileName: shown(name), fileHash, ...table, ...uploaded });
    await insertRows(id, parts);
    const news = { rosterId: id, fileHash, rows: rowCount };
    await record('roster.uploaded', news, { actorId, organisationId, now });
  });
  return { kind: 'kept', id };
}

const shown = (name: string): string => name.replace(/\p{Cc}/gu, '').slice(-200) || 'roster';

/** How long the rows of a file are kept (ms): they name people. What became of the file stays on record. */
const ROWS_KEPT = 30 * 86_400_000;

const FORGET = sql`update ${Roster} set removed_at = $1 where id = $2 and removed_at is null and state <> 'confirmed'
  returning ${columns(Roster, Roster.table, 'organisationId')}`;

/** Remove the rows of a roster. Nothing happens while it is being imported, and to one that was removed already. */
export function removeRoster(
  id: string,
  { actorId, now }: { actorId: string | null; now: number },
): Promise<void> {
  return inTransaction(async () => {
    const [forgotten] = await rows(FORGET, [now, id]);
    if (!forgotten) return;
    await removeParts(id);
    const { organisationId } = forgotten;
    await record('roster.removed', { rosterId: id }, { actorId, organisationId, now });
  });
}

const NAMING = sql`select distinct ${columns(Roster, 'r', 'id')} from ${Roster} r join ${RosterPart} p on p.roster_id = r.id
  where r.organisation_id = $1 and r.removed_at is null and p.table_rows like $2`;

/** Remove the rows of every list of an organisation that holds one of these texts in a cell; one that is being imported stays. */
export async function removeRostersNaming(
  organisationId: string,
  texts: readonly string[],
  now: number,
): Promise<void> {
  for (const text of texts) {
    const naming = await rows(NAMING, [organisationId, `%${JSON.stringify(text)}%`]);
    for (const { id } of naming) await removeRoster(id, { actorId: null, now });
  }
}

const OLDEST = sql`select ${columns(Roster, 'r', 'id')} from ${Roster} r
  where r.uploaded_at <= $1 and r.removed_at is null and r.state <> 'confirmed' order by r.uploaded_at limit 1`;

/** Remove the rows of all rosters that are 30 days old. */
export async function pruneRosters(now: number): Promise<void> {
  for (;;) {
    const old = await row(OLDEST, [now - ROWS_KEPT]);
    if (!old) return;
    await removeRoster(old.id, { actorId: null, now });
  }
}
