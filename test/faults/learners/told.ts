import type { Learner } from './learners.js';

/** An answer that the server said yes to. */
export interface Acknowledged {
  readonly attemptId: string;
  readonly slot: number;
  /** How many answers the page knew of. */
  readonly sequence: number;
  readonly fields: Readonly<Record<string, string | readonly string[]>>;
  readonly at: number;
}

/** What a learner was told, and believes. */
export interface Told {
  readonly learner: Learner;
  /** 0: the round had no kill. */
  readonly round: number;
  readonly starts: { readonly attemptId: string; readonly at: number }[];
  readonly answers: Acknowledged[];
  readonly submissions: { readonly attemptId: string; readonly at: number }[];
  /** Replies that no learner should get. */
  readonly surprises: string[];
}
