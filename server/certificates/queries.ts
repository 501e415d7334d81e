import { row, rows } from '../db/rows.js';
import { isId } from '../lib/ids.js';
import { readFacts } from './lifecycle/award-facts.js';
import { asStored, ENTERED_COLUMNS, type Entered } from './ledger/intact.js';
import { STORED_COLUMNS, type StoredCertificate } from './ledger/hash.js';
import type { AwardFacts } from '../open-badges/credential.js';

/**
 * A certificate as verbs and routes pass it around. Where `isIntact` is false, somebody edited its row: `facts` and the
 * dates are then those of the signed text, as far as that can be read, and blank otherwise.
 */
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
  /** Its place in the issuance ledger, and the head of the ledger with its own row in it: fixed at the issue. */
  readonly ledgerSeq: number | null;
  readonly ledgerHead: string | null;
  readonly revokedAt: number | null;
  readonly revocationReason: string | null;
  readonly suspendedAt: number | null;
  readonly suspensionReason: string | null;
  readonly supersededAt: number | null;
  readonly supersessionReason: string | null;
  /** Ids: the certificate that took the place of this one, and the one whose place this one took. */
  readonly replacedBy: string | null;
  readonly replaces: string | null;
  /** Whether it is stored as it was awarded and signed: its row of the ledger tells. */
  readonly isIntact: boolean;
  /** The hash of its award, when it is intact and issued, and the seal over it. */
  readonly awardSha256: string | null;
  readonly seal: string | null;
  /** Since when it is known that something about it does not hold; null while nothing is. */
  readonly doubtedAt: number | null;
}

type Row = StoredCertificate &
  Entered &
  Omit<CertificateFacts, keyof StoredCertificate | 'isIntact' | 'awardSha256'>;

const SELECT = `select ${STORED_COLUMNS.text}, ${ENTERED_COLUMNS.text}, c.key_id as "keyId", c.seal,
    c.superseded_at as "supersededAt", d.noticed_at as "doubtedAt", r.revoked_at as "revokedAt", r.reason as "revocationReason",
    s.suspended_at as "suspendedAt", s.reason as "suspensionReason",
    p.reason as "supersessionReason", p.replacement_id as "replacedBy", b.certificate_id as replaces
  from certificates c
    left join issuance_ledger e on e.certificate_id = c.id
    left join certificate_doubts d on d.certificate_id = c.id
    left join revocations r on r.certificate_id = c.id
    left join suspensions s on s.certificate_id = c.id
    left join supersessions p on p.certificate_id = c.id
    left join supersessions b on b.replacement_id = c.id`;

const one = async (where: string, value: string): Promise<CertificateFacts | null> => {
  const found = await row<Row>(`${SELECT} where ${where}`, [value]);
  return found && fromRow(found);
};

/** By id, or null; a text that is no id is not looked for. */
export const findCertificate = async (id: unknown): Promise<CertificateFacts | null> =>
  isId(id) ? one('c.id = $1', id) : null;

/** The address that the certificate issued last says it was issued at; null while none was, or its row is gone. */
export async function addressOfNewest(): Promise<string | null> {
  const newest = await row<{ facts: string }>(
    `select c.facts from issuance_ledger l join certificates c on c.id = l.certificate_id
     order by l.seq desc limit 1`,
  );
  return newest && (readFacts(newest.facts)?.baseUrl ?? null);
}

/**
 * By code as stored (`normaliseCode`), or null. Of those that bore the code in turn it is the newest that is
 * signed: while one that is to take its place waits for its signature, the old one answers, as superseded.
 */
export const certificateByCode = (code: string): Promise<CertificateFacts | null> =>
  one(
    `c.code = $1 order by case when c.issued_at is null then 1 else 0 end,
       case when c.superseded_at is null then 0 else 1 end, c.superseded_at desc limit 1`,
    code,
  );

/** The certificate of a round that stands for it now, or null while there is none. */
export const certificateOf = (cycleId: string): Promise<CertificateFacts | null> =>
  one('c.cycle_id = $1 and c.superseded_at is null', cycleId);

/** The certificates that bore a code before the newest, newest first. */
export async function certificatesBefore({
  code,
  id,
}: Pick<CertificateFacts, 'code' | 'id'>): Promise<CertificateFacts[]> {
  const found = await rows<Row>(
    `${SELECT} where c.code = $1 and c.id <> $2 and c.issued_at is not null and c.superseded_at is not null
     order by c.superseded_at desc`,
    [code, id],
  );
  return found.map(fromRow);
}

/** All certificates of a person that are signed, newest first, without those that another took the place of. */
export async function certificatesOf(userId: string): Promise<CertificateFacts[]> {
  const found = await rows<Row>(
    `${SELECT} where c.user_id = $1 and c.issued_at is not null and c.superseded_at is null
     order by c.awarded_at desc`,
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

const fromRow = (found: Row): CertificateFacts => ({ ...found, ...asStored(found) });
