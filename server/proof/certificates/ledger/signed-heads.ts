import { insert, row, rows } from '../../../platform/db/rows.js';
import { columns, renamed, sql } from '../../../platform/db/sql.js';
import type { Row } from '../../../platform/db/table.js';
import { inTransaction } from '../../../platform/db/transaction.js';
import { chainEnds, HASH_BEFORE_FIRST, type ChainEnd } from '../../../platform/events/chains.js';
import { record } from '../../../platform/events/record.js';
import { timestamp } from '../../open-badges/credential.js';
import { signJson } from '../../open-badges/signed-json.js';
import { takeSigningTurn } from '../issuer/signing-turn.js';
import { refuseInDoubt, type Issuer } from '../issuer/issuer.js';
import { KeyLogEntry } from '../issuer/tables.js';
import { StatusListVersion } from '../status-lists/tables.js';
import { ledgerHead, lostInRestores } from './ledger.js';
import { SignedHead } from './tables.js';
import { keepEnds, vouchedBy } from './vouched-ends.js';

/** A signed head of the ledger, as published. */
export type PublishedHead = Readonly<Pick<Row<typeof SignedHead>, 'number' | 'content' | 'sha256'>>;

const HEAD = sql`select ${columns(SignedHead, 'h', 'number', 'content', 'sha256')} from ${SignedHead} h`;
const LATEST_HEAD = sql`${HEAD} order by number desc limit 1`;
const HEAD_BY_NUMBER = sql`${HEAD} where number = $1`;
const HEADS_SINCE = sql`${HEAD} where created_at >= $1 order by number limit $2`;

/** The newest signed head, or null. */
export const latestHead = (): Promise<PublishedHead | null> => row(LATEST_HEAD);

/** One signed head by its number, or null. */
export const headByNumber = (number: number): Promise<PublishedHead | null> => row(HEAD_BY_NUMBER, [number]);

/** The heads that were signed since a moment (epoch ms), oldest first, at most `limit`. */
export const headsSince = (since: number, limit: number): Promise<PublishedHead[]> =>
  rows(HEADS_SINCE, [since, limit]);

/**
 * Sign the current end of everything: the ledger, every chain of the audit log, every status list and the log of keys. Whoever keeps a
 * copy can show later that a row was changed, removed or inserted before that day.
 */
export function signHead(issuer: Issuer, now: number): Promise<void> {
  return inTransaction(async () => {
    refuseInDoubt(issuer);
    await issuer.refresh();
    await takeSigningTurn();
    const ends = await chainEnds();
    const document = await nextHead(issuer, ends, now);
    const { number, previous: previousSha256 } = document;
    const { text: content, sha256 } = await signJson(document, issuer.signer, now);
    await insert(SignedHead, { number, content, sha256, previousSha256, createdAt: now });
    await keepEnds(number, ends);
    await record('ledger.head-signed', { number, sha256 }, { actorId: null, organisationId: null, now });
  });
}

async function nextHead({ baseUrl, did }: Issuer, ends: readonly ChainEnd[], now: number) {
  const before = await latestHead();
  const number = Math.max(before?.number ?? 0, (await lostInRestores()).headNumber) + 1;
  return {
    type: 'LedgerHead',
    id: `${baseUrl}/ledger/heads/${number}`,
    issuer: did,
    number,
    at: timestamp(now),
    previous: before?.sha256 ?? HASH_BEFORE_FIRST,
    ledger: { ...(await ledgerHead()) },
    audit: { ...vouchedBy(ends) },
    statusLists: await rows(NEWEST_LISTS),
    keyLog: await row(NEWEST_KEY_ENTRY),
  };
}

const NEWEST_LISTS = sql`select ${renamed(StatusListVersion, 'v', {
  list: 'listId',
  number: 'number',
  sha256: 'sha256',
})} from ${StatusListVersion} v
  where number = (select max(number) from ${StatusListVersion} where list_id = v.list_id) order by list_id`;

const NEWEST_KEY_ENTRY = sql`select ${columns(KeyLogEntry, 'k', 'seq', 'sha256')} from ${KeyLogEntry} k
  order by seq desc limit 1`;
