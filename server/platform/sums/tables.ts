import { defineTable, integer, key, moment, nullable, text } from '../db/table.js';

/**
 * Sums from which pages take their figures: numbers in JSON (`Sums`). `subject` is counted by itself (a quiz, an organisation);
 * `part` and `name` say what of it (the first tries, one item).
 */
export const KeptSum = defineTable('kept_sums', {
  figure: key(text(20)),
  subject: key(text(170)),
  part: key(text(80)),
  name: key(text(180)),
  sums: text(),
});

/**
 * A fact that is not counted yet, or is no more what was counted: `was` says what that was, and is null where nothing was.
 * `changes` tells two of them apart.
 */
export const UncountedFact = defineTable('uncounted_facts', {
  figure: key(text(20)),
  fact: key(text(80)),
  was: nullable(text()),
  changes: integer(),
});

/** Who may write the sums of a figure: whoever took the lane last. Until `heldUntil` nobody else takes it. */
export const SumLane = defineTable('sum_lanes', {
  figure: key(text(20)),
  fence: integer(),
  heldUntil: nullable(moment()),
});
