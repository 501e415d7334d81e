/** What decides whether anybody can join by a code. Days are days in the organisation's zone. */
export interface JoinRule {
  readonly fromDay: string;
  /** The first day on which it no longer works; null: none. */
  readonly untilDay: string | null;
  readonly mostPeople: number | null;
  readonly joined: number;
  readonly endedAt: number | null;
  /** Since when the organisation's training is paused. */
  readonly suspendedAt: number | null;
  /** From which day on the unit that it leads to is closed. */
  readonly closedOn: string | null;
}

/** `early`: its first day is still to come; `over`: its last day has passed, it was ended, or its unit is closed. */
export type JoinState = 'open' | 'early' | 'over' | 'full' | 'paused';

/** How a code stands on a day. */
export function joinState(rule: JoinRule, today: string): JoinState {
  const { fromDay, untilDay, mostPeople, joined, endedAt, suspendedAt, closedOn } = rule;
  const ends = [untilDay, closedOn].filter(day => day !== null);
  if (endedAt !== null || ends.some(day => day <= today)) return 'over';
  if (suspendedAt !== null) return 'paused';
  if (today < fromDay) return 'early';
  return mostPeople !== null && joined >= mostPeople ? 'full' : 'open';
}
