import { row, rows } from '../../db/rows.js';
import { formatDate, type Place, type Translate } from '../../i18n/i18n.js';
import { findCertificate, type CertificateFacts } from '../queries.js';
import { signedFacts } from '../ledger/intact.js';

/** A certificate of a neighbouring round of the same enrolment. */
export interface ChainedCertificate {
  readonly id: string;
  readonly awardedAt: number;
  readonly validUntil: number | null;
}

const NEIGHBOUR = `select c.id, c.awarded_at as "awardedAt", c.valid_until as "validUntil"
  from cycles y join cycles n on n.enrolment_id = y.enrolment_id join certificates c on c.cycle_id = n.id
  where y.id = $1 and c.issued_at is not null and c.superseded_at is null
    and not exists (select 1 from revocations r where r.certificate_id = c.id)
    and not exists (select 1 from suspensions s where s.certificate_id = c.id)`;

/** The certificate that renewed one: of the next round that has one that stands. Null while there is none. */
export const laterCertificate = ({
  cycleId,
}: Pick<CertificateFacts, 'cycleId'>): Promise<ChainedCertificate | null> =>
  row<ChainedCertificate>(`${NEIGHBOUR} and n.number > y.number order by n.number limit 1`, [cycleId]);

/** The certificate that one renewed: of the last round before it that has one that stands. */
export const earlierCertificate = ({
  cycleId,
}: Pick<CertificateFacts, 'cycleId'>): Promise<ChainedCertificate | null> =>
  row<ChainedCertificate>(`${NEIGHBOUR} and n.number < y.number order by n.number desc limit 1`, [cycleId]);

/**
 * The chain as a stranger is told of it: since when there is a newer certificate, and until when that is good. Not its
 * number: whoever has the old one would have all that follow.
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

/** The rounds of a person: which enrolment each belongs to, and which number it has there. */
export const cycleNumbersOf = (
  userId: string,
): Promise<{ id: string; enrolmentId: string; number: number }[]> =>
  rows(`select id, enrolment_id as "enrolmentId", number from cycles where user_id = $1`, [userId]);
