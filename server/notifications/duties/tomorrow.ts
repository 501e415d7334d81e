import { spoken } from '../../i18n/spoken.js';
import type { Actor } from '../../policy.js';
import { plannedEscalation } from '../managers/planned-escalations.js';
import { requirementsInForce, type RequirementInForce } from './due-reminders.js';
import { MOST_FORESEEN, plannedReminders } from './planned-reminders.js';
import { stageWords } from './stage-words.js';

/** Whose reminders are foreseen, and on which day; `requirementId`: what was chosen, or anything else. */
interface Foreseen {
  readonly organisationId: string;
  readonly requirementId: string;
  readonly day: string;
}

/**
 * Who would be told what on a day, of the people whom `actor` may see: of one requirement, the oldest where none is chosen, so that
 * the page costs the same however much is required. `choice`: the others, where there are any.
 */
export async function toldOn(actor: Actor, { organisationId, requirementId, day }: Foreseen) {
  const requirements = await requirementsInForce(organisationId, day);
  const chosen = requirements.find(each => each.requirementId === requirementId) ?? requirements[0];
  return {
    planned: chosen ? await plannedFor(actor, { ...chosen, organisationId }, day) : [],
    choice: requirements.length > 1 ? choiceOf(requirements, chosen) : null,
  };
}

const choiceOf = (requirements: readonly RequirementInForce[], chosen: RequirementInForce | undefined) => ({
  ...{ id: 'requirement', name: 'requirement', label: spoken('reminderLog.requirement') },
  value: chosen?.requirementId ?? null,
  options: requirements.map(({ requirementId, version }) => ({ value: requirementId, label: version.title })),
});

/** Reminders first, then what managers are told. */
async function plannedFor(
  actor: Actor,
  of: RequirementInForce & { readonly organisationId: string },
  day: string,
) {
  const href = (membershipId: string) => `/organisations/${of.organisationId}/people/${membershipId}`;
  const reminders = (await plannedReminders(actor, of, day)).map(
    ({ title, stage, people, unreachable, first }) => ({
      ...{ title, stage: stageWords(stage), people: peopleText(people), unreachable },
      more: moreText(people, first.length),
      first: first.map(({ membershipId, name }) => ({ name, href: href(membershipId), told: null })),
    }),
  );
  const escalation = await plannedEscalation(actor, of, day);
  if (!escalation) return reminders;
  const { title, people, first } = escalation;
  const told = {
    ...{ title, stage: spoken('reminderLog.escalated'), people: peopleText(people), unreachable: 0 },
    more: moreText(people, first.length),
    first: first.map(({ membershipId, name, to }) => ({
      ...{ name, href: href(membershipId), told: toldText(to) },
    })),
  };
  return [...reminders, told];
}

const peopleText = (people: number | null): string =>
  people === null
    ? spoken('reminderLog.manyPeople', { most: MOST_FORESEEN })
    : spoken('reminderLog.people', { count: people });

/** How many are not named; null: nobody, or nobody knows how many. */
const moreText = (people: number | null, named: number): string | null =>
  people !== null && people > named ? spoken('reminderLog.more', { count: people - named }) : null;

const toldText = (names: readonly string[]): string =>
  names.length === 0
    ? spoken('reminderLog.toldNobody')
    : spoken('reminderLog.told', { names: names.join(', ') });
