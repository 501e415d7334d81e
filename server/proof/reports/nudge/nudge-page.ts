import { organisationHead } from '../../../people/organisations/organisation-tabs.js';
import { pausedAmong } from '../../../people/organisations/settings/suspension.js';
import { notReachedTexts } from '../../requirements/reach-texts.js';
import type { OpenStandings } from '../open-standings.js';
import { hrefOf } from '../standing-filters.js';
import { overduePeople } from './overdue-duties.js';

/** Most people who are reminded at one press. */
const MOST = 2000;

/** Asks before those who are overdue are reminded: how many get an e-mail or an invitation, and how many no mail reaches, and why. */
export async function nudgePage(open: OpenStandings) {
  const { organisation, actor, home, filters, units, chosen } = open;
  const people = await overduePeople(open);
  const [reminded, invited] = [people.by.get('reminded') ?? 0, people.by.get('invited') ?? 0];
  const state = stateOf(reminded + invited, (await pausedAmong([organisation.id])).length > 0);
  return {
    organisation: organisationHead(organisation, actor),
    back: hrefOf(home, filters),
    action: hrefOf(`${home}/nudge`, { requirement: filters.requirement, unit: filters.unit }),
    requirements: chosen.map(({ title }) => title),
    unit: units.find(({ id }) => id === filters.unit)?.name ?? null,
    people: { reminded, invited, remindedToday: people.remindedToday, most: MOST },
    notReached: notReachedTexts(people.by),
    state,
  };
}

/** Whether people can be reminded, or why not. */
type NudgeState = 'ask' | 'nobody' | 'too-many' | 'paused';

function stateOf(reachable: number, isPaused: boolean): NudgeState {
  if (isPaused) return 'paused';
  if (reachable === 0) return 'nobody';
  return reachable > MOST ? 'too-many' : 'ask';
}
