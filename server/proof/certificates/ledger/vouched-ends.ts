import { insertAll, rows } from '../../../platform/db/rows.js';
import { columns, sql } from '../../../platform/db/sql.js';
import type { ChainEnd } from '../../../platform/events/chains.js';
import { canonicalJson } from '../../../platform/lib/canonical-json.js';
import { leafHash, merklePath, merkleRoot } from '../../../platform/lib/merkle.js';
import { VouchedEnd } from './tables.js';

/** What a signed head says of the chains of events: how many there are, and the root over their ends. */
export interface VouchedChains {
  readonly chains: number;
  readonly root: string;
}

/** Rows that one statement inserts: each has four values, and SQLite takes some 32 000. */
const BATCH = 1000;

/** What stands for a chain in the tree of a head: its name and its last event. */
const entryOf = ({ chain, seq, hash }: ChainEnd): string => leafHash(canonicalJson({ chain, seq, hash }));

const AT = sql`select ${columns(VouchedEnd, 'v', 'chain', 'seq', 'hash')} from ${VouchedEnd} v
  where v.number = (select max(number) from ${VouchedEnd} where chain = v.chain and number <= $1) order by chain`;

/** The ends that a head vouches for, by the names of the chains. */
export const endsAt = (number: number): Promise<ChainEnd[]> => rows(AT, [number]);

/** What the ends say together. */
export const vouchedBy = (ends: readonly ChainEnd[]): VouchedChains => ({
  chains: ends.length,
  root: merkleRoot(ends.map(entryOf)),
});

/** Keep the ends that a head vouches for: those that moved since the head before. Joins the transaction. */
export async function keepEnds(number: number, ends: readonly ChainEnd[]): Promise<void> {
  const before = new Map((await endsAt(number)).map(({ chain, seq }) => [chain, seq]));
  const moved = ends.filter(({ chain, seq }) => before.get(chain) !== seq);
  const kept = moved.map(end => ({ ...end, number }));
  for (let at = 0; at < kept.length; at += BATCH) await insertAll(VouchedEnd, kept.slice(at, at + BATCH));
}

/** How one chain stands in a signed head: enough to show that its events up to `seq` are all there are, and no word of others. */
export interface ChainProof extends ChainEnd {
  /** The number of the head. */
  readonly head: number;
  /** Where the chain stands among how many. */
  readonly index: number;
  readonly size: number;
  /** The hashes beside its way to the root (RFC 9162, section 2.1.3), from the chain on. */
  readonly path: readonly string[];
}

/** The place of a chain in a head; null where the head does not know it. */
export async function proofOfChain(chain: string, head: number): Promise<ChainProof | null> {
  const ends = await endsAt(head);
  const index = ends.findIndex(end => end.chain === chain);
  const own = ends[index];
  if (!own) return null;
  return { ...own, head, index, size: ends.length, path: merklePath(ends.map(entryOf), index) };
}
