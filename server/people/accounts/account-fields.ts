import { z } from 'zod';
import { normaliseEmail, normaliseName } from './normalised.js';

/** An address as people type it. Messages are keys of texts; see `http/forms.ts`. */
export const emailField = z
  .string('errors.email')
  .transform(normaliseEmail)
  // Measured in lower case: a few capital letters become longer.
  .pipe(
    z
      .string()
      .max(254, 'errors.email')
      .regex(/^[^\s\p{Cc}@<>"(),:;\\]+@[^\s\p{Cc}@<>"(),:;\\]+\.[^\s\p{Cc}@.<>"(),:;\\]+$/u, 'errors.email'),
  );

/**
 * A name of up to 200 graphemes, without line breaks or invisible controls: certificates print it. `missing` is the message
 * where it is left out: people enter their own name, managers somebody else's.
 */
export const nameField = (missing: 'errors.name' | 'errors.name-of-person') =>
  z
    .string(missing)
    .transform(normaliseName)
    .pipe(
      z
        .string()
        .min(1, missing)
        .regex(/^[^\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069]*$/u, 'errors.name-letters')
        .refine(text => text.length <= 200 || graphemes(text) <= 200, 'errors.name-long')
        .refine(text => text.length <= 400, 'errors.name-long')
        .refine(text => /[\p{L}\p{N}]/u.test(text), missing),
    );
const graphemes = (text: string): number => Array.from(new Intl.Segmenter().segment(text)).length;
