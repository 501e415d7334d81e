/** For how long somebody may put off the second factor that their role asks for (ms). */
const GRACE = 14 * 86_400_000;

/** Until when (epoch ms) somebody whom their role has asked `from` then may put it off. */
export const graceUntil = (from: number): number => from + GRACE;
