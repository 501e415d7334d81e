import { z } from 'zod';
import { isCommonPassword } from './passwords/common-passwords.js';
import { isOwnWords, type PasswordOwner } from './passwords/own-words.js';
import { emailField, nameField } from './account-fields.js';

const name = nameField('errors.name');

/** One sign alone, and what the top of leaked lists begins with, whatever follows. */
const COMMON = /^(.)\1+$|^(0?123456789|abcdefghijkl|qwertyuiop|password|passwort|iloveyou|letmein|welcome)/i;

/** Twelve characters or more, of any kind and not known from thefts (NIST SP 800-63B-4, 3.1.1.2); pasting is allowed. */
const newPassword = z
  .string('errors.password')
  .min(12, 'errors.password-short')
  .max(1000, 'errors.password-long')
  .refine(text => !COMMON.test(text) && !isCommonPassword(text), 'errors.password-common');

/** A password that somebody already has: any text, since it is only compared. */
const knownPassword = z.string('errors.password').min(1, 'errors.password').max(1000, 'errors.password');

/** A new password has more in it than the name and the address beside it. */
const hasMore = ({ password, ...owner }: PasswordOwner & { password: string | null }): boolean =>
  password === null || !isOwnWords(password, owner);
const MORE = { path: ['password'], message: 'errors.password-own' };

const token = z.string('errors.link').max(200, 'errors.link');

export const signUpForm = z.object({ name, email: emailField, password: newPassword }).refine(hasMore, MORE);
export const courseLinkForm = z.object({ name, email: emailField });
/** Whoever joins by a code may leave the password out: a mailed link signs them in. */
export const joinForm = z
  .object({
    name,
    email: emailField,
    password: z.preprocess(typed => (typed === '' ? null : typed), newPassword.nullable()),
  })
  .refine(hasMore, MORE);
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
export const invitedForm = z.object({ token, name, password: newPassword }).refine(hasMore, MORE);
export const firstAdministratorForm = z
  .object({ token, name, email: emailField, password: newPassword })
  .refine(hasMore, MORE);
export const nameForm = z.object({ name });
export const addressForm = z.object({ email: emailField, addressPassword: knownPassword });
export const newAddressForm = z.object({ password: knownPassword });
export const passwordForm = z.object({
  present: knownPassword,
  password: newPassword,
});
