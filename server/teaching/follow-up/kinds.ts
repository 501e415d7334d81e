/** What is measured beside the quizzes: before the course, after it, and some days later. It is never passed or failed. */
export type MeasurementKind = 'baseline' | 'post' | RefresherKind;
export type RefresherKind = `refresher-${RefresherDay}`;

/** How many days after the course three questions are mailed. */
export const REFRESHER_DAYS = [7, 30, 90] as const;
export type RefresherDay = (typeof REFRESHER_DAYS)[number];

export const DAY = 86_400_000;

/**
 * How long after its day a refresher may be mailed and answered (ms). Two weeks: long enough for a holiday, short
 * enough that "after 7 days" stays true and two of them are never open at once.
 */
export const REFRESHER_OPEN = 14 * DAY;

/** Whether a refresher that is due at `dueAt` may be answered at `now` (ms). */
export const isRefresherOpen = (dueAt: number, now: number): boolean =>
  dueAt <= now && now < dueAt + REFRESHER_OPEN;
