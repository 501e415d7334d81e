import { daysLeft } from '../../platform/lib/days.js';
import type { Fact, Pack } from './schema/types.js';

/** What is stated as law or as a fact, with the last day on which it counts. */
interface Stated {
  readonly facts: readonly Pick<Fact, 'id' | 'expires' | 'owner'>[];
  readonly packs: readonly Pick<Pack, 'code' | 'expires' | 'owner'>[];
}

/** How long before its last good day a fact is due to be looked up again (days). */
const DUE_DAYS = 60;

/** Whether a fact, or what a page of law says from its own sources, may still be shown as confirmed at `now` (epoch ms). One that names no day stays so. */
export const isCurrent = ({ expires }: Pick<Fact, 'expires'>, now: number): boolean =>
  expires === undefined || daysLeft(expires, now) >= 0;

/** The facts, and the pages of law (`law/gb`), that expire within 60 days of `now`, and those that have expired, the earliest first. */
export const dueStatements = ({ facts, packs }: Stated, now: number) =>
  [...facts, ...packs.map(({ code, expires, owner }) => ({ id: `law/${code}`, expires, owner }))]
    .flatMap(({ id, expires, owner }) =>
      expires !== undefined && daysLeft(expires, now) <= DUE_DAYS ? [{ id, expires, owner }] : [],
    )
    .sort((a, b) => a.expires.localeCompare(b.expires));
