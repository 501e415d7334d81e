import { insertOnce, row, rows } from '../db/rows.js';
import { columns, sql } from '../db/sql.js';
import type { Row } from '../db/table.js';
import { toHold } from '../db/transaction.js';
import { sha256 } from '../lib/tokens.js';
import type { EventName } from './event-payloads.js';
import { EventChain } from './tables.js';

/** The chain of what belongs to no organisation and no account. It was once the only one. */
export const INSTALLATION = 'installation';

/** The chain of what happens to accounts, which may belong to several organisations or to none. */
export const ACCOUNT = 'account';

/** The hash before the first of any rows that are chained. */
export const HASH_BEFORE_FIRST = '0'.repeat(64);

/**
 * The hash before the first event of a chain. It is made from the chain's name, so that no event can be moved into another
 * chain; the oldest chain begins as it always did.
 */
export const hashBeforeChain = (chain: string): string =>
  chain === INSTALLATION ? HASH_BEFORE_FIRST : sha256(chain);

/** The chain that an event belongs to: its organisation's, or one of the two others. */
export const chainOf = (name: EventName, organisationId: string | null): string =>
  organisationId ?? (name.startsWith('account.') ? ACCOUNT : INSTALLATION);

/** The last event of a chain; `seq` is 0 where it has none. */
export type ChainEnd = Readonly<Row<typeof EventChain>>;

const ENDS = sql`select ${columns(EventChain, 'c', 'chain', 'seq', 'hash')} from ${EventChain} c`;
const END = sql`${ENDS} where chain = $1`;

/** Where a chain ends now. */
export const endOfChain = async (chain: string): Promise<ChainEnd> =>
  (await row(END, [chain])) ?? { chain, seq: 0, hash: hashBeforeChain(chain) };

/** Where every chain ends now, by their names. */
export const chainEnds = (): Promise<ChainEnd[]> => rows(sql`${ENDS} order by chain`);

/** Where this process moved chains to last. Others may have moved them since, or its transaction was undone: it is only a guess. */
const movedTo = new Map<string, ChainEnd>();
/** How many chains are remembered. */
const MOST_CHAINS = 1_000;

/** Where a chain ends, as far as this process knows; null where it does not. Only `moveFrom` tells whether it still does. */
export const guessEnd = (chain: string): ChainEnd | null => movedTo.get(chain) ?? null;

/** The last of those in this process who move a chain, by its name. */
const turns = new Map<string, Promise<unknown>>();

/**
 * Move a chain when all others in this process who asked before have moved it: so each knows where it ends, and waits in the database for
 * the commit of the one before it at most. If all waited there at once, most would find it elsewhere.
 */
export function inTurnFor<T>(chain: string, move: () => Promise<T>): Promise<T> {
  const before = turns.get(chain);
  const moved = before ? before.then(move, move) : move();
  turns.set(chain, moved);
  const forget = () => void (turns.get(chain) === moved && turns.delete(chain));
  moved.then(forget, forget);
  return moved;
}

/** The end of a chain, which nobody else moves until the transaction ends. */
export async function holdEnd(chain: string): Promise<ChainEnd> {
  const held = sql`${END}${toHold()}`;
  const found = await row(held, [chain]);
  if (found) return found;
  await insertOnce(EventChain, { chain, seq: 0, hash: hashBeforeChain(chain) });
  return (await row(held, [chain])) ?? missing(chain);
}

function missing(chain: string): never {
  throw new Error(`The chain ${chain} has no end`);
}

/**
 * Held first: an `update` alone would look at the end as it was before the commit that it waits for, and not find it at `$4`.
 */
const move = () => sql`with held as (${END}${toHold()})
  update ${EventChain} set seq = $2, hash = $3 from held
  where event_chains.chain = held.chain and held.seq = $4 and held.hash = $5 returning event_chains.seq`;

/**
 * Move the end of a chain to its newest event, if it is where `from` says: nobody else moves it then until the transaction ends.
 * Returns whether it was there.
 */
export async function moveFrom(from: ChainEnd, { chain, seq, hash }: ChainEnd): Promise<boolean> {
  if (!(await row(move(), [chain, seq, hash, from.seq, from.hash]))) return false;
  if (movedTo.size >= MOST_CHAINS) movedTo.clear();
  movedTo.set(chain, { chain, seq, hash });
  return true;
}
