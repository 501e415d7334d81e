/** What can be done about a situation, from nothing to everything. The order is fixed: no form shuffles it. */
export const DISPOSITIONS = ['carry-on', 'note', 'tell', 'urgent'] as const;
export type Disposition = (typeof DISPOSITIONS)[number];

export const isDisposition = (value: unknown): value is Disposition =>
  DISPOSITIONS.some(disposition => disposition === value);

/** The one that is furthest from this one. */
export function opposite(of: Disposition): Disposition {
  const [first, last] = ['carry-on', 'urgent'] as const;
  return stepsBetween(of, first) > stepsBetween(of, last) ? first : last;
}

/** How far apart they are in the fixed order. */
export const stepsBetween = (a: Disposition, b: Disposition): number =>
  Math.abs(DISPOSITIONS.indexOf(a) - DISPOSITIONS.indexOf(b));
