import { daysLeft } from '../../lib/days.js';
import type { Fact } from './schema/types.js';

/** How long before its last good day a fact is due to be looked up again (days). */
const DUE_DAYS = 60;

/** Whether a fact may still be shown as confirmed at `now` (epoch ms). One that names no day stays so. */
export const isCurrentFact = ({ expires }: Pick<Fact, 'expires'>, now: number): boolean =>
  expires === undefined || daysLeft(expires, now) >= 0;

/** The facts that expire within 60 days of `now`, and those that have expired, the earliest first. */
export const dueFacts = (facts: readonly Fact[], now: number) =>
  facts
    .flatMap(({ id, expires, owner }) =>
      expires !== undefined && daysLeft(expires, now) <= DUE_DAYS ? [{ id, expires, owner }] : [],
    )
    .sort((a, b) => a.expires.localeCompare(b.expires));
