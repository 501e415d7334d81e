import { inLane } from '../../../platform/db/lanes.js';
import { row } from '../../../platform/db/rows.js';
import { columns, sql } from '../../../platform/db/sql.js';
import { inTransaction } from '../../../platform/db/transaction.js';
import { record } from '../../../platform/events/record.js';
import { findCycles, holdCycles, type CycleFacts } from '../../../teaching/learning/enrolments.js';
import { takenCourse } from '../../../teaching/learning/path/taken-course.js';
import { newCode } from '../../../platform/lib/ids.js';
import { oneByOne } from '../../../platform/lib/lists/one-by-one.js';
import { groupedBy } from '../../../platform/lib/lists/grouped.js';
import { batched } from '../../../platform/lib/batched.js';
import { passedResults } from '../../../teaching/quizzes/attempts/attempts.js';
import type { Issuer } from '../issuer/issuer.js';
import { AWARD_COLUMNS, type Award } from '../ledger/hash.js';
import { randomPlaces } from '../status-lists/status-lists.js';
import { Certificate } from '../tables.js';
import { gatherFacts, insertAwards, printedResults, type NewAward, type OpenFacts } from './award.js';

/** A cycle to award. `now`: epoch ms. */
interface Asked {
  readonly cycleId: string;
  readonly issuer: Issuer;
  readonly now: number;
}

/** A completed cycle, as it was read, and what its certificate says of it. */
interface Earned {
  readonly cycle: CycleFacts;
  readonly open: OpenFacts;
  readonly now: number;
}

/** The award of a cycle, made now or before. */
export interface Awarded {
  readonly award: Award;
  readonly isNew: boolean;
  readonly isSigned: boolean;
}

/**
 * Award a cycle, once: fix the facts of its certificate, that is name, results, dates, code and place in a status list. Null when the
 * cycle is not complete. In a rush all who wait are awarded by one transaction.
 */
export const awardCycle = batched((asked: readonly Asked[]) => inLane('awaited', () => awardAll(asked)));

async function awardAll(asked: readonly Asked[]): Promise<(Awarded | null)[]> {
  const earned = await completed(asked);
  const awarded = earned.length === 0 ? [] : await inTransaction(() => awardNow(earned));
  // Only one that is awarded alone comes here: it is read again.
  if (!awarded) return awardAll(asked);
  return asked.map(({ cycleId }) => awarded.find(({ award }) => award.cycleId === cycleId) ?? null);
}

/** Read before anybody has to wait for it: in a rush writers queue. */
async function completed(asked: readonly Asked[]): Promise<Earned[]> {
  const found = await findCycles(asked.map(({ cycleId }) => cycleId));
  const cycles = found.filter(({ completedAt }) => completedAt !== null);
  if (cycles.length === 0) return [];
  // An installation is one issuer, and all have asked within a moment.
  const [{ issuer, now }] = asked as [Asked];
  const facts = await gatherFacts(cycles, issuer);
  return cycles.map((cycle, at) => ({ cycle, open: facts[at] as OpenFacts, now }));
}

/**
 * Null where something came between: the cycle was completed anew, or its place in the status list was taken. Throws where that happened to
 * one of several, or one has an award: which of them it was shows when each is awarded alone.
 */
async function awardNow(earned: readonly Earned[]): Promise<Awarded[] | null> {
  // They are locked, so that a pass is withdrawn either before the award or after it.
  const held = await holdCycles(earned.map(({ cycle }) => cycle.id));
  const isHeld = ({ cycle }: Earned) =>
    held.some(({ id, completedAt }) => id === cycle.id && completedAt === cycle.completedAt);
  const areHeld = earned.every(isHeld);
  const awards = areHeld ? await insertAwards(await closed(earned)) : null;
  if (!awards && earned.length > 1) throw new Error('Something came between');
  if (!awards) return areHeld ? awardedBefore(held[0]?.id ?? '') : null;
  for (const [at, award] of awards.entries()) await recordAward(award, earned[at]?.now ?? 0);
  return awards.map(award => ({ award, isNew: true, isSigned: false }));
}

/** The facts that are fixed now: the results as they stand, and a place in the status list. */
async function closed(earned: readonly Earned[]): Promise<NewAward[]> {
  const results = groupedBy(await passedResults(earned.map(({ cycle }) => cycle.id)), 'cycleId');
  const places = await randomPlaces(earned.length, earned[0]?.now ?? 0);
  return oneByOne([...earned.entries()], async ([at, { cycle, open, now }]) => {
    const modules = printedResults(results.get(cycle.id) ?? [], await takenCourse(cycle));
    const facts = { ...open, modules, statusList: places[at] as (typeof places)[number] };
    return { now, code: newCode(), cycle, facts };
  });
}

async function recordAward({ id, cycleId, userId, organisationId }: Award, now: number): Promise<void> {
  const payload = { certificateId: id, cycleId, userId };
  await record('certificate.awarded', payload, { actorId: null, organisationId, now });
}

const OF_CYCLE = sql`select ${AWARD_COLUMNS}, ${columns(Certificate, 'c', 'issuedAt')} from ${Certificate} c
  where c.cycle_id = $1 and c.superseded_at is null`;

/** The award that a cycle has: the job runs again. */
async function awardedBefore(cycleId: string): Promise<Awarded[] | null> {
  const found = await row(OF_CYCLE, [cycleId]);
  if (!found) return null;
  const { issuedAt, ...award } = found;
  return [{ award, isNew: false, isSigned: issuedAt !== null }];
}
