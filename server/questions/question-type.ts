import type { z } from 'zod';
import type { Answer } from './answer.js';
import type { Item } from './item.js';
import type { Rows } from './rows.js';

/** Points of one item answered wholly right. Points are integers from 0 to this. */
export const FULL_POINTS = 100;

/**
 * Why a form is no answer. `missing`: nothing was given. `too-many`: more was chosen than the
 * question asks for. `too-long`: a text goes on beyond what is kept. `unreadable`: no page of ours sends this (wrong
 * types, foreign options).
 */
export type Problem = 'missing' | 'too-many' | 'too-long' | 'unreadable';

/** `typed`: what a person wrote that cannot be kept as it is, to be shown again and never stored. */
export type Parsed = { ok: true; response: Answer } | { ok: false; problem: Problem; typed?: Answer };

/** What a view may see of an item before the attempt is closed; a kind may add what its view needs. */
export interface Presented {
  readonly type: string;
  readonly stem: string;
  readonly options: readonly { readonly id: string; readonly text: string }[];
  /** Of a kind that is answered by one select in each row; the fields in the order of the page. */
  readonly rows?: Rows;
}

/** What the learner answered, in words and without judgement. `truth` is null where none was asked or given. */
export interface Summary {
  readonly truth: boolean | null;
  readonly texts: readonly string[];
}

/** One option as it is explained when the answers may be known. */
export interface Explained {
  /** What the option answers: the place of a step, the line of a pair; null where it stands alone. */
  readonly label: string | null;
  readonly text: string;
  readonly feedback: string;
  /** Did the learner give this one (for this label)? */
  readonly chosen: boolean;
  readonly correct: boolean;
  /** What the learner gave for this label in place of it; null when nothing, or where there is no label. */
  readonly instead: string | null;
}

/**
 * What a question is, apart from screens, tables and the way one may interact with it.
 * Everything here is total: no form and no stored answer makes it throw. Only `present` throws, when
 * the option order is not one of this item.
 *
 * These are methods, not properties, so that a kind with a richer item fits the registry. What makes
 * that safe: a kind is looked up by the item's own `type`, and published items passed its `itemSchema`.
 */
export interface QuestionType<I extends Item = Item> {
  /** The word that stands in `type:` of the item. */
  readonly name: string;
  /** The item as written in `quiz.yaml`; unknown keys are refused. */
  readonly itemSchema: z.ZodType<I>;
  /** Reads the raw form (urlencoded: texts, lists where keys repeat, anything from hostile hands). */
  parse(form: unknown, item: I): Parsed;
  /** Has the learner given all that is asked? Half an answer may be saved; it earns nothing of its missing half. */
  isComplete(item: I, response: Answer): boolean;
  same(a: Answer, b: Answer): boolean;
  /** Integer points, 0 to FULL_POINTS. */
  grade(item: I, response: Answer): number;
  summarise(item: I, response: Answer): Summary;
  /** The feedback on what was chosen. It tells right from wrong: for after a pass, or for practice. */
  feedback(item: I, response: Answer): readonly string[];
  /** Every option with its feedback and what is right: for after a pass only. */
  explain(item: I, response: Answer): readonly Explained[];
  /**
   * What the page shows, options in the given order (their ids). Holds no key, truth or feedback. A kind that is
   * answered in steps shows where the `response` so far has led.
   */
  present(item: I, optionOrder: readonly string[], response?: Answer | null): Presented;
  correctResponse(item: I): Answer;
  /**
   * What blind guessing earns: the mean share of the points, 0 to 1, over all complete answers, each as likely as
   * any other. Each kind states its formula.
   */
  guessScore(item: I): number;
  /**
   * Only of a kind that is answered in steps, none of which can be taken back: may `sent` be kept after `kept`?
   * The answers of all other kinds may be changed as long as the attempt is open.
   */
  mayFollow?(item: I, kept: Answer | null, sent: Answer): boolean;
}
