import type { DecisionItem } from './decision-schema.js';
import type { Disposition } from './dispositions.js';

/**
 * What puts a child at risk, in place of what is merely wrong: as the author says it; else everything short of telling where
 * it cannot wait, and doing nothing where a safety-critical item must be told.
 */
export function unsafeDispositions({
  unsafe,
  disposition,
  critical,
}: Pick<DecisionItem, 'unsafe' | 'disposition' | 'critical'>): readonly Disposition[] {
  if (unsafe) return unsafe;
  if (disposition === 'urgent') return ['carry-on', 'note'];
  return disposition === 'tell' && critical !== false ? ['carry-on'] : [];
}
