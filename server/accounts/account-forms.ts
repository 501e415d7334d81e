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

const name = nameField('errors.name');

/** The passwords at the top of leaked lists, as far as twelve characters allow them. */
const COMMON =
  /^(.)\1+$|^(0?123456789|abcdefghijkl|qwertyuiop|password|passwort|iloveyou|letmein|welcome|safepassage)/i;

/** Twelve characters or more, of any kind; pasting is allowed. */
const newPassword = z
  .string('errors.password')
  .min(12, 'errors.password-short')
  .max(1000, 'errors.password-long')
  .refine(text => !COMMON.test(text), 'errors.password-common');

/** A password that somebody already has: any text, since it is only compared. */
const knownPassword = z.string('errors.password').min(1, 'errors.password').max(1000, 'errors.password');

const token = z.string('errors.link').max(200, 'errors.link');

export const signUpForm = z.object({ name, email: emailField, password: newPassword });
export const courseLinkForm = z.object({ name, email: emailField });
/** Whoever joins by a code may leave the password out: a mailed link signs them in. */
export const joinForm = z.object({
  name,
  email: emailField,
  password: z.preprocess(typed => (typed === '' ? null : typed), newPassword.nullable()),
});
export const signInForm = z.object({
  // Any text without control characters, which databases refuse: a wrong address gets the answer of a wrong password.
  email: z
    .string('errors.email')
    .max(254, 'errors.email')
    .regex(/^\P{Cc}+$/u, 'errors.email'),
  password: knownPassword,
});
export const confirmForm = z.object({ token, password: knownPassword });
export const forgottenForm = z.object({ email: emailField });
export const resetForm = z.object({ token, password: newPassword });
export const invitedForm = z.object({ token, name, password: newPassword });
export const firstAdministratorForm = z.object({ token, name, email: emailField, password: newPassword });
export const nameForm = z.object({ name });
export const addressForm = z.object({ email: emailField, addressPassword: knownPassword });
export const newAddressForm = z.object({ password: knownPassword });
export const passwordForm = z.object({
  present: knownPassword,
  password: newPassword,
});
