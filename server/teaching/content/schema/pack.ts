import { z } from 'zod';
import { address, day, slug } from './shapes.js';
import { factId, line, passage } from '../../questions/item-shapes.js';

/** A sentence or two about a country's law. It cites a source, or says that it is not confirmed. */
export const statementSchema = z.strictObject({
  text: line,
  facts: z.array(factId).default([]),
  /** ids of the pack's own sources */
  sources: z.array(slug).default([]),
  /** False: no source that was read supports it. The page says so beside it. */
  confirmed: z.boolean().default(true),
});
const answer = z.array(statementSchema).min(1).max(9);

/**
 * modules/<slug>/packs/<code>.yaml: what one country's own law says. Every question is answered in every pack,
 * if only with "not confirmed": a question left out would look like one that does not matter there.
 */
export const packSchema = z.strictObject({
  code: z.string().regex(/^[a-z]{2}$|^int$/, 'Write a two-letter country code, or int for the default.'),
  name: line,
  title: line,
  summary: passage,
  /** Ids of hotlines in the directory, in the order of this page. A pack never holds a telephone number itself. */
  hotlines: z.array(slug).min(1),
  contact: z.strictObject({ whom: answer }),
  duty: z.strictObject({ who: answer, toWhom: answer, howSoon: answer, supervisor: answer }),
  /** Places inside the country where the duty to report differs. */
  places: z.array(z.strictObject({ name: line, answers: answer })).default([]),
  definition: z.strictObject({ offence: answer, travel: answer, force: answer }),
  age: z.strictObject({ child: answer, doubt: answer }),
  papers: z.strictObject({ needed: answer, exempt: answer }),
  communities: z.strictObject({ services: answer, interpreters: answer }),
  limits: z.array(line).min(1).max(9),
  sources: z
    .array(
      z.strictObject({
        id: slug,
        title: line,
        publisher: line,
        year: z.int().min(1900).max(2100).nullable(),
        url: address,
      }),
    )
    .min(1),
  /** Qualified people who reviewed the page. No reviewer is invented: the list is empty until somebody has. */
  reviewedBy: z.array(z.strictObject({ role: line, name: line, on: day })),
  /** The day on which the sources were last read. */
  checkedOn: day,
  /** Whose task it is to read them again. */
  owner: line,
  /** The last day on which what they say is shown as confirmed. */
  expires: day,
});
