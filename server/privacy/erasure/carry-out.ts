import { eraseAccount } from '../../accounts/erase-account.js';
import type { Papers } from '../../certificates/documents/papers.js';
import { certificateIdsOf, eraseCertificates } from '../../certificates/erasure/erase-certificates.js';
import { proofOfErasure } from '../../certificates/erasure/erasure-digest.js';
import type { Checkpoints } from '../../certificates/ledger/checkpoints.js';
import { eraseRows, type PersonIds } from '../../db/personal-data.js';
import { rows } from '../../db/rows.js';
import { sql } from '../../db/sql.js';
import { inTransaction } from '../../db/transaction.js';
import { record } from '../../events/record.js';
import { accountEventsOf, redactEvents } from '../../events/redact-events.js';
import { eraseMeasurements } from '../../follow-up/erase-measurements.js';
import { courseData } from '../../courses/course-data.js';
import { firstCallData } from '../../help/first-call-data.js';
import { sessionData } from '../../http/session-data.js';
import { identityData } from '../../identity/identity-data.js';
import { learningData } from '../../learning/learning-data.js';
import { leaveOpenCycles } from '../../learning/path/leave-cycles.js';
import { mergeData } from '../../merging/merge-data.js';
import { mailData } from '../../notifications/mail-data.js';
import { mergedMembers } from '../../organisations/merging/closed-members.js';
import { eraseMembers } from '../../organisations/people/erase-members.js';
import { membershipIdsOf } from '../../organisations/people/own-memberships.js';
import { eraseProvisioned } from '../../provisioning/people/count-people.js';
import { eraseQuizzes } from '../../quizzes/erase-quizzes.js';
import { roomData } from '../../reports/rooms/room-data.js';
import { dutyData } from '../../requirements/duty-data.js';
import { dropExportsOf } from '../export/data-exports.js';
import { ErasureRequest } from '../tables.js';
import { findErasure, holdErasure, type AskedErasure } from './erasure-requests.js';
import { holdOn } from './legal-holds.js';
import { retentionRules } from './retention-clocks.js';

/** What an erasure needs from outside. */
export interface ErasingDeps {
  readonly dataDir: string;
  readonly papers: Pick<Papers, 'kept'>;
  readonly checkpoints: Checkpoints;
  readonly clock: () => number;
}

/** How many steps an erasure has. */
export const ERASURE_STEPS = 4;

/**
 * Erase somebody, one slice after another, each by its own verb. Idempotent: a job that was cut off begins again. What proves
 * certificates and events is written with the event that names its hash. The mark in the data folder comes first, so that a
 * database that is put back later erases again. A legal hold that is placed meanwhile stops it before the next step; once it is
 * lifted, it goes on.
 */
export async function carryOutErasure(id: string, deps: ErasingDeps): Promise<void> {
  const asked = await findErasure(id);
  if (asked?.state !== 'decided' || (await holdOn(asked))) return;
  const whose = await idsOf(asked);
  const now = deps.clock();
  const { userId, membershipId, decidedBy: actorId } = asked;
  deps.checkpoints.erasures([{ userId, membershipId, decidedAt: asked.decidedAt ?? now }]);
  const steps = [
    () => eraseMembers(whose, { actorId, now }),
    () => eraseQuizzes(whose, now),
    async () => {
      if (userId !== null) await leaveOpenCycles(userId, 'erased', { actorId, now });
      await eraseProvisioned(whose);
      for (const tables of OTHERS) await eraseRows(tables, whose);
      await eraseMeasurements(whose, now);
    },
  ];
  for (const [at, step] of steps.entries()) if (!(await inStep(asked, at + 1, step))) return;
  await removeFiles(whose, deps);
  const events = whose.userId === null ? [] : await accountEventsOf(whose.userId);
  await inStep(asked, ERASURE_STEPS, () => finish(asked, whose, events, now));
}

const OTHERS = [
  firstCallData,
  courseData,
  learningData,
  dutyData,
  roomData,
  mailData,
  mergeData,
  sessionData,
  identityData,
];

/** Do one step, unless a legal hold stands: whoever places one waits for the step, or the step finds it. */
const inStep = (
  { id, ...asked }: AskedErasure,
  number: number,
  step: () => Promise<unknown>,
): Promise<boolean> =>
  inTransaction(async () => {
    await holdErasure(id);
    if (await holdOn(asked)) return false;
    await step();
    await rows(sql`update ${ErasureRequest} set steps_done = ${number} where id = $1`, [id]);
    return true;
  });

const idsOf = async ({ userId, membershipId }: AskedErasure): Promise<PersonIds> => ({
  userId,
  membershipIds: userId === null ? await withMerged(membershipId ?? '') : await membershipIdsOf(userId),
});

const withMerged = async (id: string): Promise<string[]> => [id, ...(await mergedMembers(id))];

async function removeFiles({ userId }: PersonIds, { dataDir, papers }: ErasingDeps): Promise<void> {
  if (userId === null) return;
  await dropExportsOf(userId, dataDir);
  for (const certificateId of await certificateIdsOf(userId)) await papers.kept.drop(certificateId);
}

/** What is left of certificates, of the account and of the log, and the event that proves it, are written together. */
async function finish(
  { id, decidedBy: actorId }: AskedErasure,
  whose: PersonIds,
  events: Awaited<ReturnType<typeof accountEventsOf>>,
  now: number,
): Promise<void> {
  const { factsUntil } = await retentionRules();
  await eraseCertificates(whose, { erasureId: id, actorId, now, factsUntil });
  await eraseAccount(whose, now);
  await redactEvents(events, id);
  await rows(
    sql`update ${ErasureRequest} set state = 'done', why = '', finished_at = $2 where id = $1 and state = 'decided'`,
    [id, now],
  );
  const proof = { erasureId: id, ...(await proofOfErasure(id)) };
  await record('erasure.carried-out', proof, { actorId, organisationId: null, now });
}
