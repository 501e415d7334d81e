import type { Item } from '../../item.js';
import { noteTells, voiceFor } from './decision-words.js';
import type { Disposition } from './dispositions.js';

/** The part of a decision that says what of it is right, and what is unsafe. */
export interface Deciding extends Pick<Item, 'critical' | 'roles' | 'scene'> {
  readonly disposition: Disposition;
  readonly unsafe?: readonly Disposition[] | undefined;
}

/**
 * What puts a child at risk, in place of what is merely wrong: as the author says it; else everything short of telling where
 * it cannot wait, and doing nothing where a safety-critical item must be told.
 */
export function unsafeDispositions(item: Deciding): readonly Disposition[] {
  const { unsafe, disposition, critical } = item;
  if (unsafe) return unsafe;
  if (disposition === 'urgent') return ['carry-on', 'note'];
  return mustBeTold(item) && critical !== false ? ['carry-on'] : [];
}

export const isUnsafe = (item: Deciding, disposition: Disposition): boolean =>
  unsafeDispositions(item).includes(disposition);

const mustBeTold = (item: Deciding): boolean =>
  item.disposition === 'tell' || (item.disposition === 'note' && noteTells(voiceFor(item)));
