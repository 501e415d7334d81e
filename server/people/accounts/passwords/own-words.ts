/** Words of this site, which anybody would try. */
const OURS = ['safepassage', 'safe', 'passage', 'training', 'trafficking', 'course', 'password'];

/** What a password must have besides words that its guesser knows (characters). */
const REST = 8;

/** Who the password is for; what is not known yet is left out. */
export interface PasswordOwner {
  readonly name?: string | undefined;
  readonly email?: string | undefined;
}

/** Whether a password is made of its owner's name and address and the words of this site, with little besides. */
export function isOwnWords(password: string, { name = '', email = '' }: PasswordOwner): boolean {
  const words = [...OURS, ...wordsOf(name), ...wordsOf(email)].sort((a, b) => b.length - a.length);
  let rest = folded(password);
  for (const word of words) rest = rest.replaceAll(word, '');
  return rest.length < REST;
}

/** Without accents and case. */
const folded = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();

/** The words of a text that are long enough to be recognised. */
const wordsOf = (text: string): string[] =>
  folded(text)
    .split(/[^\p{L}\p{N}]+/u)
    .filter(word => word.length > 2);
