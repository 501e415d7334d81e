/** What is measured besides the quizzes: before the course, after it, and some days later. Nothing of it is ever passed. */
export type Kind = 'baseline' | 'post' | RefresherKind;
export type RefresherKind = `refresher-${RefresherDay}`;

/** Days after the course at which three questions are mailed. */
export const REFRESHER_DAYS = [7, 30, 90] as const;
export type RefresherDay = (typeof REFRESHER_DAYS)[number];

export const DAY = 86_400_000;

/**
 * How long after its day a refresher may be mailed and answered (ms). Two weeks: long enough for a holiday, short
 * enough that "after 7 days" stays true and two of them are never open at once.
 */
export const REFRESHER_OPEN = 14 * DAY;

/** Whether a refresher that was due then may be answered now. */
export const isOpenAt = (dueAt: number, now: number): boolean => dueAt <= now && now < dueAt + REFRESHER_OPEN;
