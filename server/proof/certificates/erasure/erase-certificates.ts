import { ERASED_NAME } from '../../../people/accounts/account-data.js';
import { eraseRows, type ErasedBy, type PersonIds } from '../../../platform/db/personal-data.js';
import { insertOnce, row, rows } from '../../../platform/db/rows.js';
import { columns, renamed, sql } from '../../../platform/db/sql.js';
import { inTransaction } from '../../../platform/db/transaction.js';
import type { AwardFacts } from '../../open-badges/credential.js';
import { certificateData } from '../certificate-data.js';
import { readFacts } from '../lifecycle/award-facts.js';
import { IssuanceEntry } from '../ledger/tables.js';
import { Certificate } from '../tables.js';
import { Erasure } from './tables.js';

const OWN = sql`select ${columns(Certificate, 'c', 'id', 'organisationId', 'facts', 'awardedAt', 'validUntil')},
    ${renamed(IssuanceEntry, 'e', { sha256: 'sha256', awardSha256: 'awardSha256' })}
  from ${Certificate} c join ${IssuanceEntry} e on e.certificate_id = c.id
  where c.user_id = $1 and c.credential is not null order by c.id`;

const UNSIGNED = sql`select ${columns(Certificate, 'c', 'id')} from ${Certificate} c
  where c.user_id = $1 and c.issued_at is null and c.superseded_at is null limit 1`;

/**
 * Erase the name, the results and the signed text of somebody's certificates. The ledger's entry with its hashes stays, and
 * so do the course and the days, without a name. Throws while one waits for its signature: the job is tried again.
 */
export const eraseCertificates = (whose: PersonIds, by: ErasedBy): Promise<void> =>
  inTransaction(async () => {
    const { userId } = whose;
    if (userId === null) return;
    if (await row(UNSIGNED, [userId])) throw new Error('A certificate of this person is still to be signed');
    for (const { id, facts, organisationId, awardedAt, validUntil, ...hashes } of await rows(OWN, [userId])) {
      const { erasureId, actorId, now, keptUntil } = by;
      const end = keptUntil(organisationId, validUntil ?? awardedAt);
      const erasure = { certificateId: id, erasureId, ...hashes, factsUntil: end, actorId, erasedAt: now };
      await insertOnce(Erasure, erasure);
      await rows(BLANK, [id, ERASED_NAME, JSON.stringify(withoutName(readFacts(facts)))]);
    }
    await eraseRows(certificateData, whose);
  });

const BLANK = sql`update ${Certificate} set holder_name = $2, facts = $3, credential = null where id = $1`;

/** What an award was for, and when: no name and no results. */
const withoutName = (facts: AwardFacts | null): object =>
  facts === null ? {} : { ...facts, name: ERASED_NAME, subjectId: '', modules: [] };

const ENDED = sql`select ${columns(Erasure, 'x', 'certificateId')} from ${Erasure} x where x.facts_until <= $1 limit 500`;

/** Remove the course and the days of awards whose time is over: the hashes are left. Returns how many there were. */
export const endErasedFacts = (today: string): Promise<number> =>
  inTransaction(async () => {
    const ended = await rows(ENDED, [today]);
    for (const { certificateId } of ended) {
      await rows(sql`update ${Certificate} set facts = '{}' where id = $1`, [certificateId]);
      await rows(sql`update ${Erasure} set facts_until = null where certificate_id = $1`, [certificateId]);
    }
    return ended.length;
  });

/** The certificates of somebody: their kept papers go, too. */
export const certificateIdsOf = async (userId: string): Promise<string[]> =>
  (
    await rows(sql`select ${columns(Certificate, 'c', 'id')} from ${Certificate} c where c.user_id = $1`, [
      userId,
    ])
  ).map(({ id }) => id);

/** What proves an erasure of certificates: for its digest, in the order of their ids. */
export const erasedOf = (erasureId: string): Promise<{ id: string; sha256: string; awardSha256: string }[]> =>
  rows(
    sql`select ${renamed(Erasure, 'x', { id: 'certificateId' })}, ${columns(Erasure, 'x', 'sha256', 'awardSha256')}
        from ${Erasure} x where x.erasure_id = $1 order by x.certificate_id`,
    [erasureId],
  );
