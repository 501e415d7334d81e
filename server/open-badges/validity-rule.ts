/** A day of the calendar that comes each year. 29 February is 28 February in other years. */
export interface YearDay {
  readonly month: number;
  readonly day: number;
}

/**
 * How long a certificate is good for, as a course says it.
 * `months` are calendar months. `snap`: perhaps to the end of the last one. `counts` names what they count from:
 * - `from-completion`: the day on which the course was completed.
 * - `from-previous-end`: for a renewal in its time, the last day of the certificate before; otherwise the completion.
 * - `fixed-day`: as the one before, and the end is the last `fixedDay` within those months.
 * `opens`: days before the end from which a renewal is in its time; `grace`: days after the end until which it still
 * is. A later one is late and starts anew from its completion. `minimum`: months that a certificate is good for
 * whatever else holds.
 */
export interface ValidityRule {
  readonly months: number;
  readonly snap: 'none' | 'month-end';
  readonly counts?: 'from-completion' | 'from-previous-end' | 'fixed-day';
  readonly fixedDay?: YearDay;
  readonly opens?: number;
  readonly grace?: number;
  readonly minimum?: number;
}
