import { insert, row, rows } from '../../../platform/db/rows.js';
import { columns, sql } from '../../../platform/db/sql.js';
import type { Row } from '../../../platform/db/table.js';
import { inTransaction } from '../../../platform/db/transaction.js';
import { record } from '../../../platform/events/record.js';
import { newId } from '../../../platform/lib/ids.js';
import { linkToken, sha256 } from '../../../platform/lib/tokens.js';
import { signedCertificateOf, type CertificateFacts } from '../queries.js';
import { ShareLink } from './tables.js';

/** How long a link may stay open, in days. */
export const SHARE_DAYS = [7, 30, 90] as const;
export type ShareDays = (typeof SHARE_DAYS)[number];

/** Open links of one certificate. */
const MAX_OPEN = 10;

const DAY = 86_400_000;

/** An open link. `token` is the secret part of its address: it is computed from the row's id and never stored. */
export type OpenShareLink = Readonly<Pick<Row<typeof ShareLink>, 'id' | 'createdAt' | 'expiresAt'>> & {
  readonly token: string;
};

type Shared = Pick<CertificateFacts, 'cycleId' | 'organisationId' | 'userId'>;

const tokenOf = (key: Buffer, id: string): string => linkToken(key, `share ${id}`);

const OPEN_LINKS = sql`select ${columns(ShareLink, 'l', 'id', 'createdAt', 'expiresAt')} from ${ShareLink} l
  where l.cycle_id = $1 and l.closed_at is null and l.expires_at > $2 order by l.created_at, l.id`;

/** The open links of a certificate, oldest first. */
export async function openShareLinks(
  { cycleId }: Pick<Shared, 'cycleId'>,
  { key, now }: { key: Buffer; now: number },
): Promise<OpenShareLink[]> {
  const links = await rows(OPEN_LINKS, [cycleId, now]);
  return links.map(link => ({ ...link, token: tokenOf(key, link.id) }));
}

/**
 * Create a link that shows the whole record of a certificate for so many days. It belongs to the cycle, so after a
 * correction it shows the corrected certificate. Returns false when the certificate already has ten open links.
 */
export function createShareLink(
  { cycleId, organisationId, userId }: Shared,
  days: ShareDays,
  { key, now }: { key: Buffer; now: number },
): Promise<boolean> {
  return inTransaction(async () => {
    if ((await openShareLinks({ cycleId }, { key, now })).length >= MAX_OPEN) return false;
    const id = newId();
    const tokenHash = sha256(tokenOf(key, id));
    const expiresAt = now + days * DAY;
    await insert(ShareLink, { id, cycleId, organisationId, userId, tokenHash, createdAt: now, expiresAt });
    const payload = { linkId: id, cycleId, userId, days };
    await record('share-link.opened', payload, { actorId: userId, organisationId, now });
    return true;
  });
}

/** Close a link at once. Does nothing when it is already closed, or belongs to another certificate. */
export function closeShareLink(
  { cycleId, organisationId, userId }: Shared,
  linkId: string,
  now: number,
): Promise<void> {
  return inTransaction(async () => {
    if (!(await row(CLOSE, [now, linkId, cycleId]))) return;
    const payload = { linkId, cycleId, userId };
    await record('share-link.closed', payload, { actorId: userId, organisationId, now });
  });
}

const CLOSE = sql`update ${ShareLink} set closed_at = $1
  where id = $2 and cycle_id = $3 and closed_at is null returning id`;

/** Close every link, after a restore: an older copy of the database does not know which links were closed. */
export const closeAllShareLinks = (now: number): Promise<unknown> =>
  inTransaction(() => rows(sql`update ${ShareLink} set closed_at = $1 where closed_at is null`, [now]));

const BY_TOKEN = sql`select ${columns(ShareLink, 'l', 'cycleId', 'expiresAt')} from ${ShareLink} l
  where l.token_hash = $1 and l.closed_at is null and l.expires_at > $2`;

/** What an open link shows, and when it expires (epoch ms). */
export interface SharedCertificate {
  readonly certificate: CertificateFacts & { credential: string };
  readonly expiresAt: number;
}

/**
 * What an open link shows; null for any other token. After a correction that is the corrected certificate, and until it
 * is signed the superseded one, as such.
 */
export async function sharedCertificate(token: string, now: number): Promise<SharedCertificate | null> {
  const link = await row(BY_TOKEN, [sha256(token), now]);
  const certificate = link && (await signedCertificateOf(link.cycleId));
  if (!link || !certificate?.credential) return null;
  const { credential } = certificate;
  return { certificate: { ...certificate, credential }, expiresAt: Number(link.expiresAt) };
}
