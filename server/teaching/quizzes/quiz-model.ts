import type { QuizPolicy } from '../content/schema/policy-schema.js';
import type { SnapshotQuiz } from '../content/snapshot.js';
import type { Answer } from '../questions/answer.js';
import type { JobName } from '../questions/jobs.js';
import type { Scenario } from '../questions/types/scenario/scenario-shape.js';

/** A quiz of a course: its rules and its bank. */
export interface Quiz extends SnapshotQuiz {
  readonly name: string;
  /** In the catalogue and on certificates. */
  readonly title: string;
  /** On its learners' pages. */
  readonly learnerTitle: string;
  /** The cases of a final, one of which ends each form; none in a module, whose own case is practice. Ask `caseOf` for a form's. */
  readonly scenarios: readonly Scenario[];
  /** The job of the learner to whom it is put; absent or null where the course does not ask for it. */
  readonly job?: JobName | null;
  readonly policy: QuizPolicy;
  /** The safety rules that can be practised after a miss, each with its text. */
  readonly remediated: ReadonlyMap<string, string>;
  /** The rulings on its questions, made after it was published, where the quiz is to be graded under them. */
  readonly marks?: RulingMarks;
}

/** The answer that counts in a slot, with the number of answers saved there. */
export interface Kept {
  readonly slot: number;
  readonly sequence: number;
  readonly response: Answer;
  /** How sure the learner was; absent or null if they did not say. Grading never uses it. */
  readonly confidence?: Confidence | null;
}

/** How sure a learner is of an answer. A case never asks for it, and it never affects the score. */
export const CONFIDENCES = ['sure', 'fairly', 'guess'] as const;
export type Confidence = (typeof CONFIDENCES)[number];

/** How one question of a quiz is graded differently from what its bank says. */
export type Mark =
  { readonly kind: 'void' } | { readonly kind: 'accept'; readonly answers: readonly Answer[] };

/** By item id. */
export type RulingMarks = ReadonlyMap<string, Mark>;
