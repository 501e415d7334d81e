import { row } from '../../../platform/db/rows.js';
import { columns, sql } from '../../../platform/db/sql.js';
import type { Row } from '../../../platform/db/table.js';
import { formatDate, type Place, type Translate } from '../../../platform/i18n/i18n.js';
import { Cycle } from '../../../teaching/learning/tables.js';
import { signedFacts } from '../ledger/intact.js';
import { findCertificate, type CertificateFacts } from '../queries.js';
import { Certificate, Revocation, Suspension } from '../tables.js';

/** A current certificate of another cycle of the same enrolment. */
export type ChainedCertificate = Readonly<Pick<Row<typeof Certificate>, 'id' | 'awardedAt' | 'validUntil'>>;

const CHAIN = sql`select ${columns(Certificate, 'c', 'id', 'awardedAt', 'validUntil')}
  from ${Cycle} y join ${Cycle} n on n.enrolment_id = y.enrolment_id join ${Certificate} c on c.cycle_id = n.id
  where y.id = $1 and c.issued_at is not null and c.superseded_at is null
    and not exists (select 1 from ${Revocation} r where r.certificate_id = c.id)
    and not exists (select 1 from ${Suspension} s where s.certificate_id = c.id)`;

const LATER = sql`${CHAIN} and n.number > y.number order by n.number limit 1`;
const EARLIER = sql`${CHAIN} and n.number < y.number order by n.number desc limit 1`;

/** The certificate that renewed this one, from the next cycle that has a current certificate, or null. */
export const laterCertificate = ({
  cycleId,
}: Pick<CertificateFacts, 'cycleId'>): Promise<ChainedCertificate | null> => row(LATER, [cycleId]);

/** The certificate that this one renewed, from the last earlier cycle that has a current certificate, or null. */
export const earlierCertificate = ({
  cycleId,
}: Pick<CertificateFacts, 'cycleId'>): Promise<ChainedCertificate | null> => row(EARLIER, [cycleId]);

/**
 * What the verify page says of a renewal: when the newer certificate was awarded, and until when it is valid. Its number
 * is left out, or whoever has the old number would have all that follow.
 */
export async function renewalRows(
  certificate: CertificateFacts,
  place: Place,
  t: Translate,
): Promise<{ label: string; value: string }[]> {
  const newer = await findCertificate((await laterCertificate(certificate))?.id);
  const signed = newer?.isIntact ? signedFacts(newer) : null;
  if (!signed) return [];
  const awarded = formatDate(signed.awardedAt, place);
  const until = signed.validUntil === null ? t('components.noEnd') : formatDate(signed.validUntil, place);
  return [{ label: t('chain.renewed'), value: t('chain.renewedOn', { awarded, until }) }];
}
