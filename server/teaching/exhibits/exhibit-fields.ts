import { z } from 'zod';

/** Names an exhibit in the file of its module. */
export const exhibitId = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,29}$/, 'Write a name of small letters, like "night-booking".');

/** A name, a time, the head of a column. */
export const shortText = z.string().trim().min(1, 'Write some text.').max(60);
export const longText = z.string().trim().min(1, 'Write some text.').max(400);
export const severalOf = <T extends z.ZodType>(part: T) => z.array(part).min(2).max(20);
export const tableColumns = z.array(shortText).min(1).max(8);
/** Names a part of an exhibit, so that a question can point at it. */
export const partId = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,19}$/, 'Write a short id of small letters, like "b2".')
  .exactOptional();

/** `id`: where it stands in a file of exhibits, by which lessons, items and cases name it. */
export const exhibitHead = {
  id: exhibitId.exactOptional(),
  title: z.string().trim().min(1, 'Write some text.').max(120),
};
