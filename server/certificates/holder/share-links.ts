import { row, rows } from '../../db/rows.js';
import { inTransaction } from '../../db/transaction.js';
import { record } from '../../events/record.js';
import { newId } from '../../lib/ids.js';
import { linkToken, sha256 } from '../../lib/tokens.js';
import { certificateOf, type CertificateFacts } from '../queries.js';

/** How long a link may be open, in days. */
export const SHARE_DAYS = [7, 30, 90] as const;
export type ShareDays = (typeof SHARE_DAYS)[number];

/** More open links than anybody can keep in mind. */
const MOST = 10;

const DAY = 86_400_000;

/** An open link. `token` is the secret text of its address: computed from the row's id, never stored. */
export interface OpenShareLink {
  readonly id: string;
  readonly token: string;
  readonly createdAt: number;
  readonly expiresAt: number;
}

type Holding = Pick<CertificateFacts, 'cycleId' | 'organisationId' | 'userId'>;

const tokenOf = (key: Buffer, id: string): string => linkToken(key, `share ${id}`);

/** The links of a certificate that are open, oldest first. */
export async function openShareLinks(
  { cycleId }: Pick<Holding, 'cycleId'>,
  { key, now }: { key: Buffer; now: number },
): Promise<OpenShareLink[]> {
  const found = await rows<Omit<OpenShareLink, 'token'>>(
    `select id, created_at as "createdAt", expires_at as "expiresAt" from share_links
     where cycle_id = $1 and closed_at is null and expires_at > $2 order by created_at, id`,
    [cycleId, now],
  );
  return found.map(link => ({ ...link, token: tokenOf(key, link.id) }));
}

/**
 * Open a link that shows the whole record of a certificate for so many days. It is for the round: after a correction
 * it shows the corrected certificate. Returns false when ten are open already.
 */
export function createShareLink(
  { cycleId, organisationId, userId }: Holding,
  days: ShareDays,
  { key, now }: { key: Buffer; now: number },
): Promise<boolean> {
  return inTransaction(async () => {
    if ((await openShareLinks({ cycleId }, { key, now })).length >= MOST) return false;
    const id = newId();
    await rows(
      `insert into share_links (id, cycle_id, organisation_id, user_id, token_hash, created_at, expires_at)
       values ($1, $2, $3, $4, $5, $6, $7)`,
      [id, cycleId, organisationId, userId, sha256(tokenOf(key, id)), now, now + days * DAY],
    );
    const payload = { linkId: id, cycleId, userId, days };
    await record('share-link.opened', payload, { actorId: userId, organisationId, now });
    return true;
  });
}

/** Close a link at once; one that is closed, or of another certificate, stays as it is. */
export function closeShareLink(
  { cycleId, organisationId, userId }: Holding,
  linkId: string,
  now: number,
): Promise<void> {
  return inTransaction(async () => {
    const [closed] = await rows(
      'update share_links set closed_at = $1 where id = $2 and cycle_id = $3 and closed_at is null returning id',
      [now, linkId, cycleId],
    );
    if (!closed) return;
    const payload = { linkId, cycleId, userId };
    await record('share-link.closed', payload, { actorId: userId, organisationId, now });
  });
}

/** Every link stops working: an older copy of the database does not know which were closed. */
export const closeAllShareLinks = (now: number): Promise<unknown> =>
  inTransaction(() => rows('update share_links set closed_at = $1 where closed_at is null', [now]));

/** The certificate behind an open link, signed, and until when the link is open; null for any other text. */
export async function sharedCertificate(
  token: string,
  now: number,
): Promise<{ certificate: CertificateFacts & { credential: string }; expiresAt: number } | null> {
  const link = await row<{ cycleId: string; expiresAt: number }>(
    `select cycle_id as "cycleId", expires_at as "expiresAt" from share_links
     where token_hash = $1 and closed_at is null and expires_at > $2`,
    [sha256(token), now],
  );
  const certificate = link && (await certificateOf(link.cycleId));
  if (!link || !certificate?.credential) return null;
  const { credential } = certificate;
  return { certificate: { ...certificate, credential }, expiresAt: Number(link.expiresAt) };
}
