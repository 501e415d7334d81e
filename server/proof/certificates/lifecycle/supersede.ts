import { insert, row, rows } from '../../../platform/db/rows.js';
import { columns, sql } from '../../../platform/db/sql.js';
import { inTransaction } from '../../../platform/db/transaction.js';
import { Conflict } from '../../../errors.js';
import { record } from '../../../platform/events/record.js';
import { liftVoid } from '../../../teaching/learning/credits/voids.js';
import { holdCycle } from '../../../teaching/learning/enrolments.js';
import { takenCourse } from '../../../teaching/learning/path/taken-course.js';
import { canonicalJson } from '../../../platform/lib/canonical-json.js';
import { newId } from '../../../platform/lib/ids.js';
import type { AwardFacts } from '../../open-badges/credential.js';
import { findCertificate } from '../queries.js';
import { randomPlace } from '../status-lists/status-lists.js';
import { Certificate, Revocation, Supersession, Suspension } from '../tables.js';
import { insertAwards, moduleResults } from './award.js';
import { lockForStateChange, type ChangedBy, type LockedCertificate } from './lock.js';

/** Why a certificate replaces another. The verify page and the mail have words for each. */
export type SupersessionReason =
  'name-corrected' | 'result-regraded' | 'reinstated' | 'signed-anew' | 'date-corrected';

/** What the replacement changes. `key` names the occasion: each key replaces a certificate once. */
export interface CertificateChange {
  readonly facts?: Partial<Omit<AwardFacts, 'credentialId' | 'subjectId' | 'statusList'>>;
  readonly reason: SupersessionReason;
  readonly note?: string | null;
  readonly key?: string;
}

/**
 * Replace a certificate. The new one has a new id and a new index in the status list, and keeps the code, the cycle and
 * every fact that does not change. The old one is kept, and its status bit is set. The event leads to the signature, the
 * status list and the mail. Returns the id of the new certificate. Throws Conflict when the old one is revoked,
 * superseded or suspended: only `reinstate` lifts a suspension.
 */
export function supersede(certificateId: string, change: CertificateChange, by: ChangedBy): Promise<string> {
  return inTransaction(async () => {
    const old = await lockForStateChange(certificateId);
    if (old.isSuspended && change.reason !== 'reinstated')
      throw new Conflict('This certificate is suspended: lift the suspension first');
    return replace(old, change, by);
  });
}

/**
 * Lift a suspension: replace the certificate with one that has the present results of its cycle. Throws Conflict when it
 * is not suspended, or when the results no longer earn it.
 */
export function reinstate(certificateId: string, note: string | null, by: ChangedBy): Promise<string> {
  return inTransaction(async () => {
    const old = await lockForStateChange(certificateId);
    if (!old.isSuspended) throw new Conflict('This certificate is not suspended');
    const modules = await presentResults(old);
    if (!isEarned(old, modules))
      throw new Conflict('The results of this cycle no longer earn the certificate');
    await liftVoid({ cycleId: old.cycle.id, because: 'suspended' }, by);
    return replace(old, { facts: { modules }, reason: 'reinstated', note }, by);
  });
}

/** The outcome of `reissueWithNewResults`. */
export type ReissueOutcome = 'reissued' | 'unchanged' | 'no-certificate' | 'no-longer-earned';

/**
 * The results of a cycle changed: replace its current certificate with one that has the new results. Does nothing when
 * the certificate already has them, when the cycle has no current certificate, or when `key` was used before. Does
 * nothing either when the results no longer earn the certificate: a person decides whether to revoke it.
 */
export function reissueWithNewResults(
  cycleId: string,
  reason: SupersessionReason,
  key: string,
  now: number,
): Promise<ReissueOutcome> {
  return inTransaction(async () => {
    await holdCycle(cycleId);
    if (await row(WITH_KEY, [key])) return 'unchanged';
    const current = await row(CURRENT, [cycleId]);
    if (!current) return 'no-certificate';
    const old = await lockForStateChange(current.id);
    const modules = await presentResults(old);
    if (!isEarned(old, modules)) return 'no-longer-earned';
    if (sameResults(factsOf(old).modules, modules)) return 'unchanged';
    await replace(old, { facts: { modules }, reason, key }, { actorId: null, now });
    return 'reissued';
  });
}

const WITH_KEY = sql`select 1 as done from ${Supersession} where dedupe_key = $1`;

const CURRENT = sql`select ${columns(Certificate, 'c', 'id')} from ${Certificate} c
  where c.cycle_id = $1 and c.superseded_at is null and (c.issued_at is null or c.credential is not null)
    and not exists (select 1 from ${Revocation} where certificate_id = c.id)
    and not exists (select 1 from ${Suspension} where certificate_id = c.id)`;

const factsOf = ({ facts }: LockedCertificate) => JSON.parse(facts) as AwardFacts;

const presentResults = async (certificate: LockedCertificate): Promise<AwardFacts['modules']> => {
  const { id, courseVersionId } = certificate.cycle;
  const { path = 'whole' } = factsOf(certificate);
  return moduleResults(id, await takenCourse({ courseVersionId, path }));
};

/** Whether every result on the certificate is still a pass: `now` holds passes only. */
function isEarned(old: LockedCertificate, now: AwardFacts['modules']): boolean {
  const passed = new Set(now.map(({ id }) => id));
  return factsOf(old).modules.every(({ id }) => passed.has(id));
}

/** The course version fixes the titles, so only the figures can differ; the order has no meaning. */
function sameResults(one: AwardFacts['modules'], other: AwardFacts['modules']): boolean {
  const sorted = (modules: AwardFacts['modules']) =>
    canonicalJson(modules.toSorted((a, b) => (a.id < b.id ? -1 : 1)));
  return sorted(one) === sorted(other);
}

async function replace(
  old: LockedCertificate,
  change: CertificateChange,
  { actorId, now }: ChangedBy,
): Promise<string> {
  // The replacement repeats these facts under a new signature, so they must be the facts that were signed.
  const found = await findCertificate(old.id);
  if (found?.erasedAt) throw new Conflict('The details of this certificate were erased');
  if (!found?.isIntact) throw new Conflict('The record of this certificate was edited: run verify-ledger');
  await rows(sql`update ${Certificate} set superseded_at = $1 where id = $2`, [now, old.id]);
  const replacementId = await awardAgain(old, change, now);
  const { organisationId, userId } = old.cycle;
  const { reason, note = null, key: dedupeKey = null } = change;
  const ids = { certificateId: old.id, replacementId };
  await insert(Supersession, { ...ids, organisationId, reason, note, actorId, dedupeKey, supersededAt: now });
  await record('certificate.superseded', { ...ids, userId, reason }, { actorId, organisationId, now });
  return replacementId;
}

/** Insert the same award with a new id and a new status index; try again with another index when that one is taken. */
async function awardAgain(old: LockedCertificate, change: CertificateChange, now: number): Promise<string> {
  const facts: AwardFacts = {
    ...factsOf(old),
    ...change.facts,
    credentialId: newId(),
    subjectId: newId(),
    statusList: await randomPlace(now),
  };
  const awarded = await insertAwards([{ now, code: old.code, cycle: old.cycle, facts }]);
  return awarded ? facts.credentialId : awardAgain(old, change, now);
}
