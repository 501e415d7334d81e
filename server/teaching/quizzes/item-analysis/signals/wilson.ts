import { Z_95 } from './normal.js';

/** A share with the interval that holds it with 95 % confidence; all between 0 and 1. */
export interface RateInterval {
  readonly share: number;
  readonly low: number;
  readonly high: number;
}

/**
 * The score interval of a share `count` of `of` (Wilson 1927; Brown, Cai and DasGupta 2001 advise it for small numbers):
 * it never leaves 0 to 1, and says something even where nobody or everybody did. It takes answers for independent;
 * several of one person are not quite, so it is a little too narrow. Throws RangeError for what is no share.
 */
export function wilson(count: number, of: number): RateInterval {
  if (!Number.isInteger(count) || !Number.isInteger(of) || count < 0 || of < 1 || count > of)
    throw new RangeError(`${count} of ${of} is no share`);
  const share = count / of;
  const middle = share + Z_95 ** 2 / (2 * of);
  const spread = Z_95 * Math.sqrt((share * (1 - share)) / of + Z_95 ** 2 / (4 * of ** 2));
  const whole = 1 + Z_95 ** 2 / of;
  return {
    share,
    // Of nothing and of all the bound is the share itself, which rounding would miss by a hair.
    low: count === 0 ? 0 : (middle - spread) / whole,
    high: count === of ? 1 : (middle + spread) / whole,
  };
}
