import { row, rows } from '../db/rows.js';
import { isId } from '../lib/ids.js';
import type { AwardFacts } from './vc/credential.js';

/** A certificate as verbs and routes pass it around. */
export interface CertificateFacts {
  readonly id: string;
  readonly code: string;
  readonly organisationId: string;
  readonly userId: string;
  readonly cycleId: string;
  readonly facts: AwardFacts;
  readonly awardedAt: number;
  readonly validUntil: number | null;
  readonly keyId: string | null;
  readonly credential: string | null;
  readonly sha256: string | null;
  readonly issuedAt: number | null;
  readonly revokedAt: number | null;
  readonly revocationReason: string | null;
}

type Row = Omit<CertificateFacts, 'facts'> & { facts: string };

const SELECT = `select c.id, c.code, c.organisation_id as "organisationId", c.user_id as "userId",
    c.cycle_id as "cycleId", c.facts, c.awarded_at as "awardedAt", c.valid_until as "validUntil",
    c.key_id as "keyId", c.credential, c.sha256, c.issued_at as "issuedAt",
    r.revoked_at as "revokedAt", r.reason as "revocationReason"
  from certificates c left join revocations r on r.certificate_id = c.id`;

const one = async (where: string, value: string): Promise<CertificateFacts | null> => {
  const found = await row<Row>(`${SELECT} where ${where} = $1`, [value]);
  return found && fromRow(found);
};

/** By id, or null; a text that is no id is not looked for. */
export const findCertificate = async (id: unknown): Promise<CertificateFacts | null> =>
  isId(id) ? one('c.id', id) : null;

/** By code as stored (`normaliseCode`), or null. */
export const certificateByCode = (code: string): Promise<CertificateFacts | null> => one('c.code', code);

/** The certificate of a round, or null while there is none. */
export const certificateOf = (cycleId: string): Promise<CertificateFacts | null> =>
  one('c.cycle_id', cycleId);

/** All certificates of a person that are signed, newest first. */
export async function certificatesOf(userId: string): Promise<CertificateFacts[]> {
  const found = await rows<Row>(
    `${SELECT} where c.user_id = $1 and c.issued_at is not null order by c.awarded_at desc`,
    [userId],
  );
  return found.map(fromRow);
}

/** The newest certificates of the installation, at most `limit`; those that follow `after` (an id) when given. */
export async function newestCertificates(limit: number, after: string | null): Promise<CertificateFacts[]> {
  const found = await rows<Row>(
    after
      ? `${SELECT} join certificates l on l.id = $2
         where c.awarded_at < l.awarded_at or (c.awarded_at = l.awarded_at and c.id > l.id)
         order by c.awarded_at desc, c.id limit $1`
      : `${SELECT} order by c.awarded_at desc, c.id limit $1`,
    after ? [limit, after] : [limit],
  );
  return found.map(fromRow);
}

const fromRow = (found: Row): CertificateFacts => ({
  ...found,
  facts: JSON.parse(found.facts) as AwardFacts,
});
