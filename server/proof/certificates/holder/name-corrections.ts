import { row, rows } from '../../../platform/db/rows.js';
import { as, columns, sql } from '../../../platform/db/sql.js';
import { bigint, moment, nullable, type Row } from '../../../platform/db/table.js';
import { inTransaction } from '../../../platform/db/transaction.js';
import { Conflict } from '../../../errors.js';
import { record } from '../../../platform/events/record.js';
import { isId, newId } from '../../../platform/lib/ids.js';
import { foldedName } from '../../../platform/lib/text/folding.js';
import { isGivenName, keepCertificateName } from '../../../people/organisations/people/given-names.js';
import { visibleRows } from '../../../people/organisations/reach.js';
import type { Actor } from '../../../policy.js';
import { supersede } from '../lifecycle/supersede.js';
import { certificateOf, type CertificateFacts } from '../queries.js';
import { NameRequest } from './tables.js';

/** A holder's request for another name on the certificate of a cycle. */
export type NameRequestFacts = Readonly<Omit<Row<typeof NameRequest>, 'decidedBy'>>;

const REQUEST = sql`select ${columns(
  NameRequest,
  'q',
  'id',
  'cycleId',
  'organisationId',
  'userId',
  'name',
  'why',
  'requestedAt',
  'decision',
  'decidedAt',
  'answer',
)} from ${NameRequest} q`;

/** A request by id, or null; a text that is not an id is not looked up. */
export const findNameRequest = async (id: unknown): Promise<NameRequestFacts | null> =>
  isId(id) ? row(sql`${REQUEST} where q.id = $1`, [id]) : null;

/** The newest request of a cycle, open or decided, or null. */
export const newestNameRequest = (cycleId: string): Promise<NameRequestFacts | null> =>
  row(sql`${REQUEST} where q.cycle_id = $1 order by q.requested_at desc, q.id limit 1`, [cycleId]);

const APPROVED = sql`select ${columns(NameRequest, 'q', 'name')} from ${NameRequest} q
  where q.organisation_id = $1 and q.user_id = $2 and q.decision = 'approved'`;

/** Whether somebody with the right approved this name for this person and organisation before. */
export async function isApprovedName(
  { organisationId, userId }: Pick<NameRequestFacts, 'organisationId' | 'userId'>,
  name: string,
): Promise<boolean> {
  const approved = await rows(APPROVED, [organisationId, userId]);
  return approved.some(request => foldedName(request.name) === foldedName(name));
}

/** The open requests of the people whom `actor` manages, oldest first, at most 200. */
export async function waitingNameRequests(actor: Actor): Promise<NameRequestFacts[]> {
  const { condition, params } = await visibleRows(actor, { alias: sql`q`, first: 1 });
  return rows(
    sql`${REQUEST} where q.decided_at is null and ${condition} order by q.requested_at, q.id limit 200`,
    params,
  );
}

const WAITING = sql`select count(*) ${as('count', bigint())}, min(requested_at) ${as('since', nullable(moment()))}
  from ${NameRequest} where decided_at is null`;

/** How many requests are open in the whole installation, and since when the oldest is (epoch ms); null: none is. */
export async function openNameRequests(): Promise<{ count: number; since: number } | null> {
  const found = await row(WAITING);
  return found && found.since !== null ? { count: Number(found.count), since: Number(found.since) } : null;
}

/**
 * Request another name. Somebody else decides: a holder who could rename a certificate alone could pass it on to another
 * person. Returns false while another request for the cycle is open.
 */
export function requestName(
  { cycleId, organisationId, userId }: Pick<CertificateFacts, 'cycleId' | 'organisationId' | 'userId'>,
  { name, why }: { name: string; why: string },
  now: number,
): Promise<boolean> {
  return inTransaction(async () => {
    const id = newId();
    if (!(await row(OPEN_REQUEST, [id, cycleId, organisationId, userId, name, why, now]))) return false;
    const payload = { requestId: id, cycleId, userId };
    await record('name-request.made', payload, { actorId: userId, organisationId, now });
    return true;
  });
}

const OPEN_REQUEST = sql`insert into ${NameRequest}
    (id, cycle_id, organisation_id, user_id, name, why, requested_at) values ($1, $2, $3, $4, $5, $6, $7)
  on conflict (cycle_id) where decided_at is null do nothing returning id`;

/**
 * Approve a request: in the same transaction a certificate with the requested name supersedes the current one. Throws
 * Conflict when the request is already decided, or when the cycle has no current certificate.
 */
export function approveNameRequest(
  request: NameRequestFacts,
  { actorId, now }: { actorId: string; now: number },
): Promise<void> {
  return inTransaction(async () => {
    await decide(request, 'approved', { actorId, now, answer: null });
    const certificate = await certificateOf(request.cycleId);
    if (!certificate) throw new Conflict('There is no certificate to correct');
    const { name, why, id } = request;
    const assurance = (await isGivenName(request, name)) ? 'listed' : 'approved';
    await keepCertificateName(request, name, now);
    const change = {
      facts: { name, assurance },
      reason: 'name-corrected',
      note: why,
      key: `name-request:${id}`,
    } as const;
    await supersede(certificate.id, change, { actorId, now });
  });
}

/** Refuse a request, with an answer for the holder. Throws Conflict when the request is already decided. */
export function refuseNameRequest(
  request: NameRequestFacts,
  answer: string,
  { actorId, now }: { actorId: string; now: number },
): Promise<void> {
  return inTransaction(() => decide(request, 'refused', { actorId, now, answer }));
}

async function decide(
  { id, cycleId, userId, organisationId }: NameRequestFacts,
  decision: 'approved' | 'refused',
  { actorId, now, answer }: { actorId: string; now: number; answer: string | null },
): Promise<void> {
  if (actorId === userId) throw new Conflict('Nobody decides on a request of their own');
  if (!(await row(DECIDE, [decision, actorId, now, answer, id])))
    throw new Conflict('This request is already decided');
  const payload = { requestId: id, cycleId, userId };
  await record(`name-request.${decision}`, payload, { actorId, organisationId, now });
}

const DECIDE = sql`update ${NameRequest} set decision = $1, decided_by = $2, decided_at = $3, answer = $4
  where id = $5 and decided_at is null returning id`;
