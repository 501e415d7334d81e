import { administratorIds } from '../../../../people/accounts/administrators.js';
import { dayOf } from '../../../../platform/lib/days.js';
import { administratorsOf } from '../../../../people/organisations/grants/nearest-managers.js';
import type { StoredRoom } from '../stored-rooms.js';

/**
 * Who may answer in a room at a moment (epoch ms), and is told of what is asked: the administrators of its organisation, and whoever
 * made it as an administrator of the installation; all of those where nobody else is left.
 */
export async function answerersOf(
  { organisationId, madeBy, timeZone }: Pick<StoredRoom, 'organisationId' | 'madeBy' | 'timeZone'>,
  now: number,
): Promise<string[]> {
  const own = await administratorsOf(organisationId, dayOf(now, timeZone));
  const ofInstallation = await administratorIds();
  const told = new Set([...own, ...ofInstallation.filter(id => id === madeBy)]);
  return told.size > 0 ? [...told] : ofInstallation;
}
