import { z } from 'zod';
import { exhibitReference } from '../../../exhibits/exhibit-schema.js';
import {
  judgement,
  line,
  safetyRule,
  nodeId,
  objectiveId,
  optionId,
  passage,
  roles,
  scene,
  scenarioId,
} from '../../item-shapes.js';

const choice = { id: optionId, text: line, result: passage, reason: passage, next: nodeId };

/** `unheard`: the ending that this choice leads to instead of `next` in a case that is switched to end so. */
const choiceSchema = z.discriminatedUnion('quality', [
  z.strictObject({ ...choice, quality: z.literal('best') }),
  z.strictObject({ ...choice, quality: z.literal('acceptable') }),
  z.strictObject({ ...choice, quality: z.literal('weak'), better: passage }),
  z.strictObject({
    ...choice,
    quality: z.literal('unsafe'),
    never: safetyRule,
    better: passage,
    unheard: nodeId.exactOptional(),
  }),
]);

/**
 * How a case may end. `passed-on`: the right people know. `passed-on-fine`: they know, and all was well. `no-concern`: there
 * was nothing to pass on. `not-told`: nobody knows, and somebody should. `told-late`: they learned of it too late to act well.
 * `unheard`: nobody hears what became of the child, who is not found; in practice only.
 */
const endingKind = z.enum(['passed-on', 'passed-on-fine', 'no-concern', 'not-told', 'told-late', 'unheard']);

/** What an ending adds for whoever made this choice, as `[node, choice]`. */
const saidSchema = z.strictObject({ when: z.tuple([nodeId, optionId]), text: passage });

/**
 * A branching case, field by field. `role`: what the learner is in it, in words; `roles`: the jobs that it is written for.
 * `endsUnheard`: its ending of the kind `unheard` is switched on. `scenarioSchema` holds what no field can see.
 */
export const scenarioShape = z.strictObject({
  id: scenarioId,
  title: line,
  role: line,
  roles,
  scene,
  judgement,
  objective: objectiveId.exactOptional(),
  endsUnheard: z.literal(true).exactOptional(),
  opening: passage,
  start: nodeId,
  nodes: z
    .array(
      z.strictObject({
        id: nodeId,
        text: passage,
        exhibit: exhibitReference.exactOptional(),
        question: line,
        choices: z.array(choiceSchema).min(2).max(4),
      }),
    )
    .min(1)
    .max(30),
  endings: z
    .array(
      z.strictObject({
        id: nodeId,
        kind: endingKind,
        text: passage,
        said: z.array(saidSchema).min(1).max(10).exactOptional(),
      }),
    )
    .min(1)
    .max(10),
});

export type Scenario = z.infer<typeof scenarioShape>;
export type EndingKind = z.infer<typeof endingKind>;
