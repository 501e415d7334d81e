import { z } from 'zod';
import { drawingShapes } from './drawing-shapes.js';
import { exhibitHead, longText, partId, severalOf, shortText, tableColumns } from './exhibit-fields.js';

/** What an object on a counter may be drawn as. */
const SHAPES = [
  'bag',
  'card',
  'cup',
  'key',
  'letter',
  'money',
  'note',
  'passport',
  'passports',
  'phone',
  'ticket',
  'tickets',
  'toy',
] as const;

/** An exhibit, field by field; `exhibitSchema` holds what no field can see. */
export const exhibitShape = z.discriminatedUnion('kind', [
  /** What a booking system shows of one booking. */
  z.strictObject({
    ...exhibitHead,
    kind: z.literal('booking'),
    facts: severalOf(z.strictObject({ id: partId, label: shortText, value: longText })),
  }),
  /** A chat, in the order in which it was written. */
  z.strictObject({
    ...exhibitHead,
    kind: z.literal('chat'),
    messages: severalOf(
      z.strictObject({ id: partId, from: shortText, time: shortText.exactOptional(), text: longText }),
    ),
  }),
  /** Messages about one thing, each with who wrote it to whom. */
  z.strictObject({
    ...exhibitHead,
    kind: z.literal('thread'),
    messages: severalOf(
      z.strictObject({ id: partId, from: shortText, to: shortText, time: shortText, text: longText }),
    ),
  }),
  z.strictObject({
    ...exhibitHead,
    kind: z.literal('duty-log'),
    entries: severalOf(z.strictObject({ id: partId, time: shortText, text: longText, by: shortText })),
  }),
  /** A seat for each column of each row; null where nobody sits. `aisle`: the column that it comes after. */
  z.strictObject({
    ...exhibitHead,
    kind: z.literal('seat-plan'),
    columns: tableColumns,
    aisle: shortText.exactOptional(),
    rows: z
      .array(
        z.strictObject({
          name: shortText,
          seats: z.array(z.strictObject({ id: partId, text: longText }).nullable()),
        }),
      )
      .min(1)
      .max(12),
  }),
  z.strictObject({
    ...exhibitHead,
    kind: z.literal('timeline'),
    points: severalOf(z.strictObject({ id: partId, time: shortText, text: longText })),
  }),
  /** What lies on a counter; drawn where each object says as what (`shape`). */
  z.strictObject({
    ...exhibitHead,
    kind: z.literal('counter'),
    objects: severalOf(
      z.strictObject({ id: partId, name: shortText, shape: z.enum(SHAPES).exactOptional(), text: longText }),
    ),
  }),
  /** Who works when: a cell for each column of each row; an empty text where nobody works. */
  z.strictObject({
    ...exhibitHead,
    kind: z.literal('rota'),
    columns: tableColumns,
    rows: severalOf(
      z.strictObject({ id: partId, name: shortText, cells: z.array(z.string().trim().max(60)) }),
    ),
  }),
  z.strictObject({
    ...exhibitHead,
    kind: z.literal('poster'),
    lines: severalOf(z.strictObject({ id: partId, text: longText })),
  }),
  ...drawingShapes,
]);

/**
 * What somebody would have in front of them at work, as data that a page shows with tables and lists. A lesson, an item and a case
 * may show the same one.
 */
export type Exhibit = z.infer<typeof exhibitShape>;
/** As an item or a case writes it: whole, or by its name. */
export type ExhibitReference = string | Exhibit;
