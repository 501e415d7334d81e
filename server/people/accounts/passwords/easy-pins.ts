import { isCommonPassword } from './common-passwords.js';

/**
 * Whether guessers try a PIN early (NIST SP 800-63B-4, 3.1.1.2): it is known from thefts, goes on in steps, repeats itself, is the
 * same backwards, or is a day, which is often that of a birth.
 */
export const isEasyPin = (pin: string): boolean =>
  isStepwise(pin) || repeatsItself(pin) || isMirrored(pin) || isDay(pin) || isCommonPassword(pin);

/** One sign alone, or each next to the one before it: 88888888, 12345678, hgfedcba. */
function isStepwise(pin: string): boolean {
  const steps = Array.from(pin.slice(1), (_, at) => pin.charCodeAt(at + 1) - pin.charCodeAt(at));
  return Math.abs(steps[0] ?? 0) <= 1 && new Set(steps).size === 1;
}

/** A part of it, again and again: 12341234, 47474747. */
function repeatsItself(pin: string): boolean {
  const parts = Array.from({ length: Math.floor(pin.length / 2) }, (_, at) => pin.slice(0, at + 1));
  return parts.some(part => pin.length % part.length === 0 && pin === part.repeat(pin.length / part.length));
}

const isMirrored = (pin: string): boolean => pin === [...pin].reverse().join('');

const [DAY, MONTH, YEAR] = ['(0[1-9]|[12]\\d|3[01])', '(0[1-9]|1[0-2])', '(19|20)\\d\\d'];
const DAYS = [
  [DAY, MONTH, YEAR],
  [MONTH, DAY, YEAR],
  [YEAR, MONTH, DAY],
].map(parts => new RegExp(`^${parts.join('[ ./-]?')}$`));

/** A day of these two centuries, in any order that people write: 24121987, 12/24/1987, 1987-12-24. */
const isDay = (pin: string): boolean => DAYS.some(day => day.test(pin));
