import { z } from 'zod';

/** Names an exhibit in the file of its module. */
export const exhibitId = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,29}$/, 'Write a name of small letters, like "night-booking".');

/** A name, a time, the head of a column. */
const short = z.string().trim().min(1, 'Write some text.').max(60);
const text = z.string().trim().min(1, 'Write some text.').max(400);
const some = <T extends z.ZodType>(part: T) => z.array(part).min(2).max(20);
const columns = z.array(short).min(1).max(8);
/** Names a part of an exhibit, so that a question can point at it. */
const id = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,19}$/, 'Write a short id of small letters, like "b2".')
  .exactOptional();

/** `id`: where it stands in a file of exhibits, by which lessons, items and cases name it. */
const head = { id: exhibitId.exactOptional(), title: z.string().trim().min(1, 'Write some text.').max(120) };

/** An exhibit, field by field; `exhibitSchema` holds what no field can see. */
export const exhibitShape = z.discriminatedUnion('kind', [
  /** What a booking system shows of one booking. */
  z.strictObject({
    ...head,
    kind: z.literal('booking'),
    facts: some(z.strictObject({ id, label: short, value: text })),
  }),
  /** A chat, in the order in which it was written. */
  z.strictObject({
    ...head,
    kind: z.literal('chat'),
    messages: some(z.strictObject({ id, from: short, time: short.exactOptional(), text })),
  }),
  /** Messages about one thing, each with who wrote it to whom. */
  z.strictObject({
    ...head,
    kind: z.literal('thread'),
    messages: some(z.strictObject({ id, from: short, to: short, time: short, text })),
  }),
  z.strictObject({
    ...head,
    kind: z.literal('duty-log'),
    entries: some(z.strictObject({ id, time: short, text, by: short })),
  }),
  /** A seat for each column of each row; null where nobody sits. */
  z.strictObject({
    ...head,
    kind: z.literal('seat-plan'),
    columns,
    rows: z
      .array(z.strictObject({ name: short, seats: z.array(z.strictObject({ id, text }).nullable()) }))
      .min(1)
      .max(12),
  }),
  z.strictObject({
    ...head,
    kind: z.literal('timeline'),
    points: some(z.strictObject({ id, time: short, text })),
  }),
  /** What lies on a counter. */
  z.strictObject({
    ...head,
    kind: z.literal('counter'),
    objects: some(z.strictObject({ id, name: short, text })),
  }),
  /** Who works when: a cell for each column of each row; an empty text where nobody works. */
  z.strictObject({
    ...head,
    kind: z.literal('rota'),
    columns,
    rows: some(z.strictObject({ id, name: short, cells: z.array(z.string().trim().max(60)) })),
  }),
  z.strictObject({ ...head, kind: z.literal('poster'), lines: some(z.strictObject({ id, text })) }),
  /** Drawn: points along a line, such as the people who see one journey, or the hours of one flight. `told`: there it is passed on. */
  z.strictObject({
    ...head,
    kind: z.literal('way'),
    points: some(z.strictObject({ id, name: short, text, told: z.literal(true).exactOptional() })).max(8),
  }),
  /** Drawn: who tells whom, and the door that stays open where somebody in between does not pass it on. */
  z.strictObject({
    ...head,
    kind: z.literal('tell'),
    steps: some(z.strictObject({ id, who: short, text })).max(5),
    door: z.strictObject({ id, when: short, text }),
  }),
  /** Drawn: a hundred dots, shared out. */
  z.strictObject({
    ...head,
    kind: z.literal('hundred'),
    shares: some(z.strictObject({ id, count: z.int().min(1).max(99), text })).max(3),
  }),
]);

/**
 * What somebody would have in front of them at work, as data that a page shows with tables and lists. A lesson, an item and a case
 * may show the same one.
 */
export type Exhibit = z.infer<typeof exhibitShape>;
/** As an item or a case writes it: whole, or by its name. */
export type ExhibitReference = string | Exhibit;
