import { HASH_BEFORE_FIRST } from '../../../../platform/events/chains.js';
import { EDITED, MISSING, REWRITTEN, type Discrepancy } from './discrepancy.js';

/** A row of a chain, with the hash that its content would have if it stood at `seq` (null: it cannot be read). */
export interface Link {
  readonly seq: number;
  readonly previousHash: string;
  readonly hash: string;
  readonly hashAt: (seq: number) => string | null;
}

/** A row of a chain by its number and its hash. */
export interface LinkPlace {
  readonly seq: number;
  readonly hash: string;
}

/** What is known of a chain besides its rows. */
export interface ChainFacts {
  readonly table: string;
  /** The number of the row with this hash, or null. Asked only when something is wrong. */
  readonly seqOf: (hash: string) => Promise<number | null>;
  /** Whether the audit log records that the rows between these two numbers were lost in a restore. */
  readonly isExplained?: (after: number, before: number) => boolean;
  /** The highest number that anything else names. */
  readonly knownUpTo?: number;
  /** The hash before the first row, where it is not that of most chains. */
  readonly hashBeforeFirst?: string;
  /** The row before the first of those that are walked; null: they begin where the chain does. */
  readonly from?: LinkPlace | null;
  /** What a row is called. */
  readonly name?: (seq: number) => string;
}

/**
 * Walk a chain from its beginning, or from a row on that was checked before, and name the rows that were edited, moved, left out or cut off. Each fault is named
 * once: the rows behind it, which no longer follow because of it, are not.
 */
export async function* checkChain(
  links: AsyncIterable<Link>,
  facts: ChainFacts,
): AsyncGenerator<Discrepancy> {
  const { table, isExplained = () => false, name = String, knownUpTo = 0 } = facts;
  const { hashBeforeFirst = HASH_BEFORE_FIRST, from } = facts;
  let before = { ...(from ?? { seq: 0, hash: hashBeforeFirst }), isFaulty: false };
  for await (const link of links) {
    const isGap = link.seq > before.seq + 1 && !isExplained(before.seq, link.seq);
    const problem = await ownFault(link, facts);
    if (isGap) yield { table, row: between(before.seq, link.seq, name), problem: MISSING };
    if (problem) yield { table, row: name(link.seq), problem };
    const follows = link.previousHash === before.hash;
    if (!follows && !problem && !isGap && !before.isFaulty && !isExplained(before.seq, link.seq))
      yield { table, row: name(before.seq), problem: REWRITTEN };
    before = { seq: link.seq, hash: link.hash, isFaulty: problem !== null };
  }
  if (knownUpTo > before.seq && !isExplained(before.seq, knownUpTo + 1))
    yield { table, row: between(before.seq, knownUpTo + 1, name), problem: MISSING };
}

async function ownFault(
  link: Link,
  { seqOf, name = String, hashBeforeFirst = HASH_BEFORE_FIRST }: ChainFacts,
): Promise<string | null> {
  if (link.hashAt(link.seq) === link.hash) return null;
  const seq = link.previousHash === hashBeforeFirst ? 0 : await seqOf(link.previousHash);
  // Rows that swapped places took their hashes along: each matches the number that the row had.
  for (const was of new Set([seq === null ? link.seq : seq + 1, ...near(link.seq)]))
    if (link.hashAt(was) === link.hash) return `moved: it was row ${name(was)}`;
  return EDITED;
}

const near = (seq: number): number[] => [-2, -1, 1, 2].map(step => seq + step).filter(other => other > 0);

const between = (after: number, before: number, name: (seq: number) => string): string =>
  before - after === 2 ? name(after + 1) : `${name(after + 1)} to ${name(before - 1)}`;
