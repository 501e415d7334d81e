import { GENESIS } from '../hash.js';
import { EDITED, MISSING, REWRITTEN, type Finding } from './discrepancy.js';

/** A row of a chain, with what its content gives as a hash (null: it cannot be read) if it stood at `seq`. */
export interface Link {
  readonly seq: number;
  readonly previousHash: string;
  readonly hash: string;
  readonly hashAt: (seq: number) => string | null;
}

/** What of a chain is known beside its rows. */
export interface ChainFacts {
  readonly table: string;
  /** Where the row with this hash stands, or null. Asked only when something is wrong. */
  readonly seqOf: (hash: string) => Promise<number | null>;
  /** Whether the rows between these two numbers were lost in a restore that the audit log tells of. */
  readonly isExplained?: (after: number, before: number) => boolean;
  /** The number up to which something else knows of rows. */
  readonly knownUpTo?: number;
  /** What a row is called. */
  readonly name?: (seq: number) => string;
}

/**
 * Walk a chain from its beginning and name the rows that were edited, moved, left out or cut off. Only what a
 * fault itself did is named, not that everything behind it follows from it.
 */
export async function* checkChain(links: AsyncIterable<Link>, facts: ChainFacts): AsyncGenerator<Finding> {
  const { table, isExplained = () => false, name = (seq: number) => String(seq) } = facts;
  let before = { seq: 0, hash: GENESIS, faulty: false };
  for await (const link of links) {
    const isGap = link.seq > before.seq + 1 && !isExplained(before.seq, link.seq);
    const problem = await ownFault(link, facts);
    if (isGap) yield { table, row: between(before.seq, link.seq, name), problem: MISSING };
    if (problem) yield { table, row: name(link.seq), problem };
    const follows = link.previousHash === before.hash;
    if (!follows && !problem && !isGap && !before.faulty && !isExplained(before.seq, link.seq))
      yield { table, row: name(before.seq), problem: REWRITTEN };
    before = { seq: link.seq, hash: link.hash, faulty: problem !== null };
  }
  const end = facts.knownUpTo ?? 0;
  if (end > before.seq && !isExplained(before.seq, end + 1))
    yield { table, row: between(before.seq, end + 1, name), problem: MISSING };
}

async function ownFault(link: Link, { seqOf, name = String }: ChainFacts): Promise<string | null> {
  if (link.hashAt(link.seq) === link.hash) return null;
  const seq = link.previousHash === GENESIS ? 0 : await seqOf(link.previousHash);
  // Rows that changed places carry their hash with them: it fits the number that they had.
  for (const was of new Set([seq === null ? link.seq : seq + 1, ...near(link.seq)]))
    if (link.hashAt(was) === link.hash) return `moved: it was row ${name(was)}`;
  return EDITED;
}

const near = (seq: number): number[] => [-2, -1, 1, 2].map(step => seq + step).filter(other => other > 0);

const between = (after: number, before: number, name: (seq: number) => string): string =>
  before - after === 2 ? name(after + 1) : `${name(after + 1)} to ${name(before - 1)}`;
