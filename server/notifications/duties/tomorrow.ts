import { spoken } from '../../i18n/spoken.js';
import type { Actor } from '../../policy.js';
import { plannedEscalations } from '../managers/planned-escalations.js';
import { plannedReminders } from './planned-reminders.js';
import { stageWords } from './stage-words.js';

/** Who would be told what on a day, of the people whom `actor` may see: reminders first, then what managers are told. */
export async function toldOn(actor: Actor, organisationId: string, day: string) {
  const href = (membershipId: string) => `/organisations/${organisationId}/people/${membershipId}`;
  const reminders = (await plannedReminders(actor, organisationId, day)).map(
    ({ title, stage, people, unreachable, first }) => ({
      ...{ title, stage: stageWords(stage), people, unreachable },
      first: first.map(({ membershipId, name }) => ({ name, href: href(membershipId), told: null })),
    }),
  );
  const escalations = (await plannedEscalations(actor, organisationId, day)).map(
    ({ title, people, first }) => ({
      ...{ title, stage: spoken('reminderLog.escalated'), people, unreachable: 0 },
      first: first.map(({ membershipId, name, to }) => ({
        name,
        href: href(membershipId),
        told: toldText(to),
      })),
    }),
  );
  return [...reminders, ...escalations];
}

const toldText = (names: readonly string[]): string =>
  names.length === 0
    ? spoken('reminderLog.toldNobody')
    : spoken('reminderLog.told', { names: names.join(', ') });
