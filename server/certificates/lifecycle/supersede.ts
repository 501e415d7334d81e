import { courseVersion } from '../../courses/catalogue.js';
import { row, rows } from '../../db/rows.js';
import { inTransaction } from '../../db/transaction.js';
import { Conflict } from '../../errors.js';
import { endOfChain, record } from '../../events/record.js';
import { canonicalJson } from '../../lib/canonical-json.js';
import { newId } from '../../lib/ids.js';
import { insertAward, moduleResults } from './award.js';
import { findCertificate } from '../queries.js';
import { lockForStateChange, type ChangedBy, type LockedCertificate } from './lock.js';
import { randomPlace } from '../status-lists/status-lists.js';
import type { AwardFacts } from '../../open-badges/credential.js';

/** Why a certificate takes the place of another; each has words on the verify page and in the mail. */
export type SupersessionReason = 'name-corrected' | 'result-regraded' | 'reinstated' | 'signed-anew';

/** What is different from the certificate before. `key` names the occasion: the same key twice is once. */
export interface CertificateChange {
  readonly facts?: Partial<Omit<AwardFacts, 'credentialId' | 'subjectId' | 'statusList' | 'awardedAt'>>;
  readonly reason: SupersessionReason;
  readonly note?: string | null;
  readonly key?: string;
}

/**
 * Put a new certificate in the place of one: a new id and a new place in the status list, the same code and
 * round, and all facts but those that change. The old one is kept; its bit is set. Signing, list and mail
 * follow from the event. Returns the id of the new one. Throws Conflict when the old one is withdrawn,
 * superseded or suspended: a suspension is lifted by `reinstate` alone.
 */
export function supersede(certificateId: string, change: CertificateChange, by: ChangedBy): Promise<string> {
  return inTransaction(async () => {
    const old = await lockForStateChange(certificateId);
    if (old.suspended && change.reason !== 'reinstated')
      throw new Conflict('This certificate is suspended: lift the suspension first');
    return replace(old, change, by);
  });
}

/** Lift a suspension: the certificate is issued anew, with the results of its round as they are now. */
export function reinstate(certificateId: string, note: string | null, by: ChangedBy): Promise<string> {
  return inTransaction(async () => {
    const old = await lockForStateChange(certificateId);
    if (!old.suspended) throw new Conflict('This certificate is not suspended');
    const modules = await resultsNow(old);
    if (!isEarned(old, modules))
      throw new Conflict('The results of this round no longer earn the certificate');
    return replace(old, { facts: { modules }, reason: 'reinstated', note }, by);
  });
}

/** What came of `reissueWithNewResults`. */
export type ReissueOutcome = 'reissued' | 'unchanged' | 'no-certificate' | 'no-longer-earned';

/**
 * The results of a round changed: put a certificate with the results of now in the place of its current one.
 * Nothing happens when it says them already, when there is none that stands, or when the occasion `key` was
 * seen to before. Where the results no longer earn it nothing happens either: whether to withdraw a
 * certificate is for a person to decide.
 */
export function reissueWithNewResults(
  cycleId: string,
  reason: SupersessionReason,
  key: string,
  now: number,
): Promise<ReissueOutcome> {
  return inTransaction(async () => {
    await endOfChain();
    if (await row('select 1 as done from supersessions where dedupe_key = $1', [key])) return 'unchanged';
    const current = await standingOf(cycleId);
    if (!current) return 'no-certificate';
    const old = await lockForStateChange(current);
    const modules = await resultsNow(old);
    if (!isEarned(old, modules)) return 'no-longer-earned';
    if (sameResults(factsOf(old).modules, modules)) return 'unchanged';
    await replace(old, { facts: { modules }, reason, key }, { actorId: null, now });
    return 'reissued';
  });
}

const standingOf = async (cycleId: string): Promise<string | null> =>
  (
    await row<{ id: string }>(
      `select c.id from certificates c where c.cycle_id = $1 and c.superseded_at is null
         and not exists (select 1 from revocations where certificate_id = c.id)
         and not exists (select 1 from suspensions where certificate_id = c.id)`,
      [cycleId],
    )
  )?.id ?? null;

const factsOf = ({ facts }: LockedCertificate) => JSON.parse(facts) as AwardFacts;

const resultsNow = async ({ cycle }: LockedCertificate): Promise<AwardFacts['modules']> =>
  moduleResults(cycle.id, await courseVersion(cycle.courseVersionId));

/** Whether each result that the certificate prints is still a pass: others are not among those of now. */
function isEarned(old: LockedCertificate, now: AwardFacts['modules']): boolean {
  const passed = new Set(now.map(({ id }) => id));
  return factsOf(old).modules.every(({ id }) => passed.has(id));
}

/** Titles are fixed with the version of the course, so only figures can differ; their order means nothing. */
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
  const { cycle } = old;
  // What it says is signed anew: it must be what was signed before.
  if (!(await findCertificate(old.id))?.isIntact)
    throw new Conflict('The record of this certificate was edited: run verify-ledger');
  await rows('update certificates set superseded_at = $1 where id = $2', [now, old.id]);
  const replacementId = await awardAgain(old, change, now);
  await rows(
    `insert into supersessions (certificate_id, replacement_id, organisation_id, reason, note, actor_id,
       dedupe_key, superseded_at) values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [
      old.id,
      replacementId,
      cycle.organisationId,
      change.reason,
      change.note ?? null,
      actorId,
      change.key ?? null,
      now,
    ],
  );
  const payload = { certificateId: old.id, replacementId, userId: cycle.userId, reason: change.reason };
  await record('certificate.superseded', payload, { actorId, organisationId: cycle.organisationId, now });
  return replacementId;
}

/** The awarded facts once more, under a new id and at a new place. Only a taken place makes it try again. */
async function awardAgain(old: LockedCertificate, change: CertificateChange, now: number): Promise<string> {
  const facts: AwardFacts = {
    ...factsOf(old),
    ...change.facts,
    credentialId: newId(),
    subjectId: newId(),
    statusList: await randomPlace(now),
  };
  const made = await insertAward({ code: old.code, cycle: old.cycle, facts }, now);
  return made ? facts.credentialId : awardAgain(old, change, now);
}
