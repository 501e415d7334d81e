/** Somebody's part in a signed session of a course. */
export interface ServedSession {
  readonly id: string;
  readonly day: string;
  readonly time: string;
  /** How long it took, in minutes. */
  readonly minutes: number;
  /** How many minutes of the course are asked for, as it was signed; null: those of the session. */
  readonly neededMinutes: number | null;
  /** How long the person was there; 0: they were not. */
  readonly served: number;
  readonly hasAllPoints: boolean;
}

/** Why somebody who was there gets no credit for it. */
export type NotEarned = 'minutes' | 'points';

/** What became of one session of somebody: `total` minutes count so far, of `needed`. */
export interface Earned {
  readonly isCredited: boolean;
  readonly why: NotEarned | null;
  readonly total: number;
  readonly needed: number;
}

/**
 * Which of somebody's sessions of one course complete it. Where hours of the course are asked for, minutes add up from session to
 * session, and begin anew once they are enough; otherwise each session stands for itself. A session whose practical points are
 * not all done counts for nothing.
 */
export function earnedBy(sessions: readonly ServedSession[]): Map<string, Earned> {
  const inOrder = sessions.toSorted((one, other) => (startOf(one) < startOf(other) ? -1 : 1));
  const earned = new Map<string, Earned>();
  let carried = 0;
  for (const session of inOrder) {
    const counted = session.hasAllPoints ? session.served : 0;
    const needed = session.neededMinutes ?? session.minutes;
    const total = counted + (session.neededMinutes === null ? 0 : carried);
    const isCredited = counted > 0 && total >= needed;
    earned.set(session.id, { isCredited, total, needed, why: whyNot(session, isCredited) });
    if (session.neededMinutes !== null) carried = isCredited ? 0 : total;
  }
  return earned;
}

function whyNot({ served, hasAllPoints }: ServedSession, isCredited: boolean): NotEarned | null {
  if (isCredited || served === 0) return null;
  return hasAllPoints ? 'minutes' : 'points';
}

const startOf = ({ day, time, id }: ServedSession): string => `${day} ${time} ${id}`;
