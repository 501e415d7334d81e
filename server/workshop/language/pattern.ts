import type { LanguageText, Where } from './language-text.js';

/**
 * Something that a careful native editor would not print. `finds` is matched against one sentence with typed quotation marks, from
 * which `except` (a global expression) was removed. `where` and `role`: only texts of these.
 */
export type Pattern = {
  name: string;
  finds: RegExp;
  except?: RegExp;
  better: string;
  where?: readonly Where[];
  role?: NonNullable<LanguageText['role']>;
};

/** A pattern of the house, with a sentence that it finds and one that says the same better. */
export type KnownPattern = Pattern & { bad: string; good: string };
