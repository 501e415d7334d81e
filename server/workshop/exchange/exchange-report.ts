/** What became of a question, or of a line that is none. */
export type Outcome = 'taken' | 'changed' | 'refused';

/** Why a question, or a whole file, was not taken: each has its sentence, and what to do, in the texts `exchange`. */
export type Refusal =
  | 'adaptive'
  | 'answer-mark'
  | 'braces'
  | 'category'
  | 'comment'
  | 'doctype'
  | 'encoding'
  | 'many-answers'
  | 'many-lines'
  | 'media'
  | 'missing-file'
  | 'no-answers'
  | 'no-counterpart'
  | 'no-questions'
  | 'no-right-answer'
  | 'no-stem'
  | 'not-a-question'
  | 'not-this-format'
  | 'not-well-formed'
  | 'qti2'
  | 'shared-text'
  | 'too-deep'
  | 'too-large'
  | 'too-many'
  | 'type'
  | 'zip';

/** What was changed, or asks for a look, in a question that was taken. */
export type Change =
  | 'blank'
  | 'characters'
  | 'foreign-id'
  | 'formatting'
  | 'in-bank'
  | 'incomplete'
  | 'left-out'
  | 'line-ends'
  | 'lone-half'
  | 'lost-feedback'
  | 'lost-part'
  | 'lost-whole'
  | 'markdown'
  | 'one-right'
  | 'only-moodle'
  | 'other-bank'
  | 'same-id'
  | 'scoring'
  | 'two-questions'
  | 'two-right'
  | 'unknown-tags';

/** One thing to say about a place of the source. */
export interface Note<Code extends string = Refusal | Change> {
  readonly code: Code;
  /** Line of the source, from 1. */
  readonly line: number;
  /** Names in the source or places in the item that it is about, such as `objective, options.b.feedback`. */
  readonly about?: string;
  /** The words of the source that were left out or refused, shortened: so that nothing is lost without a trace. */
  readonly excerpt?: string;
}

/** One question of the source, or one line that is none: what became of it and why. */
export interface Entry {
  /** The file inside a package; null where the source is one file. */
  readonly file: string | null;
  /** Line on which it begins, from 1. */
  readonly line: number;
  /** Its id or title, or its first words. */
  readonly name: string;
  readonly outcome: Outcome;
  readonly notes: readonly Note[];
}

/** The longest excerpt of a report, in characters. */
const EXCERPT = 160;

/** The beginning of a text, on one line. */
export function excerpt(text: string, most = EXCERPT): string {
  const line = text
    .slice(0, 20 * most)
    .replace(/\s+/g, ' ')
    .trim();
  const characters = Array.from(line);
  return characters.length <= most ? line : `${characters.slice(0, most - 1).join('')}…`;
}

/** An entry of something that was not taken. */
export function refused(
  code: Refusal,
  { file = null, line, name = '', ...rest }: Omit<Partial<Entry>, 'notes'> & Omit<Note, 'code'>,
): Entry {
  const { about, excerpt } = rest;
  const note: Note = { code, line, ...(about ? { about } : {}), ...(excerpt ? { excerpt } : {}) };
  return { file, line, name, outcome: 'refused', notes: [note] };
}

/** How many entries came to each outcome. */
export function tally(entries: readonly Entry[]): Record<Outcome, number> {
  const count = (outcome: Outcome) => entries.filter(entry => entry.outcome === outcome).length;
  return { taken: count('taken'), changed: count('changed'), refused: count('refused') };
}
