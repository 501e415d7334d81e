import { createHash } from 'node:crypto';
import { courseVersion } from '../../courses/catalogue.js';
import { rows } from '../../db/rows.js';
import { inTransaction } from '../../db/transaction.js';
import { Conflict, NotFound } from '../../errors.js';
import { record } from '../../events/record.js';
import { isComplete } from '../../learning/completion.js';
import { progressOf } from '../../learning/progress.js';
import { newId } from '../../lib/ids.js';
import { quizOf, type Quiz } from '../quiz.js';
import { dryRun, type DryRun } from './dry-run.js';
import { findRegrade, isBusy, lastRulingOn, type Regrade } from './queries.js';
import { countHandedIn, handedIn, type HandedIn, type Scope } from './submitted-attempts.js';
import { certificateEffect, type CertificateEffect } from './impact.js';
import { standingAt, underRulings, type Ruling, type RulingTerms } from './rulings.js';
import { holdRulings, rulingsOn, wordingsBy } from './active-rulings.js';

/** A ruling that somebody proposes, with the reasons that go on record. */
export interface Proposal {
  readonly courseSlug: string;
  readonly quiz: string;
  readonly terms: RulingTerms;
  readonly reason: string;
  readonly withdrawalReason: string | null;
}

/**
 * Look at every attempt that a ruling would be about, grade it anew and keep what would change as a draft: nobody's
 * result is touched. One pass, a batch of attempts in memory. The draft holds a hash of all that it read. Returns its id.
 */
export async function previewRegrade(
  proposal: Proposal,
  { actorId, now }: { actorId: string; now: number },
): Promise<string> {
  const scope = { ...proposal.terms, courseSlug: proposal.courseSlug, quiz: proposal.quiz };
  const rulings = await rulingsOn(scope.courseSlug, scope.quiz);
  const id = await keepDraft(proposal, rulings.at(-1)?.number ?? 0, { actorId, now });
  const quizAt = ruledAsProposed(scope, [...rulings, asProposed(proposal.terms, rulings)]);
  const policy = { withdraw: proposal.withdrawalReason !== null };
  const seen = createHash('sha256');
  let lookedAt = 0;
  for await (const batch of handedIn(scope)) {
    const lines: [HandedIn, DryRun, CertificateEffect][] = [];
    for (const attempt of batch) {
      seen.update(`${JSON.stringify(attempt)}\n`);
      const run = dryRun(attempt, await quizAt(attempt), policy);
      if (run.change !== 'same') lines.push([attempt, run, await effectOn(attempt, run)]);
    }
    lookedAt += batch.length;
    await inTransaction(async () => {
      for (const line of lines) await keepLine(id, ...line);
    });
  }
  await inTransaction(() =>
    rows('update regrades set looked_at = $1, seen_hash = $2 where id = $3', [
      lookedAt,
      seen.digest('hex'),
      id,
    ]),
  );
  return id;
}

/** Look again at what a draft was about, as it is now: a new draft. */
export const previewAgain = (draft: Regrade, by: { actorId: string; now: number }): Promise<string> =>
  previewRegrade({ ...draft, terms: draft }, by);

/** What became of a confirmation. `came` attempts were handed in since the preview; 0 when something else changed. */
export type Confirmed =
  { readonly kind: 'confirmed' } | { readonly kind: 'look-again'; readonly came: number };

/**
 * Put a previewed ruling into force: from here on attempts are graded with it, and those that were handed in are
 * regraded, line by line as previewed, by the worker. Where attempts or rulings came in since the preview nothing is
 * done. Twice is once. Throws Conflict for a draft that never saw all it was about.
 */
export function confirmRegrade(
  id: string,
  { actorId, now }: { actorId: string; now: number },
): Promise<Confirmed> {
  return inTransaction(async () => {
    await holdRulings();
    const draft = await findRegrade(id, { hold: true });
    if (!draft) throw new NotFound();
    if (draft.state !== 'draft') return { kind: 'confirmed' };
    if (draft.lookedAt === null) throw new Conflict('This preview was never finished');
    const came = (await countHandedIn(draft)) - draft.lookedAt;
    const isStale = came !== 0 || (await lastRulingOn(draft)) !== draft.lastRuling || (await isBusy(draft));
    if (isStale) return { kind: 'look-again', came };
    await makeRuling(draft, { actorId, now });
    return { kind: 'confirmed' };
  });
}

/** How long a preview that nobody put into force is kept (ms): by then others handed in, and it says too little. */
const DRAFTS_KEPT = 30 * 86_400_000;

/** Delete old previews that nobody put into force, with their lines, and those that died half-way. */
export function pruneDrafts(now: number): Promise<void> {
  return inTransaction(async () => {
    // None is being confirmed meanwhile.
    await holdRulings();
    const old = `select id from regrades where state = 'draft' and created_at < $1`;
    await rows(`delete from regrade_lines where regrade_id in (${old})`, [now - DRAFTS_KEPT]);
    await rows(`delete from regrades where state = 'draft' and created_at < $1`, [now - DRAFTS_KEPT]);
  });
}

async function makeRuling(draft: Regrade, { actorId, now }: { actorId: string; now: number }): Promise<void> {
  const [made] = await rows<{ number: number }>(
    `insert into item_rulings (number, regrade_id, course_slug, quiz, item_id, kind, from_version, to_version,
       key_version, answers, reason, actor_id, created_at)
     select coalesce((select max(number) from item_rulings), 0) + 1, id, course_slug, quiz, item_id, kind, from_version,
       to_version, key_version, answers, reason, $2, $3 from regrades where id = $1 returning number`,
    [draft.id, actorId, now],
  );
  await rows(`update regrades set state = 'running', confirmed_by = $1, confirmed_at = $2 where id = $3`, [
    actorId,
    now,
    draft.id,
  ]);
  const { courseSlug, quiz, itemId, kind } = draft;
  const payload = { regradeId: draft.id, ruling: made?.number ?? 0, courseSlug, quiz, itemId, kind };
  await record('item.ruled', payload, { actorId, organisationId: null, now });
}

/** As it would be numbered if it were made now. */
const asProposed = (terms: RulingTerms, rulings: readonly Ruling[]): Ruling => ({
  ...terms,
  number: (rulings.at(-1)?.number ?? 0) + 1,
  createdAt: 0,
});

/** The quiz of each course version as the rulings want it, worked out once a version. */
function ruledAsProposed({ courseSlug, quiz: name }: Scope, rulings: readonly Ruling[]) {
  const known = new Map<string, Quiz>();
  return async ({ courseVersionId }: HandedIn): Promise<Quiz> => {
    const found = known.get(courseVersionId);
    if (found) return found;
    const { number, snapshot } = await courseVersion(courseVersionId);
    const quiz = quizOf(snapshot, name);
    if (!quiz) throw new Error(`Course version ${courseVersionId} has no quiz ${name}`);
    const standing = standingAt(rulings, number);
    const ruled = underRulings(quiz, standing, await wordingsBy(courseSlug, name, standing));
    known.set(courseVersionId, ruled);
    return ruled;
  };
}

async function effectOn(attempt: HandedIn, run: DryRun): Promise<CertificateEffect> {
  const { cycleId, courseVersionId, quiz } = attempt;
  const { snapshot } = await courseVersion(courseVersionId);
  const progress = await progressOf(cycleId);
  return certificateEffect(run.change, run, {
    holdsPass: attempt.holder === attempt.id,
    isQuizPassed: attempt.holder !== null,
    hasOtherPass: attempt.hasOtherPass,
    isCompleted: attempt.completedAt !== null,
    completesWithQuiz: isComplete(snapshot, {
      ...progress,
      passed: new Set([...progress.passed, quiz]),
    }),
  });
}

async function keepDraft(
  { courseSlug, quiz, terms, reason, withdrawalReason }: Proposal,
  lastRuling: number,
  { actorId, now }: { actorId: string; now: number },
): Promise<string> {
  const id = newId();
  await inTransaction(() =>
    rows(
      `insert into regrades (id, course_slug, quiz, item_id, kind, from_version, to_version, key_version, answers, reason,
         withdrawal_reason, state, last_ruling, created_by, created_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 'draft', $12, $13, $14)`,
      [
        id,
        courseSlug,
        quiz,
        terms.itemId,
        terms.kind,
        terms.fromVersion,
        terms.toVersion,
        terms.keyVersion,
        JSON.stringify(terms.answers),
        reason,
        withdrawalReason,
        lastRuling,
        actorId,
        now,
      ],
    ),
  );
  return id;
}

const keepLine = (
  regradeId: string,
  { id, organisationId, cycleId }: HandedIn,
  { change, before, found }: DryRun,
  certificate: CertificateEffect,
): Promise<unknown> =>
  rows(
    `insert into regrade_lines (regrade_id, attempt_id, organisation_id, cycle_id, change, certificate, points_before,
       right_before, points_after, right_after) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      regradeId,
      id,
      organisationId,
      cycleId,
      change,
      certificate,
      before.points,
      before.right,
      found.points,
      found.right,
    ],
  );
