import type { Papers } from '../../../proof/certificates/documents/papers.js';
import { certificateIdsOf } from '../../../proof/certificates/erasure/erase-certificates.js';
import { proofOfErasure } from '../../../proof/certificates/erasure/erasure-digest.js';
import type { Checkpoints } from '../../../proof/certificates/ledger/checkpoints.js';
import {
  eraseData,
  personalData,
  type ErasedBy,
  type PersonIds,
} from '../../../platform/db/personal-data.js';
import { rows } from '../../../platform/db/rows.js';
import { sql } from '../../../platform/db/sql.js';
import { inTransaction } from '../../../platform/db/transaction.js';
import { record } from '../../../platform/events/record.js';
import { accountEventsOf, redactEvents } from '../../../platform/events/redact-events.js';
import { mergedMembers } from '../../../people/organisations/merging/closed-members.js';
import { membershipIdsOf } from '../../../people/organisations/people/own-memberships.js';
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

/** What comes before the proof is written, a slice at a time. */
const beforeProof = () => personalData().filter(({ isProof }) => !isProof);

/** How many steps an erasure has. */
export const erasureSteps = (): number => beforeProof().length + 1;

/**
 * Erase somebody, one slice after another, as each says. Idempotent: a job that was cut off begins again. What proves
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
  const by = { erasureId: id, actorId, now, ...(await retentionRules()) };
  for (const [at, held] of beforeProof().entries())
    if (!(await inStep(asked, at + 1, () => eraseData(held, whose, by)))) return;
  await removeFiles(whose, deps);
  const events = whose.userId === null ? [] : await accountEventsOf(whose.userId);
  await inStep(asked, erasureSteps(), () => finish(whose, events, by));
}

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
  whose: PersonIds,
  events: Awaited<ReturnType<typeof accountEventsOf>>,
  by: ErasedBy,
): Promise<void> {
  const { erasureId, actorId, now } = by;
  for (const held of personalData()) if (held.isProof) await eraseData(held, whose, by);
  await redactEvents(events, erasureId);
  await rows(
    sql`update ${ErasureRequest} set state = 'done', why = '', finished_at = $2 where id = $1 and state = 'decided'`,
    [erasureId, now],
  );
  const proof = { erasureId, ...(await proofOfErasure(erasureId)) };
  await record('erasure.carried-out', proof, { actorId, organisationId: null, now });
}
