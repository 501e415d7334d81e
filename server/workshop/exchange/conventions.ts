/** Asked after a statement, where a format makes two questions of it. */
export const REASON_QUESTION = 'Which reason is right for this answer?';

/** The category that names the bank its questions came from. */
export const categoryOf = (bank: string): string => `$course$/top/Safe Passage/${bank}`;

/** The part of one of several right answers, in per cent with five digits, as Moodle knows it. */
export const share = (parts: number): string => String(Math.round(10_000_000 / parts) / 100_000);
