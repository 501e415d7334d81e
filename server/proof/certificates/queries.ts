import { isOwnAccount } from '../../people/accounts/merged-accounts.js';
import { listed, row, rows } from '../../platform/db/rows.js';
import { columns, orNull, renamed, sql, type Sql } from '../../platform/db/sql.js';
import type { Row } from '../../platform/db/table.js';
import { isId } from '../../platform/lib/ids.js';
import type { AwardFacts } from '../open-badges/credential.js';
import type { Addresses } from '../open-badges/did.js';
import { Erasure } from './erasure/tables.js';
import { STORED_COLUMNS } from './ledger/hash.js';
import { asErased, asStored, ENTERED_COLUMNS } from './ledger/intact.js';
import { IssuanceEntry } from './ledger/tables.js';
import { readFacts } from './lifecycle/award-facts.js';
import { Certificate, Revocation, Supersession, Suspension } from './tables.js';
import { CertificateDoubt } from './verification/tables.js';

/** The columns of a certificate that are passed on as stored. `ledgerHead` is the hash of its entry in the ledger. */
type StoredColumn =
  | 'id'
  | 'code'
  | 'organisationId'
  | 'userId'
  | 'cycleId'
  | 'awardedAt'
  | 'validUntil'
  | 'keyId'
  | 'credential'
  | 'sha256'
  | 'seal'
  | 'issuedAt'
  | 'ledgerSeq'
  | 'ledgerHead'
  | 'supersededAt';

/**
 * A certificate, for verbs and routes. When `isIntact` is false, somebody edited its row: `facts` and the dates then come
 * from the signed text as far as it can be read, and are blank otherwise.
 */
export interface CertificateFacts extends Readonly<Pick<Row<typeof Certificate>, StoredColumn>> {
  readonly facts: AwardFacts;
  /** Whether the row is as it was awarded and signed: its entry in the ledger tells. */
  readonly isIntact: boolean;
  /** The hash of the award, when the certificate is intact and issued. */
  readonly awardSha256: string | null;
  readonly revokedAt: number | null;
  readonly revocationReason: string | null;
  readonly suspendedAt: number | null;
  readonly suspensionReason: string | null;
  readonly supersessionReason: string | null;
  /** The id of the certificate that replaced this one. */
  readonly replacedBy: string | null;
  /** The id of the certificate that this one replaced. */
  readonly replaces: string | null;
  /** When its details were erased (epoch ms): its entry in the ledger is what is left to prove it. */
  readonly erasedAt: number | null;
  /** When a check first found it doubtful (epoch ms); null when it is not. */
  readonly doubtedAt: number | null;
}

const FOUND = sql`select ${STORED_COLUMNS}, ${ENTERED_COLUMNS},
    ${columns(Certificate, 'c', 'keyId', 'seal', 'supersededAt')},
    ${orNull(renamed(Erasure, 'x', { erasedAt: 'erasedAt', erasedSha256: 'sha256', erasedAwardSha256: 'awardSha256' }))},
    ${orNull(renamed(CertificateDoubt, 'd', { doubtedAt: 'noticedAt' }))},
    ${orNull(renamed(Revocation, 'r', { revokedAt: 'revokedAt', revocationReason: 'reason' }))},
    ${orNull(renamed(Suspension, 's', { suspendedAt: 'suspendedAt', suspensionReason: 'reason' }))},
    ${orNull(renamed(Supersession, 'p', { supersessionReason: 'reason', replacedBy: 'replacementId' }))},
    ${orNull(renamed(Supersession, 'b', { replaces: 'certificateId' }))}
  from ${Certificate} c
    left join ${IssuanceEntry} e on e.certificate_id = c.id
    left join ${Erasure} x on x.certificate_id = c.id
    left join ${CertificateDoubt} d on d.certificate_id = c.id
    left join ${Revocation} r on r.certificate_id = c.id
    left join ${Suspension} s on s.certificate_id = c.id
    left join ${Supersession} p on p.certificate_id = c.id
    left join ${Supersession} b on b.replacement_id = c.id`;

type Found = typeof FOUND extends Sql<infer R> ? R : never;

const factsOf = (found: Found): CertificateFacts => ({
  ...found,
  ...(found.erasedAt === null ? asStored(found) : asErased(found)),
});

async function one(query: Sql<Found>, value: string): Promise<CertificateFacts | null> {
  const found = await row(query, [value]);
  return found && factsOf(found);
}

const BY_ID = sql`${FOUND} where c.id = $1`;

/** A certificate by id, or null; a text that is not an id is not looked up. */
export const findCertificate = async (id: unknown): Promise<CertificateFacts | null> =>
  isId(id) ? one(BY_ID, id) : null;

const ISSUED = sql`select ${columns(Certificate, 'c', 'facts')}
  from ${IssuanceEntry} l join ${Certificate} c on c.id = l.certificate_id`;
const OLDEST = sql`${ISSUED} order by l.seq limit 1`;
const NEWEST_ISSUED = sql`${ISSUED} order by l.seq desc limit 1`;
/** Reads all certificates where each names one of the addresses. */
const ELSEWHERE = () => sql`${ISSUED} where c.facts like '%"baseUrl":"%'
    and not exists (select 1 from ${listed(1)} as list where c.facts like list.value ->> 0)
  order by l.seq desc limit 1`;

/**
 * An address that a certificate issued here names and that is none of these; null when there is none. An installation that never moved
 * looks at its first and its newest certificate alone.
 */
export async function unknownAddress({ baseUrl, formerBaseUrls }: Addresses): Promise<string | null> {
  const known = [baseUrl, ...formerBaseUrls];
  const patterns = JSON.stringify(known.map(address => [`%"baseUrl":${JSON.stringify(address)}%`]));
  const found =
    formerBaseUrls.length > 0
      ? [await row(ELSEWHERE(), [patterns])]
      : [await row(NEWEST_ISSUED), await row(OLDEST)];
  const named = found.map(each => each && readFacts(each.facts)?.baseUrl);
  return named.find(address => address && !known.includes(address)) ?? null;
}

const SIGNED_FIRST = sql`order by case when c.issued_at is null then 1 else 0 end,
  case when c.superseded_at is null then 0 else 1 end, c.superseded_at desc limit 1`;

const BY_CODE = sql`${FOUND} where c.code = $1 ${SIGNED_FIRST}`;

/**
 * A certificate by its code as stored (`normaliseCode`), or null. Replacements share the code: the newest signed one is
 * found. While a replacement waits for its signature, the old certificate is found, as superseded.
 */
export const certificateByCode = (code: string): Promise<CertificateFacts | null> => one(BY_CODE, code);

const OF_CYCLE = sql`${FOUND} where c.cycle_id = $1 and c.superseded_at is null`;

/** The certificate of a cycle that is not superseded, or null. */
export const certificateOf = (cycleId: string): Promise<CertificateFacts | null> => one(OF_CYCLE, cycleId);

const SIGNED_OF_CYCLE = sql`${FOUND} where c.cycle_id = $1 and c.issued_at is not null ${SIGNED_FIRST}`;

/**
 * The newest signed certificate of a cycle, or null. While a replacement waits for its signature, the old certificate is
 * found, as superseded.
 */
export const signedCertificateOf = (cycleId: string): Promise<CertificateFacts | null> =>
  one(SIGNED_OF_CYCLE, cycleId);

const BEFORE = sql`${FOUND}
  where c.code = $1 and c.id <> $2 and c.issued_at is not null and c.superseded_at is not null
  order by c.superseded_at desc`;

/** The superseded certificates that share a code with this one, newest first. */
export async function certificatesBefore({
  code,
  id,
}: Pick<CertificateFacts, 'code' | 'id'>): Promise<CertificateFacts[]> {
  return (await rows(BEFORE, [code, id])).map(factsOf);
}

/** Exported for the test of its plan. */
export const ofPerson = (): typeof FOUND => sql`${FOUND}
  where c.user_id ${isOwnAccount()} and c.issued_at is not null and c.superseded_at is null order by c.awarded_at desc`;

/** The signed certificates of a person, newest first, without superseded ones; those of accounts that were merged into theirs, too. */
export const certificatesOf = async (userId: string): Promise<CertificateFacts[]> =>
  (await rows(ofPerson(), [userId])).map(factsOf);

const NEWEST = sql`${FOUND} order by c.awarded_at desc, c.id limit $1`;

const NEWEST_AFTER = sql`${FOUND} join ${Certificate} l on l.id = $2
  where c.awarded_at < l.awarded_at or (c.awarded_at = l.awarded_at and c.id > l.id)
  order by c.awarded_at desc, c.id limit $1`;

/** The newest certificates of the installation, at most `limit`; with `after` (an id), those that follow it. */
export async function newestCertificates(limit: number, after: string | null): Promise<CertificateFacts[]> {
  const found = after ? await rows(NEWEST_AFTER, [limit, after]) : await rows(NEWEST, [limit]);
  return found.map(factsOf);
}
