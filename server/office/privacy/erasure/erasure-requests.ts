import { holdAdministrators, isLastOf } from '../../../people/accounts/administrators.js';
import { closeAccount } from '../../../people/accounts/erase-account.js';
import { mergedAccounts } from '../../../people/accounts/merged-accounts.js';
import type { ErasureMark } from '../../../proof/certificates/ledger/checkpoints.js';
import { insertOnce, row, rows } from '../../../platform/db/rows.js';
import { as, columns, sql } from '../../../platform/db/sql.js';
import { integer, moment, nullable, type Row } from '../../../platform/db/table.js';
import { inTransaction, toHold } from '../../../platform/db/transaction.js';
import { record } from '../../../platform/events/record.js';
import { newId } from '../../../platform/lib/ids.js';
import { ErasureRequest } from '../tables.js';
import { holdOn } from './legal-holds.js';
import type { Subject } from './subject.js';

/** A request to erase somebody. */
export type AskedErasure = Readonly<Row<typeof ErasureRequest>>;

/** Why the program decides by itself, in place of words: the rule of an organisation, an older copy of the database, a merged account. */
export const BY_PROGRAM: readonly string[] = ['retention', 'restored', 'merged'];

/** Who does it (null: whoever runs the server, or the program itself), and when (epoch ms). */
interface By {
  readonly actorId: string | null;
  readonly now: number;
}

const ALL = [
  'id',
  'userId',
  'membershipId',
  'askedBy',
  'why',
  'askedAt',
  'state',
  'decidedBy',
  'decidedAt',
  'because',
  'stepsDone',
  'finishedAt',
] as const;
const REQUESTS = sql`select ${columns(ErasureRequest, 'r', ...ALL)} from ${ErasureRequest} r`;

/** A request by its id, or null. */
export const findErasure = (id: string): Promise<AskedErasure | null> =>
  row(sql`${REQUESTS} where r.id = $1`, [id]);

const OF = sql`${REQUESTS} where (r.user_id = $1 or r.membership_id = $2) and r.state in ('asked', 'decided')`;

/** The request about somebody that waits, or is being carried out; null where there is none. */
export const openErasureOf = ({ userId, membershipId }: Subject): Promise<AskedErasure | null> =>
  row(OF, [userId ?? '', membershipId ?? '']);

/** The newest request of somebody that was refused, for them to read why; null where none was. */
export const refusedErasureOf = (userId: string): Promise<AskedErasure | null> =>
  row(sql`${REQUESTS} where r.user_id = $1 and r.state = 'refused' order by r.decided_at desc limit 1`, [
    userId,
  ]);

/** The newest requests, those that wait first. */
export const newestErasures = (): Promise<AskedErasure[]> =>
  rows(sql`${REQUESTS} order by case when r.state = 'asked' then 0 else 1 end, r.asked_at desc limit 100`);

const WAITING = sql`select count(*) ${as('count', integer())}, min(asked_at) ${as('since', nullable(moment()))}
  from ${ErasureRequest} where state = 'asked'`;

/** How many requests wait for a decision, and since when the oldest does (epoch ms); null: none does. */
export async function waitingErasures(): Promise<{ count: number; since: number } | null> {
  const found = await row(WAITING);
  return found && found.since !== null ? { count: Number(found.count), since: Number(found.since) } : null;
}

const BEGUN = sql`from ${ErasureRequest} r
  where r.state = 'done' or (r.state = 'decided' and r.steps_done > 0)`;

/** Whom an erasure that was begun, or carried out, is about: no database that is put back may bring them back. */
export const begunErasures = async (): Promise<ErasureMark[]> =>
  (
    await rows(sql`select ${columns(ErasureRequest, 'r', 'userId', 'membershipId', 'decidedAt')} ${BEGUN}`)
  ).map(({ decidedAt, ...subject }) => ({ ...subject, decidedAt: Number(decidedAt) }));

/** How many there are. */
export const countBegunErasures = async (): Promise<number> =>
  Number((await row(sql`select count(*) ${as('count', integer())} ${BEGUN}`))?.count);

/** Ask for somebody to be erased, oneself or another. While a request is open there is no second. Returns the open one's id. */
export const askForErasure = (subject: Subject, why: string, { actorId, now }: By): Promise<string> =>
  inTransaction(async () => {
    const asked = { id: newId(), ...subject, askedBy: actorId, why, askedAt: now, state: 'asked' as const };
    if (await insertOnce(ErasureRequest, asked)) {
      await record('erasure.asked', { erasureId: asked.id }, { actorId, organisationId: null, now });
      return asked.id;
    }
    return (await openErasureOf(subject))?.id ?? asked.id;
  });

/** Take back one's own request. Nothing happens once it is decided. */
export const withdrawErasure = (userId: string, now: number): Promise<void> =>
  inTransaction(async () => {
    const withdrawn = await rows(
      sql`update ${ErasureRequest} set state = 'withdrawn', finished_at = $2 where user_id = $1 and state = 'asked'
          returning ${columns(ErasureRequest, ErasureRequest.table, 'id')}`,
      [userId, now],
    );
    for (const { id } of withdrawn)
      await record('erasure.withdrawn', { erasureId: id }, { actorId: userId, organisationId: null, now });
  });

/** How a decision ended. `last`: nobody else administers the installation; `held`: a legal hold stands. */
export type ErasureDecision = 'decided' | 'refused' | 'not-open' | 'held' | 'last';

/** Decide that somebody is erased: from this moment nobody can use the account, and the worker carries it out. */
export const decideErasure = (id: string, because: string, by: By): Promise<ErasureDecision> =>
  inTransaction(async () => {
    const asked = await holdErasure(id);
    if (asked?.state !== 'asked') return 'not-open';
    const merged = asked.userId === null ? [] : await mergedAccounts(asked.userId);
    const subjects = [asked, ...merged.map(userId => ({ userId, membershipId: null }))];
    for (const each of subjects) if (await holdOn(each)) return 'held';
    if (asked.userId !== null && isLastOf(await holdAdministrators(), asked.userId)) return 'last';
    await decided(asked, 'decided', because, by);
    if (asked.userId !== null) await closeAccount(asked.userId, by.now);
    await record('erasure.decided', { erasureId: id }, { ...by, organisationId: null });
    for (const userId of merged) await decideByProgram({ userId, membershipId: null }, 'merged', by);
    return 'decided';
  });

/**
 * The program decides by itself that somebody is erased; nobody is told. False where a request about them is open. Joins the
 * transaction.
 */
export async function decideByProgram(
  subject: Subject,
  because: 'retention' | 'restored' | 'merged',
  { actorId, now }: By,
): Promise<boolean> {
  const id = newId();
  const decision = { state: 'decided' as const, because, decidedBy: actorId, decidedAt: now };
  if (!(await insertOnce(ErasureRequest, { id, ...subject, why: '', askedAt: now, ...decision })))
    return false;
  if (subject.userId !== null) await closeAccount(subject.userId, now);
  await record('erasure.decided', { erasureId: id }, { actorId, organisationId: null, now });
  return true;
}

/** Refuse it: everything stays. */
export const refuseErasure = (id: string, because: string, by: By): Promise<ErasureDecision> =>
  inTransaction(async () => {
    const asked = await holdErasure(id);
    if (asked?.state !== 'asked') return 'not-open';
    await decided(asked, 'refused', because, by);
    await record('erasure.refused', { erasureId: id }, { ...by, organisationId: null });
    return 'refused';
  });

/** A request that nobody else decides on, or carries out a step of, until the transaction ends. */
export const holdErasure = (id: string): Promise<AskedErasure | null> =>
  row(sql`${REQUESTS} where r.id = $1${toHold()}`, [id]);

const decided = ({ id }: AskedErasure, state: 'decided' | 'refused', because: string, { actorId, now }: By) =>
  rows(
    sql`update ${ErasureRequest} set state = $2, because = $3, decided_by = $4, decided_at = $5 where id = $1`,
    [id, state, because, actorId, now],
  );
