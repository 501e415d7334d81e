import { z } from 'zod';
import { DIAGRAMS, PLATES } from './drawn.js';
import { exhibitHead, longText, partId, severalOf, shortText } from './exhibit-fields.js';

/** What a place is in one child's story, in the order of the story. */
export const PLACE_ROLES = ['source', 'transit', 'destination'] as const;

const namesOf = <T extends object>(drawings: T) => Object.keys(drawings) as (keyof T & string)[];

/** One for each number in the drawing. */
const numberedParts = severalOf(z.strictObject({ id: partId, name: shortText, text: longText })).max(8);

/** The kinds that are drawn, each beside a list that says the same. */
export const drawingShapes = [
  /** Points along a line, such as the people who see one journey, or the hours of one flight. `told`: there it is passed on. */
  z.strictObject({
    ...exhibitHead,
    kind: z.literal('way'),
    points: severalOf(
      z.strictObject({ id: partId, name: shortText, text: longText, told: z.literal(true).exactOptional() }),
    ).max(8),
  }),
  /** Who tells whom, and the door that stays open where somebody in between does not pass it on. */
  z.strictObject({
    ...exhibitHead,
    kind: z.literal('tell'),
    steps: severalOf(z.strictObject({ id: partId, who: shortText, text: longText })).max(5),
    door: z.strictObject({ id: partId, when: shortText, text: longText }),
  }),
  /** A hundred dots, shared out. */
  z.strictObject({
    ...exhibitHead,
    kind: z.literal('hundred'),
    shares: severalOf(z.strictObject({ id: partId, count: z.int().min(1).max(99), text: longText })).max(3),
  }),
  /**
   * Journeys to choose from, one shown at a time, each with what its places were in that child's story, and who
   * could notice there. `inOneTown`: none of them is far from the next.
   */
  z.strictObject({
    ...exhibitHead,
    kind: z.literal('stations'),
    journeys: z
      .array(
        z.strictObject({
          name: shortText,
          inOneTown: z.literal(true).exactOptional(),
          stations: z
            .array(
              z.strictObject({
                name: shortText,
                roles: z.array(z.enum(PLACE_ROLES)).min(1),
                text: longText,
                who: shortText,
              }),
            )
            .min(1)
            .max(3),
        }),
      )
      .min(2)
      .max(4),
  }),
  /**
   * Two conversations that are the same but for one line, the one that has a text for the `second` as well.
   * `then`: what follows from it.
   */
  z.strictObject({
    ...exhibitHead,
    kind: z.literal('talks'),
    first: z.strictObject({ name: shortText, then: longText }),
    second: z.strictObject({ name: shortText, then: longText }),
    lines: severalOf(
      z.strictObject({ from: shortText, text: longText, second: longText.exactOptional() }),
    ).max(8),
  }),
  /** A diagram. Its drawing numbers the parts. */
  z.strictObject({
    ...exhibitHead,
    kind: z.literal('diagram'),
    drawing: z.enum(namesOf(DIAGRAMS)),
    parts: numberedParts,
  }),
  /** A scene whose numbered parts can be marked. */
  z.strictObject({
    ...exhibitHead,
    kind: z.literal('plate'),
    drawing: z.enum(namesOf(PLATES)),
    parts: numberedParts,
  }),
] as const;
