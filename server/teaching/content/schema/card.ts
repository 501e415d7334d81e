import { z } from 'zod';
import { day, slug } from './shapes.js';
import { factId, line } from '../../questions/item-shapes.js';

/** As much as fits on one line of the card, or on two. */
const short = line.max(60, 'Write at most 60 characters: the card is read at arm’s length.');
const sentence = line.max(130, 'Write at most 130 characters: the card is read at arm’s length.');

/**
 * modules/cards.yaml: the card "What do I do?", one for each role. `say` is for whoever is told, `toChild` for a child
 * who speaks first. `covers` names people from the audiences of `courses`; `written` is the day on which the text was written.
 */
export const cardsSchema = z.strictObject({
  cards: z
    .array(
      z.strictObject({
        role: slug,
        name: line.max(40),
        who: sentence,
        courses: z.array(slug).min(1),
        covers: z.array(line).min(1),
        tell: z.array(sentence).min(2).max(3),
        say: sentence,
        toChild: sentence,
        do: z.array(short).min(2).max(4),
        doNot: z.array(short).min(2).max(4),
        facts: z.array(factId).min(1),
        written: day,
      }),
    )
    .min(1)
    .max(20),
});
