import type { Item } from '../../item.js';
import type { Disposition } from './dispositions.js';

/** The part of a decision that says what of it is unsafe. */
interface Deciding extends Pick<Item, 'critical'> {
  readonly disposition: Disposition;
  readonly unsafe?: readonly Disposition[] | undefined;
}

/**
 * What puts a child at risk, in place of what is merely wrong: as the author says it; else everything short of telling where
 * it cannot wait, and doing nothing where a safety-critical item must be told.
 */
export function unsafeDispositions({ unsafe, disposition, critical }: Deciding): readonly Disposition[] {
  if (unsafe) return unsafe;
  if (disposition === 'urgent') return ['carry-on', 'note'];
  return disposition === 'tell' && critical !== false ? ['carry-on'] : [];
}
