import { z } from 'zod';
import { address, day, slug } from './shapes.js';
import { factId, line, objectiveId, passage, pointId } from '../../questions/item-shapes.js';

/** modules/facts.yaml. `year` is the year of the source; null where the source gives none. */
export const factsSchema = z.strictObject({
  facts: z.array(
    z.strictObject({
      id: factId,
      statement: passage,
      status: z.enum(['verified', 'unverified', 'interpretation', 'author-background', 'do-not-use']),
      source: line,
      publisher: line,
      year: z.int().min(1900).max(2100).nullable(),
      url: address.exactOptional(),
      checked: day,
      // Whose task it is to look at the source again.
      owner: line.exactOptional(),
      // The last day on which the statement is shown as confirmed; without it, it stays so.
      expires: day.exactOptional(),
    }),
  ),
});

const country = z
  .string()
  .regex(/^[A-Z]{2}$|^INT$/, 'Write a two-letter country code, or INT for the default.');
const phone = z.string().regex(/^[+0-9][0-9 ()-]{1,24}$/, 'Write digits, spaces, hyphens and brackets only.');

/** modules/hotlines.yaml: the published directory of hotlines, which administrators' checks can correct. */
export const hotlinesSchema = z.strictObject({
  notice: passage,
  countries: z
    .array(
      z.strictObject({
        code: country,
        name: line,
        emergency: z.strictObject({ numbers: z.array(phone).max(4), note: line }),
        lines: z.array(
          z.strictObject({
            id: slug,
            label: z.enum(['hotline', 'child-helpline', 'online-material']),
            name: line,
            phone: phone.nullable(),
            url: address.nullable(),
            hours: line.nullable(),
            languages: line.nullable(),
            answeredBy: line,
            note: passage,
            source: line,
            // Null: nobody has checked it; the page says so.
            checkedOn: day.nullable(),
            // Whose task it is to check it again.
            owner: line.exactOptional(),
            // The last day on which it counts as checked; without it, the 180th after the check.
            expires: day.nullable().exactOptional(),
          }),
        ),
      }),
    )
    .min(1),
});

/** What the language check holds beside its own patterns. */
const languageFields = {
  // One word for one meaning: what to write, what not to write for it, phrases in which that is right after all, and where.
  words: z
    .array(
      z.strictObject({
        use: line,
        not: z.array(line).min(1),
        except: z.array(line).default([]),
        where: z.array(z.enum(['lessons', 'screens', 'administration'])).min(1),
        why: line,
      }),
    )
    .default([]),
  // Sentences that a pattern finds and that are meant, word for word.
  excused: z.array(z.strictObject({ pattern: line, sentence: passage, reason: line })).default([]),
  // How many sentences of a pattern are still there: no new one may come in. Absent: none.
  held: z.record(z.string(), z.int().min(1)).default({}),
};

/** modules/glossary.yaml: the hard words, which learners can look up, and the language that authors keep to. */
export const glossarySchema = z.strictObject({
  terms: z.array(z.strictObject({ id: slug, term: line, meaning: passage, also: z.array(line).default([]) })),
  ...languageFields,
});

/**
 * modules/seeds.yaml: the points of the source text, the modules that teach each one, and the objectives that
 * test it. A point that is not tested says why in its note.
 */
export const seedsSchema = z.strictObject({
  seeds: z.array(
    z.strictObject({
      id: pointId,
      point: passage,
      taughtIn: z.array(slug).min(1),
      testedBy: z.array(objectiveId),
      note: line.exactOptional(),
    }),
  ),
});
