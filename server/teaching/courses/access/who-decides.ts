import { administratorIds } from '../../../people/accounts/administrators.js';
import { dayOf } from '../../../platform/lib/days.js';
import { administratorsOf } from '../../../people/organisations/grants/nearest-managers.js';
import type { RequestFacts } from './course-requests.js';

/**
 * Who decides on a request and is told of it: for a unit its organisation's administrators; for all of an organisation, or where
 * nobody else administers it, those of the installation. Never whoever asks.
 */
export async function decidersOf(
  { organisationId, unitId, userId, timeZone }: RequestFacts,
  now: number,
): Promise<string[]> {
  const others = (ids: readonly string[]) => ids.filter(id => id !== userId);
  const own = unitId === '' ? [] : others(await administratorsOf(organisationId, dayOf(now, timeZone)));
  return own.length > 0 ? own : others(await administratorIds());
}
