import { insertOnce, row, rows } from '../../../platform/db/rows.js';
import { columns, parameters, sql } from '../../../platform/db/sql.js';
import type { Row } from '../../../platform/db/table.js';
import { inTransaction } from '../../../platform/db/transaction.js';
import { record } from '../../../platform/events/record.js';
import { canonicalJson } from '../../../platform/lib/canonical-json.js';
import { newId } from '../../../platform/lib/ids.js';
import { sha256 } from '../../../platform/lib/tokens.js';
import { SealedFile } from '../tables.js';
import type { SealedKind, SealedParams } from './sealed-kind.js';

/** A sealed file as it is stored: what was asked for, how far it is, and once it is made its size, hash and day of removal. */
export type StoredFile = Readonly<Omit<Row<typeof SealedFile>, 'askKey'>>;

/** Who does something, and when (epoch ms). */
export interface Requester {
  readonly actorId: string;
  readonly now: number;
}

const FILES = sql`select ${columns(
  SealedFile,
  'f',
  ...(['id', 'organisationId', 'kind', 'params', 'askedBy', 'knownAt', 'state', 'done', 'total'] as const),
  ...(['fileName', 'madeAt', 'size', 'sha256', 'rowCount', 'expiresAt'] as const),
  ...(['heldAt', 'heldBy', 'heldWhy'] as const),
)} from ${SealedFile} f`;

/** A file by its id, or null. */
export const findSealed = (id: string): Promise<StoredFile | null> =>
  row(sql`${FILES} where f.id = $1`, [id]);

/** Files of these kinds in an organisation, newest first. */
export const sealedFilesOf = (
  organisationId: string,
  { kinds, limit }: { kinds: readonly string[]; limit: number },
): Promise<StoredFile[]> =>
  rows(
    sql`${FILES} where f.organisation_id = $1 and f.kind in (${parameters(kinds.length, 2)})
        order by f.known_at desc, f.id limit ${limit}`,
    [organisationId, ...kinds],
  );

/**
 * Ask for a file: its id. While one that was asked for in the same words is being made, it is that one. The worker makes it; its page
 * (`sealedPath`) shows how far it is.
 */
export const askForFile = <P extends SealedParams>(
  kind: SealedKind<P>,
  { organisationId, params }: { organisationId: string; params: P },
  { actorId, now }: Requester,
): Promise<string> =>
  inTransaction(async () => {
    const text = canonicalJson(params);
    const asked = {
      ...{
        id: newId(),
        organisationId,
        kind: kind.kind,
        params: text,
        askKey: sha256(`${kind.kind} ${text}`),
      },
      ...{ askedBy: actorId, knownAt: now, state: 'asked' as const },
      fileName: kind.fileName({ params, knownAt: now }),
    };
    if (!(await insertOnce(SealedFile, asked))) return openAsk(organisationId, asked.askKey);
    const news = { fileId: asked.id, kind: kind.kind };
    await record('sealed-file.asked', news, { actorId, organisationId, now });
    return asked.id;
  });

const OPEN = sql`select ${columns(SealedFile, 'f', 'id')} from ${SealedFile} f
  where f.organisation_id = $1 and f.ask_key = $2 and f.state in ('asked', 'making')`;

async function openAsk(organisationId: string, askKey: string): Promise<string> {
  const open = await row(OPEN, [organisationId, askKey]);
  if (!open) throw new Error('No file is open that was asked for in these words');
  return open.id;
}

/** The page of a file. */
export const sealedPath = ({ id, organisationId }: { id: string; organisationId: string }): string =>
  `/organisations/${organisationId}/evidence/files/${id}`;
