import { foldedWords } from './folding.js';

/** Letters that a typed signature may have. */
const LONGEST = 200;

/**
 * What is wrong with a name that somebody typed to sign with: `missing` (nothing, too much, or no name), or `other` (not the name of
 * their account). Accents, capitals and the order of names do not count. Null: it is theirs.
 */
export function signatureFault(typedName: string, accountName: string): 'missing' | 'other' | null {
  const words = foldedWords(typedName);
  if (words.length === 0 || typedName.length > LONGEST || /\p{Cc}/u.test(typedName)) return 'missing';
  const inOrder = (all: string[]) => all.toSorted().join(' ');
  return inOrder(words) === inOrder(foldedWords(accountName)) ? null : 'other';
}
