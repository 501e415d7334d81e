/** Where a text is read: term rules can hold for one of these alone. */
export type Where = 'lessons' | 'screens' | 'administration';

/**
 * A text with its place. `file` and `line` name it for its author; `role` is set where more is asked of it than of a sentence.
 * `reported`: it is counted and never fails (questions of the first edition).
 */
export type LanguageText = {
  file: string;
  line: number;
  text: string;
  where: Where;
  role?: 'title' | 'objective';
  reported?: boolean;
};

/** One fault of language: the pattern's name, the sentence as it stands in the file, and what to write instead. */
export type LanguageFault = {
  file: string;
  line: number;
  pattern: string;
  sentence: string;
  better: string;
  reported: boolean;
};

/** Quotation marks and apostrophes as they are typed: authors' files and what learners see may have either. */
export const asTyped = (text: string): string => text.replaceAll(/[‘’]/g, "'").replaceAll(/[“”]/g, '"');
