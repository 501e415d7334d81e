/** A day that comes each year. 29 February is 28 February in other years. */
export interface YearDay {
  readonly month: number;
  readonly day: number;
}

/**
 * How long a certificate is valid, as a course states it.
 * `months` are calendar months. `snap`: whether the end moves to the end of the last month. `counts`: what they count from:
 * - `from-completion`: the day on which the course was completed.
 * - `from-previous-end`: for a renewal in time, the last day of the previous certificate; otherwise the completion.
 * - `fixed-day`: as `from-previous-end`, and the end is the last `fixedDay` within those months.
 * `opens`: from how many days before the end a renewal is in time; `grace`: until how many days after the end it still is.
 * A later renewal counts from its completion. `minimum`: the months that a certificate is valid in any case.
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
