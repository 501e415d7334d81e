import { insert, row, rows } from '../../../../platform/db/rows.js';
import { sql } from '../../../../platform/db/sql.js';
import { inTransaction } from '../../../../platform/db/transaction.js';
import { newId } from '../../../../platform/lib/ids.js';
import { holdRulings } from '../ruling/active-rulings.js';
import type { ChangingRun } from './dry-run.js';
import type { CertificateEffect } from './impact.js';
import type { RulingTerms } from '../ruling/rulings.js';
import type { SubmittedAttempt } from './submitted-attempts.js';
import { Regrade, RegradeLine } from '../tables.js';

/** A proposed ruling, with the reasons that go on record. */
export interface Proposal {
  readonly courseSlug: string;
  readonly quiz: string;
  readonly terms: RulingTerms;
  readonly reason: string;
  readonly withdrawalReason: string | null;
}

/** Store a proposal as a draft that has read no attempt yet. Returns its id. */
export async function insertDraft(
  { courseSlug, quiz, terms, reason, withdrawalReason }: Proposal,
  lastRuling: number,
  { actorId, now }: { actorId: string; now: number },
): Promise<string> {
  const id = newId();
  const { itemId, kind, fromVersion, toVersion, keyVersion } = terms;
  const ruling = { itemId, kind, fromVersion, toVersion, keyVersion, answers: JSON.stringify(terms.answers) };
  const reasons = { reason, withdrawalReason };
  const created = { state: 'draft', lastRuling, createdBy: actorId, createdAt: now } as const;
  await inTransaction(() => insert(Regrade, { id, courseSlug, quiz, ...ruling, ...reasons, ...created }));
  return id;
}

/** Store what a draft would do to one attempt. Runs in the caller's transaction. */
export const insertLine = (
  regradeId: string,
  { id: attemptId, organisationId, cycleId }: SubmittedAttempt,
  { change, before, found }: ChangingRun,
  certificate: CertificateEffect,
): Promise<void> =>
  insert(RegradeLine, {
    regradeId,
    attemptId,
    organisationId,
    cycleId,
    change,
    certificate,
    pointsBefore: before.points,
    rightBefore: before.right,
    pointsAfter: found.points,
    rightAfter: found.right,
  });

const FINISH = sql`update ${Regrade} set looked_at = $1, seen_hash = $2 where id = $3`;

/** Store how many attempts a draft has read, now that it has read them all, and the hash of what it read. */
export const finishDraft = (id: string, lookedAt: number, seenHash: string): Promise<unknown> =>
  inTransaction(() => row(FINISH, [lookedAt, seenHash, id]));

/** How long a preview that was never confirmed is kept (ms): later submissions make it stale. */
const DRAFTS_KEPT = 30 * 86_400_000;

const OLD = sql`from ${Regrade} where state = 'draft' and created_at < $1`;
const DELETE_LINES = sql`delete from ${RegradeLine} where regrade_id in (select id ${OLD})`;
const DELETE_DRAFTS = sql`delete ${OLD}`;

/** Delete old previews that were never confirmed, with their lines, and those that were never finished. */
export function pruneDrafts(now: number): Promise<void> {
  return inTransaction(async () => {
    // None is being confirmed meanwhile.
    await holdRulings();
    await rows(DELETE_LINES, [now - DRAFTS_KEPT]);
    await rows(DELETE_DRAFTS, [now - DRAFTS_KEPT]);
  });
}
