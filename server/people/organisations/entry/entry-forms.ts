import { z } from 'zod';
import { isEasyPin } from '../../accounts/passwords/easy-pins.js';
import { codeIn } from '../joining/code-text.js';
import { ENTRANCE_LENGTH } from './entrances.js';

const organisation = z
  .string('errors.entrance')
  .transform(typed => codeIn(typed, ENTRANCE_LENGTH))
  .pipe(z.string('errors.entrance'));
const staffNumber = z
  .string('errors.entry-number')
  .trim()
  .min(1, 'errors.entry-number')
  .max(60, 'errors.entry-number')
  .regex(/^\P{Cc}+$/u, 'errors.entry-number');

/** Eight signs or more, so that it can be typed on a keypad and not be guessed within the limits. */
const newPin = z
  .string('errors.pin')
  .min(8, 'errors.pin')
  .max(1000, 'errors.password-long')
  .refine(pin => !isEasyPin(pin), 'errors.pin-easy');

/** A PIN that somebody already has: any text, since it is only compared. */
const knownPin = z.string('errors.pin-known').min(1, 'errors.pin-known').max(1000, 'errors.pin-known');

export const numberForm = z.object({ organisation, staffNumber, pin: knownPin });

export const firstForm = z
  .object({
    organisation,
    staffNumber,
    code: z
      .string('errors.join-code')
      .transform(typed => codeIn(typed))
      .pipe(z.string('errors.join-code')),
    pin: newPin,
  })
  .refine(({ pin, staffNumber: number }) => pin.toUpperCase() !== number.toUpperCase(), {
    path: ['pin'],
    message: 'errors.pin-easy',
  });

/** Another PIN, by somebody who has one. */
export const newPinForm = z.object({ present: knownPin, password: newPin });
