import { insertAll, row, rows } from '../../../platform/db/rows.js';
import { as, columns, orNull, parameters, renamed, sql } from '../../../platform/db/sql.js';
import { nullable, text } from '../../../platform/db/table.js';
import type { RestoreNoticed } from '../events.js';
import { HASH_BEFORE_FIRST, hashBeforeChain, INSTALLATION } from '../../../platform/events/chains.js';
import { Event, EventChain } from '../../../platform/events/tables.js';
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

/** What an entry says of its certificate. */
type Issued = Pick<LedgerEntry, 'certificateId' | 'organisationId' | 'sha256' | 'awardSha256' | 'issuedAt'>;

/**
 * The entries that come next, one after the other, hashed and not yet written. Runs in the caller's transaction: until it ends nobody else
 * extends the ledger.
 */
export async function nextEntries(all: readonly Issued[]): Promise<NextEntry[]> {
  await takeSigningTurn();
  const organisations = [...new Set(all.map(({ organisationId }) => organisationId))];
  const ends = await rows(endsOf(organisations.length), [INSTALLATION, ...organisations]);
  const [end] = ends;
  let last = {
    seq: Math.max(end?.seq ?? 0, restored(end?.restored ?? null).ledgerSeq),
    hash: end?.hash ?? HASH_BEFORE_FIRST,
  };
  return all.map(issued => {
    const { organisationId } = issued;
    const chain = ends.find(each => each.chain === organisationId);
    const event = {
      eventSeq: chain?.eventSeq ?? 0,
      eventHash: chain?.eventHash ?? hashBeforeChain(organisationId),
    };
    const entry = { ...issued, seq: last.seq + 1, ...event };
    const previousHash = last.hash;
    last = { seq: entry.seq, hash: entryHash(entry, previousHash) };
    return { entry, previousHash, hash: last.hash };
  });
}

/** Write entries that `nextEntries` made. No two entries follow the same one, or belong to the same certificate. */
export const appendEntries = (entries: readonly NextEntry[]): Promise<void> =>
  insertAll(
    IssuanceEntry,
    entries.map(({ entry, previousHash, hash }) => ({ ...entry, previousHash, hash })),
  );

const HEAD = sql`select ${columns(IssuanceEntry, 'e', 'seq', 'hash')} from ${IssuanceEntry} e order by seq desc limit 1`;

/** Where the ledger ends now. */
export const ledgerHead = async (): Promise<LedgerHead> =>
  (await row(HEAD)) ?? { seq: 0, hash: HASH_BEFORE_FIRST };

const ISSUED_BY = sql`select ${columns(IssuanceEntry, 'e', 'seq')} from ${IssuanceEntry} e
  where issued_at <= $1 order by seq desc limit 1`;

/** The number of the last certificate that was issued by a moment (epoch ms); 0 where none was. */
export const seqIssuedBy = async (moment: number): Promise<number> =>
  (await row(ISSUED_BY, [moment]))?.seq ?? 0;

const LAST_RESTORE = sql`select ${columns(Event, 'e', 'payload')} from ${Event} e
  where name = 'restore.noticed' and chain = $1 order by seq desc limit 1`;

/** The highest numbers used before an older copy of the database was restored: they are never used again. */
export const lostInRestores = async (): Promise<Lost> =>
  restored((await row(LAST_RESTORE, [INSTALLATION]))?.payload ?? null);

type Lost = Pick<RestoreNoticed, 'ledgerSeq' | 'headNumber'>;

const restored = (payload: string | null): Lost =>
  payload === null ? { ledgerSeq: 0, headNumber: 0 } : (JSON.parse(payload) as RestoreNoticed);

/** Where the ledger ends, the last restore, and where each of so many chains ends that has an event: from $2 on their names. */
const endsOf = (chains: number) =>
  sql`select ${orNull(columns(IssuanceEntry, 'h', 'seq', 'hash'))},
    ${orNull(renamed(EventChain, 'c', { chain: 'chain', eventSeq: 'seq', eventHash: 'hash' }))},
    (${LAST_RESTORE}) ${as('restored', nullable(text()))}
  from (select 1 as one) o left join (select seq, hash from ${IssuanceEntry} order by seq desc limit 1) h on true
    left join ${EventChain} c on c.chain in (${parameters(chains, 2)})`;
