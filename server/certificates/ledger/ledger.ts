import { insert, row } from '../../db/rows.js';
import { as, columns, orNull, renamed, sql } from '../../db/sql.js';
import { nullable, text } from '../../db/table.js';
import type { RestoreNoticed } from '../../events/event-payloads.js';
import { HASH_BEFORE_FIRST, hashBeforeChain, INSTALLATION } from '../../events/chains.js';
import { Event, EventChain } from '../../events/tables.js';
import { takeSigningTurn } from '../issuer/signing-turn.js';
import { entryHash, type LedgerEntry, type LedgerRow } from './hash.js';
import { IssuanceEntry } from './tables.js';

/** The last entry of the ledger: how many certificates were issued, and the hash that stands for all of them. */
export type LedgerHead = Pick<LedgerRow, 'seq' | 'hash'>;

/** An entry that is hashed and not yet written. */
export interface NextEntry {
  readonly entry: LedgerEntry;
  readonly previousHash: string;
  readonly hash: string;
}

/**
 * The entry that comes next, hashed and not yet written. Runs in the caller's transaction: until it ends nobody else
 * extends the ledger.
 */
export async function nextEntry(
  issued: Pick<LedgerEntry, 'certificateId' | 'organisationId' | 'sha256' | 'awardSha256' | 'issuedAt'>,
): Promise<NextEntry> {
  await takeSigningTurn();
  const { organisationId } = issued;
  const found = await row(ENDS, [INSTALLATION, organisationId]);
  const seq = Math.max(found?.seq ?? 0, restored(found?.restored ?? null).ledgerSeq) + 1;
  const event = {
    eventSeq: found?.eventSeq ?? 0,
    eventHash: found?.eventHash ?? hashBeforeChain(organisationId),
  };
  const entry = { ...issued, seq, ...event };
  const previousHash = found?.hash ?? HASH_BEFORE_FIRST;
  return { entry, previousHash, hash: entryHash(entry, previousHash) };
}

/** Write an entry that `nextEntry` made. No two entries follow the same one, or belong to the same certificate. */
export const appendEntry = ({ entry, previousHash, hash }: NextEntry): Promise<void> =>
  insert(IssuanceEntry, { ...entry, previousHash, hash });

const HEAD = sql`select ${columns(IssuanceEntry, 'e', 'seq', 'hash')} from ${IssuanceEntry} e order by seq desc limit 1`;

/** Where the ledger ends now. */
export const ledgerHead = async (): Promise<LedgerHead> =>
  (await row(HEAD)) ?? { seq: 0, hash: HASH_BEFORE_FIRST };

const LAST_RESTORE = sql`select ${columns(Event, 'e', 'payload')} from ${Event} e
  where name = 'restore.noticed' and chain = $1 order by seq desc limit 1`;

/** The highest numbers used before an older copy of the database was restored: they are never used again. */
export const lostInRestores = async (): Promise<Lost> =>
  restored((await row(LAST_RESTORE, [INSTALLATION]))?.payload ?? null);

type Lost = Pick<RestoreNoticed, 'ledgerSeq' | 'headNumber'>;

const restored = (payload: string | null): Lost =>
  payload === null ? { ledgerSeq: 0, headNumber: 0 } : (JSON.parse(payload) as RestoreNoticed);

/** Where the ledger and the chain $2 end, and the last restore. */
const ENDS = sql`select ${orNull(columns(IssuanceEntry, 'h', 'seq', 'hash'))},
    ${orNull(renamed(EventChain, 'c', { eventSeq: 'seq', eventHash: 'hash' }))},
    (${LAST_RESTORE}) ${as('restored', nullable(text()))}
  from (select 1 as one) o left join (select seq, hash from ${IssuanceEntry} order by seq desc limit 1) h on true
    left join ${EventChain} c on c.chain = $2`;
