import { organisationHead } from '../../organisations/organisation-tabs.js';
import { pausedAmong } from '../../organisations/settings/suspension.js';
import type { OpenStandings } from '../open-standings.js';
import { hrefOf } from '../standing-filters.js';
import { overduePeople, type OverduePeople } from './overdue-duties.js';

/** Most people who are reminded at one press. */
const MOST = 2000;

/** Asks before those who are overdue are reminded: how many get an e-mail, and how many cannot. */
export async function nudgePage(open: OpenStandings) {
  const { organisation, actor, home, filters, units, chosen } = open;
  const people = await overduePeople(open);
  const reachable = people.all - people.withoutAccount - people.remindedToday;
  return {
    organisation: organisationHead(organisation, actor),
    back: hrefOf(home, filters),
    action: hrefOf(`${home}/nudge`, { requirement: filters.requirement, unit: filters.unit }),
    requirements: chosen.map(({ title }) => title),
    unit: units.find(({ id }) => id === filters.unit)?.name ?? null,
    people: { ...people, reachable, most: MOST },
    state: stateOf(people, (await pausedAmong([organisation.id])).length > 0),
  };
}

/** Whether people can be reminded, or why not. */
type NudgeState = 'ask' | 'nobody' | 'too-many' | 'paused';

function stateOf({ all, withoutAccount, remindedToday }: OverduePeople, isPaused: boolean): NudgeState {
  const reachable = all - withoutAccount - remindedToday;
  if (isPaused) return 'paused';
  if (reachable === 0) return 'nobody';
  return reachable > MOST ? 'too-many' : 'ask';
}
