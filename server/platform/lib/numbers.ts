const INTEGER = /^(?:0|-?[1-9]\d{0,15})$/;

/**
 * Reads an integer as a form or a URL carries it: plain decimal digits and nothing else, within
 * `min` and `max` (both included). Returns null for anything else: other types,
 * white space, plus signs, leading zeros, fractions, exponents, `NaN`.
 * `Number()` alone would accept '', '0x10' and '1e999'.
 */
export function parseInteger(value: unknown, { min, max }: { min: number; max: number }): number | null {
  if (typeof value !== 'string' || !INTEGER.test(value)) return null;
  const number = Number(value);
  return Number.isSafeInteger(number) && number >= min && number <= max ? number : null;
}
