import type { Answer } from './answer.js';

/**
 * An answer whose writer was erased: the words in these fields are gone, and what the answer was worth stays, in a field that
 * no form has.
 */
export const withoutOwnWords = (response: Answer, fields: readonly string[], points: number): Answer => ({
  ...Object.fromEntries(
    Object.entries(response).map(([name, value]) => [name, fields.includes(name) ? '' : value]),
  ),
  erased: String(points),
});

/** What such an answer was worth; null of any other answer. */
export const pointsOfErased = ({ erased }: Answer): number | null =>
  typeof erased === 'string' ? Number(erased) : null;
