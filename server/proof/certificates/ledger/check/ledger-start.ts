import type { LinkPlace } from './chain.js';

/** Where everything stood when a head was signed up to which all is proven: a check that starts there looks at what came since. */
export interface Start {
  /** The head, by its number. */
  readonly head: LinkPlace;
  /** When it was signed (epoch ms). */
  readonly signedAt: number;
  readonly ledger: LinkPlace;
  /** The ends of the chains of events, by their names. */
  readonly chains: ReadonlyMap<string, LinkPlace>;
  /** The newest versions of the status lists. */
  readonly lists: ReadonlyMap<number, LinkPlace>;
}
