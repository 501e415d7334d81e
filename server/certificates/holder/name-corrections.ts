import { row, rows } from '../../db/rows.js';
import { inTransaction } from '../../db/transaction.js';
import { Conflict } from '../../errors.js';
import { record } from '../../events/record.js';
import { isId, newId } from '../../lib/ids.js';
import { certificateOf, type CertificateFacts } from '../queries.js';
import { supersede } from '../lifecycle/supersede.js';

/** A holder's wish for another name on the certificate of a round. Times are epoch ms. */
export interface NameRequestFacts {
  readonly id: string;
  readonly cycleId: string;
  readonly organisationId: string;
  readonly userId: string;
  readonly name: string;
  readonly why: string;
  readonly requestedAt: number;
  readonly decision: 'approved' | 'refused' | null;
  readonly decidedAt: number | null;
  readonly answer: string | null;
}

const COLUMNS = `id, cycle_id as "cycleId", organisation_id as "organisationId", user_id as "userId", name, why,
  requested_at as "requestedAt", decision, decided_at as "decidedAt", answer`;

/** One request by id, or null; a text that is no id is not looked for. */
export const findNameRequest = async (id: unknown): Promise<NameRequestFacts | null> =>
  isId(id) ? row<NameRequestFacts>(`select ${COLUMNS} from name_requests where id = $1`, [id]) : null;

/** The newest request of a round, waiting or decided; null when there was none. */
export const newestNameRequest = (cycleId: string): Promise<NameRequestFacts | null> =>
  row<NameRequestFacts>(
    `select ${COLUMNS} from name_requests where cycle_id = $1 order by requested_at desc, id limit 1`,
    [cycleId],
  );

/** What waits for an answer in the given organisations, oldest first; in all of them for null. At most 200. */
export async function waitingNameRequests(
  organisationIds: readonly string[] | null,
): Promise<NameRequestFacts[]> {
  if (organisationIds?.length === 0) return [];
  const list = organisationIds?.map((_, at) => `$${at + 1}`).join(', ');
  return rows<NameRequestFacts>(
    `select ${COLUMNS} from name_requests
     where decided_at is null ${list ? `and organisation_id in (${list})` : ''} order by requested_at, id limit 200`,
    organisationIds ?? [],
  );
}

/**
 * The holder asks for another name. Somebody else decides: a certificate whose holder alone could rename it could be
 * handed on. False while another request of theirs waits.
 */
export function requestName(
  { cycleId, organisationId, userId }: Pick<CertificateFacts, 'cycleId' | 'organisationId' | 'userId'>,
  { name, why }: { name: string; why: string },
  now: number,
): Promise<boolean> {
  return inTransaction(async () => {
    const id = newId();
    const [made] = await rows(
      `insert into name_requests (id, cycle_id, organisation_id, user_id, name, why, requested_at)
       values ($1, $2, $3, $4, $5, $6, $7) on conflict (cycle_id) where decided_at is null do nothing returning id`,
      [id, cycleId, organisationId, userId, name, why, now],
    );
    if (!made) return false;
    await record(
      'name-request.made',
      { requestId: id, cycleId, userId },
      { actorId: userId, organisationId, now },
    );
    return true;
  });
}

/**
 * Approve a request: a certificate with the right name takes the place of the one that stands, in the same
 * transaction. Throws Conflict when it was decided before, or when no certificate of the round stands.
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
    const change = {
      facts: { name },
      reason: 'name-corrected',
      note: why,
      key: `name-request:${id}`,
    } as const;
    await supersede(certificate.id, change, { actorId, now });
  });
}

/** Refuse a request, with the answer that the holder is told. Throws Conflict when it was decided before. */
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
  if (actorId === userId) throw new Conflict('Nobody decides about a request of their own');
  const [decided] = await rows(
    `update name_requests set decision = $1, decided_by = $2, decided_at = $3, answer = $4
     where id = $5 and decided_at is null returning id`,
    [decision, actorId, now, answer, id],
  );
  if (!decided) throw new Conflict('This request was decided already');
  await record(
    `name-request.${decision}`,
    { requestId: id, cycleId, userId },
    { actorId, organisationId, now },
  );
}
