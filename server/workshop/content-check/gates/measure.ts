import type { CheckedBank } from '../findings.js';

/**
 * `kept`: within its limit. `broken`: outside it, which fails a bank of the second edition. `look`: a person should look.
 * `missing`: nobody has measured it yet.
 * `too few`: the figure would say more of chance than of the bank.
 */
export type GateVerdict = 'kept' | 'broken' | 'look' | 'missing' | 'too few';

/** One figure that a gate takes. */
export interface GateMeasure {
  readonly gate: string;
  /** What it was taken of: a bank, a cue, all banks of an edition. */
  readonly of: string;
  /** How many items it rests on. */
  readonly n: number;
  readonly figure: string;
  readonly limit: string;
  readonly verdict: GateVerdict;
  /** What an author can do about it. */
  readonly fix: string;
  /** The file to look in, and the item in it, where it is one item's. */
  readonly file: string;
  readonly item?: string;
}

/** The verdict on a figure, where there are enough items for one. */
export const judged = (n: number, enough: number, isKept: boolean): GateVerdict =>
  n < enough ? 'too few' : isKept ? 'kept' : 'broken';

export const percent = (share: number): string =>
  Number.isNaN(share) ? '–' : `${Math.round(share * 100)} %`;

/** The mean of numbers; NaN of none. */
export const meanOf = (numbers: readonly number[]): number =>
  numbers.reduce((sum, number) => sum + number, 0) / numbers.length;

/** The share of entries for which something holds; NaN of none. */
export const shareWhere = <T>(entries: readonly T[], holds: (entry: T) => boolean): number =>
  meanOf(entries.map(entry => Number(holds(entry))));

/** Where a figure of several banks sends its reader: to the first of them. */
export const fileOf = (items: readonly { readonly bank: CheckedBank }[]): string => items[0]?.bank.file ?? '';
