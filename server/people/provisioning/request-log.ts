import { insert, rows } from '../../platform/db/rows.js';
import { columns, sql } from '../../platform/db/sql.js';
import { inTransaction } from '../../platform/db/transaction.js';
import { newOrderedId } from '../../platform/lib/ids.js';
import { ProvisioningRequest } from './tables.js';

/** How many requests of each organisation are kept. */
const KEPT = 50;

/** Reads that went well are kept once in so long (ms): a directory asks for everybody, one by one. */
const READS_EVERY = 60_000;

/** A request as it was answered. `detail`: what was wrong with it, or could not be followed. */
export interface AnsweredRequest {
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly detail: string | null;
}

const TRIM = sql`delete from ${ProvisioningRequest} where organisation_id = $1 and id <= (
  select r.id from ${ProvisioningRequest} r where r.organisation_id = $1 order by r.id desc limit 1 offset ${KEPT})`;

/** When each organisation's last read was kept, in this process. */
const lastReads = new Map<string, number>();

/** Keep a request for whoever sets the directory up, and the last fifty with it. */
export async function keepRequest(
  organisationId: string,
  { method, path, status, detail }: AnsweredRequest,
  now: number,
): Promise<void> {
  const isPlainRead = method === 'GET' && status < 400;
  if (isPlainRead && (lastReads.get(organisationId) ?? 0) > now - READS_EVERY) return;
  if (isPlainRead) lastReads.set(organisationId, now);
  await inTransaction(async () => {
    await insert(ProvisioningRequest, {
      ...{ id: newOrderedId(now), organisationId, method, path: path.slice(0, 200), status },
      ...{ detail: detail?.slice(0, 400) ?? null, askedAt: now },
    });
    await rows(TRIM, [organisationId]);
  });
}

const LAST = sql`select ${columns(ProvisioningRequest, 'r', 'id', 'method', 'path', 'status', 'detail', 'askedAt')}
  from ${ProvisioningRequest} r where r.organisation_id = $1 order by r.id desc limit ${KEPT}`;

/** The last requests of an organisation's directory, the newest first. */
export const lastRequests = (organisationId: string) => rows(LAST, [organisationId]);
