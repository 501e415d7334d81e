import { z } from 'zod';
import { normaliseEmail, normaliseName } from './registration.js';

/** Messages are keys of texts; see `http/forms.ts`. */
const email = z
  .string('errors.email')
  .transform(normaliseEmail)
  // The length is that of the lower case: a few capital letters grow.
  .pipe(
    z
      .string()
      .max(254, 'errors.email')
      .regex(/^[^\s\p{Cc}@<>"(),:;\\]+@[^\s\p{Cc}@<>"(),:;\\]+\.[^\s\p{Cc}@.<>"(),:;\\]+$/u, 'errors.email'),
  );

/**
 * Up to 200 graphemes, no line breaks or invisible controls: it is printed on a certificate. Where it is left out, the
 * message is `missing`: people enter their own name, and managers somebody else's.
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
        .refine(text => Array.from(new Intl.Segmenter().segment(text)).length <= 200, 'errors.name-long')
        .refine(text => text.length <= 400, 'errors.name-long')
        .refine(text => /[\p{L}\p{N}]/u.test(text), missing),
    );
const name = nameField('errors.name');

/** Passwords that lists of leaks start with, as far as twelve letters allow them. */
const COMMON =
  /^(.)\1+$|^(0?123456789|abcdefghijkl|qwertyuiop|password|passwort|iloveyou|letmein|welcome|safepassage)/i;

/** Twelve characters or more, nothing required of their kind; pasting is welcome. */
const newPassword = z
  .string('errors.password')
  .min(12, 'errors.password-short')
  .max(1000, 'errors.password-long')
  .refine(text => !COMMON.test(text), 'errors.password-common');

/** A password somebody already has: any text, for it is only compared. */
const knownPassword = z.string('errors.password').min(1, 'errors.password').max(1000, 'errors.password');

const token = z.string('errors.link').max(200, 'errors.link');

export const signUpForm = z.object({ name, email, password: newPassword });
export const signInForm = z.object({
  // Any text without control characters, which no database takes: a wrong address is told like a wrong password.
  email: z
    .string('errors.email')
    .max(254, 'errors.email')
    .regex(/^\P{Cc}+$/u, 'errors.email'),
  password: knownPassword,
});
export const confirmForm = z.object({ token, password: knownPassword });
export const forgottenForm = z.object({ email });
export const resetForm = z.object({ token, password: newPassword });
export const firstAdministratorForm = z.object({ token, name, email, password: newPassword });
export const nameForm = z.object({ name });
export const passwordForm = z.object({
  present: knownPassword,
  password: newPassword,
});
