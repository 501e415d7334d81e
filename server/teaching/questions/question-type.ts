import type { OwnView } from '../../platform/lib/own-view.js';
import type { z } from 'zod';
import type { Translate } from '../../platform/i18n/i18n.js';
import type { Answer } from './answer.js';
import type { Exported, ExchangeForm } from './exchange.js';
import type { Item, Judges } from './item.js';
import type { ItemFindings } from './option-findings.js';

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

/** What a view may see of an item before the attempt is closed; a type may add what its view needs. */
export interface Presented {
  readonly type: string;
  readonly stem: string;
  readonly options: readonly { readonly id: string; readonly text: string }[];
}

/** What an answer still lacks, for a page with an error. */
export interface Mending {
  /** The form field to begin with. */
  readonly field: string;
  /** The form fields that are still to be mended. */
  readonly open: readonly string[];
  /** What to do there; null where the error itself says it. */
  readonly lack: string | null;
}

/** One option as it is explained when the answers may be known. */
export interface Explained {
  /** The question that it belongs to, where an item asks more than one. */
  readonly asked?: string;
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

/** One thing that can be chosen in an item. */
export interface Choice {
  /** Unique in the item. */
  readonly id: string;
  /**
   * An answer may have parts, of each of which something is chosen; each is counted by itself. `option` is the part with
   * the options that an author wrote, whose position and length may give the right one away.
   */
  readonly part: string;
  /** The words of the option; empty where `choiceName` says it. */
  readonly text: string;
  readonly isRight: boolean;
  /** It stands in every item of the type: that nobody takes it says nothing of its author's work. */
  readonly isFixed?: boolean;
  /** Choosing it puts a child at risk, by the item's own list. */
  readonly isUnsafe?: boolean;
  /** It stands beside the right one, where the choices have an order. */
  readonly isNeighbour?: boolean;
}

/** What an item's options say of its situation, for signal detection: all of them, and those of the answer. */
export interface Judging {
  readonly offered: readonly (Judges | undefined)[];
  readonly given: readonly (Judges | undefined)[];
}

/**
 * What an answer that decides whether to pass something on says, for signal detection. A situation that must be passed on is a
 * signal, one to carry on from is noise; passing on is the answer yes. `late`: it was noted where it had to be passed on.
 * `watch`: it was noted where there was nothing.
 */
export interface DecisionSignal {
  readonly situation: 'signal' | 'noise' | 'neither';
  readonly response: 'yes' | 'no';
  /** How far it is from the right decision, whatever else the answer holds; 0 is the right one itself. */
  readonly steps: number;
  readonly shade?: 'late' | 'watch';
}

/** How an item is written and checked. */
interface Authoring<I extends Item> {
  /** The word that stands in `type:` of the item. */
  readonly name: string;
  /** What people call the type, where its items are listed. */
  label(t: Translate): string;
  /**
   * Every rule that an item must keep, as written in `quiz.yaml`; unknown keys are refused. Loading, importing and
   * publishing hold an item against it.
   */
  readonly itemSchema: z.ZodType<I>;
  /** May it stand in a bank? A case may not: it has a file of its own. */
  readonly isBanked: boolean;
  /** May baselines and refreshers ask it by the way? What takes steps or writing is too long for them. */
  readonly isShort: boolean;
  /** What `content check` tells the author of an item that keeps every rule. */
  findings(item: I): ItemFindings;
  /** What of an item is read for words that the style forbids: all that its author says. */
  wording(item: I): object;
  /** Seconds that a learner is planned to need: reading it (at 175 words a minute) and deciding. */
  seconds(item: I): number;
}

/** How a learner meets an item and answers it. */
interface Answering<I extends Item> {
  /** The template with the heading, the exhibit where there is one, and the form fields, in this order; below `views/`. */
  readonly view: OwnView;
  /** A template for the whole page, in place of `quizzes/question`. */
  readonly pageView?: OwnView;
  /**
   * The fields of an answer that hold a learner's own words; none where they choose. A page then says "you wrote", not "you
   * chose", and an erasure takes the words out.
   */
  readonly ownWords: readonly string[];
  /**
   * What the page shows, options in the given order (their ids). Holds no key, truth or feedback. A type that is
   * answered in steps shows where the `response` so far has led. Throws RangeError when the order is not one of this
   * item; everything else here is total: no form and no stored answer makes it throw.
   */
  present(item: I, optionOrder: readonly string[], response?: Answer | null): Presented;
  /** What to do, and how it is counted; empty where the view says it itself. */
  hint(item: I, t: Translate): string;
  /** Reads the raw form (urlencoded: texts, lists where keys repeat, anything from hostile hands). */
  parse(form: unknown, item: I): Parsed;
  /** Has the learner given all that is asked? Half an answer may be saved; it earns nothing of its missing half. */
  isComplete(item: I, response: Answer): boolean;
  mending(item: I, response: Answer, t: Translate): Mending;
  same(a: Answer, b: Answer): boolean;
  /**
   * Only of a type that is answered in steps, none of which can be taken back: may `sent` be kept after `kept`?
   * The answers of all other types may be changed as long as the attempt is open.
   */
  mayFollow?(item: I, kept: Answer | null, sent: Answer): boolean;
}

/** What an answer is worth. */
interface Grading<I extends Item> {
  /** Integer points, 0 to FULL_POINTS. */
  grade(item: I, response: Answer): number;
  /** The safety rules that an answer breaks, whatever its points: each is a safety-critical miss. */
  unsafe(item: I, response: Answer): readonly string[];
  /** The safety rule that every answer but the right one breaks, the missing one too; false where there is none. */
  ruleOfMiss(item: I): string | false;
  /** The safety rules that some answer breaks, each once: all that `unsafe` and `ruleOfMiss` can name. */
  canBreak(item: I): readonly string[];
  /** Has an answer that earns a part of the points come close, as a decision next to the right one has? */
  readonly partIsClose: boolean;
  correctResponse(item: I): Answer;
  /** A complete answer of somebody who does not know: as little of it is right as the type allows. */
  wrongResponse(item: I): Answer;
  /**
   * What blind guessing earns: the mean share of the points, 0 to 1, over all complete answers, each as likely as
   * any other. Each type states its formula.
   */
  guessScore(item: I): number;
}

/** What is said of an answer. */
interface Telling<I extends Item> {
  /** What the learner answered, in words and without judgement. */
  summarise(item: I, response: Answer, t: Translate): readonly string[];
  /** Only of a type whose questions share a few stems: what a list calls one of them. */
  inList?(item: I): string;
  /** Every option with its feedback and what is right: for after a pass only. */
  explain(item: I, response: Answer, t: Translate): readonly Explained[];
  /** What of the right answer stands in none of the explained options; null where they say all. */
  remark(item: I, t: Translate): string | null;
  /** The template that shows an answer after a pass, below `views/`, and its values. */
  readonly reviewView: OwnView;
  review(item: I, response: Answer, t: Translate): object;
}

/** How answers are counted for item analysis. */
interface Counting<I extends Item> {
  /** What can be chosen, where some choices are wrong on their own; empty where every option is used, or none is there. */
  choices(item: I): readonly Choice[];
  /** The ids of the choices that an answer took, each once. */
  chosen(item: I, response: Answer): readonly string[];
  /** What a choice is called, for those who read figures: an option is called by its letter. */
  choiceName(id: string, t: Translate): string;
  judging(item: I, response: Answer | undefined): Judging;
  /** Only of a type whose answer is a decision to pass on or not; null where none was made. */
  signal?(item: I, response: Answer | undefined): DecisionSignal | null;
}

/** What may be ruled on a published item. */
interface Regrading<I extends Item> {
  /** Is there such a thing as one more right answer? Of free text no two answers are the same. */
  readonly acceptsAnswers: boolean;
  /**
   * What the answers to an item are made of. Answers to one wording can be graded with another whose parts are the same:
   * an option that is gone or new would give old answers a meaning that they never had.
   */
  parts(item: I): string;
}

/** How items travel to other programs and back. */
interface Exchanging<I extends Item> {
  /** The item in a form that other programs know; null where they have no counterpart. */
  exchange(item: I): Exported | null;
  /** What is found in this form in a foreign file becomes an item of this type; null: nothing does. */
  readonly importedFrom: ExchangeForm | null;
}

/**
 * What a question is: one object a type, looked up by the item's own `type`. Whoever asks, asks this; nobody compares
 * names.
 *
 * These are methods, not properties, so that a type with a richer item fits the registry. What makes
 * that safe: a type is looked up by the item's own `type`, and published items passed its `itemSchema`.
 */
export interface QuestionType<I extends Item = Item>
  extends Authoring<I>, Answering<I>, Grading<I>, Telling<I>, Counting<I>, Exchanging<I>, Regrading<I> {}
