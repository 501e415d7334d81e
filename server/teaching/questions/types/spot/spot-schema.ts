import { z } from 'zod';
import { exhibitParts } from '../../../exhibits/exhibit-parts.js';
import { exhibitReference } from '../../../exhibits/exhibit-schema.js';
import { repeats, when, withRules, type ItemFault } from '../../item-faults.js';
import { nodeId, passage } from '../../item-shapes.js';
import { itemFields } from '../../item.js';

/** Stands in an answer for a learner who passes nothing on. No part of an exhibit may be called so. */
export const NO_MARK = 'none';

const mark = z.strictObject({
  /** Of a part of the exhibit. */
  id: nodeId,
  /** Is it to be passed on? */
  report: z.boolean(),
  feedback: passage,
});

const shape = z.strictObject({
  ...itemFields,
  type: z.literal('spot'),
  exhibit: exhibitReference,
  /** Every part of the exhibit that has an id. */
  marks: z.array(mark).min(3).max(8),
  /** Parts that must be passed on: to leave one of them is a safety-critical miss. */
  unsafe: z.array(nodeId).min(1).exactOptional(),
});

export type SpotItem = z.infer<typeof shape>;
export type SpotMark = SpotItem['marks'][number];

/** An exhibit, and for each part of it that can be marked whether it is to be passed on. */
export const spotSchema = withRules(shape, item => [
  ...markFaults(item),
  ...partFaults(item),
  ...unsafeFaults(item),
]);

function markFaults({ id, marks }: SpotItem): ItemFault[] {
  const ids = marks.map(each => each.id);
  return [
    ...when(repeats(ids), {
      path: ['marks'],
      problem: `${id} judges one part of its exhibit twice.`,
      fix: 'Keep one of the two marks.',
    }),
    ...when(ids.includes(NO_MARK), {
      path: ['marks'],
      problem: `${id} has a part called "${NO_MARK}", which stands for passing nothing on.`,
      fix: 'Give the part another id.',
    }),
    ...when(
      marks.every(({ report }) => report),
      {
        path: ['marks'],
        problem: `${id} has nothing to leave: to mark everything is right.`,
        fix: 'Add an ordinary part with report: false.',
      },
    ),
  ];
}

/** Each part with an id has a mark, and each mark a part. A name of an exhibit is looked up before this can be asked. */
function partFaults({ id, exhibit, marks }: SpotItem): ItemFault[] {
  if (typeof exhibit === 'string') return [];
  const parts = exhibitParts(exhibit).flatMap(part => part.id ?? []);
  const ids = marks.map(each => each.id);
  const [lost, unjudged] = [
    ids.filter(each => !parts.includes(each)),
    parts.filter(each => !ids.includes(each)),
  ];
  return [
    ...lost.map(each => ({
      path: ['marks', ids.indexOf(each), 'id'],
      problem: `The exhibit of ${id} has no part "${each}".`,
      fix: `Name one of: ${parts.join(', ')}.`,
    })),
    ...unjudged.map(each => ({
      path: ['marks'],
      problem: `${id} does not judge the part "${each}" of its exhibit.`,
      fix: 'Add a mark for it, or take its id out of the exhibit.',
    })),
  ];
}

function unsafeFaults({ id, critical, marks, unsafe = [] }: SpotItem): ItemFault[] {
  const reported = marks.filter(({ report }) => report).map(each => each.id);
  return [
    ...unsafe.flatMap((each, at) =>
      when(!reported.includes(each), {
        path: ['unsafe', at],
        problem: `"${each}" is nothing that ${id} asks to pass on.`,
        fix: 'Name marks with report: true only.',
      }),
    ),
    ...when(critical !== false && unsafe.length === 0, {
      path: ['critical'],
      problem: `${id} tests a safety rule, and nothing in it breaks one.`,
      fix: 'Name under unsafe what must not be left, or write critical: false.',
    }),
  ];
}
