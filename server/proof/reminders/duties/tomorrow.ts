import { spoken } from '../../../platform/i18n/spoken.js';
import type { Actor } from '../../../policy.js';
import { notReachedTexts } from '../../requirements/reach-texts.js';
import { plannedEscalation } from '../managers/planned-escalations.js';
import { requirementsInForce, type RequirementInForce } from './due-reminders.js';
import { MOST_FORESEEN, plannedReminders } from './planned-reminders.js';
import { stageWords } from './stage-words.js';

/** Whose reminders are foreseen, and on which day; `requirementId`: what was chosen, or anything else. */
interface Foreseen {
  readonly organisationId: string;
  readonly requirementId: string;
  readonly day: string;
  /** The present (epoch ms). */
  readonly now: number;
}

/**
 * Who would be told what on a day, of the people whom `actor` may see: of one requirement, the oldest where none is chosen, so that
 * the page costs the same however much is required. `choice`: the others, where there are any.
 */
export async function toldOn(actor: Actor, { organisationId, requirementId, day, now }: Foreseen) {
  const requirements = await requirementsInForce(organisationId, day);
  const chosen = requirements.find(each => each.requirementId === requirementId) ?? requirements[0];
  return {
    ...(chosen
      ? await plannedFor(actor, { ...chosen, organisationId }, { day, now })
      : { planned: [], part: null }),
    choice: requirements.length > 1 ? choiceOf(requirements, chosen) : null,
  };
}

const choiceOf = (requirements: readonly RequirementInForce[], chosen: RequirementInForce | undefined) => ({
  ...{ id: 'requirement', name: 'requirement', label: spoken('reminderLog.requirement') },
  value: chosen?.requirementId ?? null,
  options: requirements.map(({ requirementId, version }) => ({ value: requirementId, label: version.title })),
});

/** Reminders first, then what managers are told. `isPart`: of some of it only the people were looked at whom it reached last. */
async function plannedFor(
  actor: Actor,
  of: RequirementInForce & { readonly organisationId: string },
  when: { readonly day: string; readonly now: number },
) {
  const href = (membershipId: string) => `/organisations/${of.organisationId}/people/${membershipId}`;
  const planned = await plannedReminders(actor, of, when);
  const reminders = planned.map(({ stage, first, by, ...counted }) => ({
    ...{
      ...counted,
      stage: stageWords(stage),
      invited: by.get('invited') ?? 0,
      notReached: notReachedTexts(by),
    },
    first: first.map(({ membershipId, name, isInvited }) => ({
      ...{ name, href: href(membershipId) },
      told: isInvited ? spoken('reminderLog.getsInvitation') : null,
    })),
  }));
  const { first, ...counted } = await plannedEscalation(actor, of, when.day);
  const told = {
    ...{ ...counted, stage: spoken('reminderLog.escalated'), invited: 0, notReached: [] },
    first: first.map(({ membershipId, name, to }) => ({
      ...{ name, href: href(membershipId), told: toldText(to) },
    })),
  };
  const all = [...reminders, told];
  return {
    planned: all
      .filter(({ people, notReached }) => people > 0 || notReached.length > 0)
      .map(({ isPart, people, ...each }) => ({
        ...each,
        people: spoken(isPart ? 'reminderLog.peopleAtLeast' : 'reminderLog.people', { count: people }),
        more: moreText(people, each.first.length),
      })),
    part: all.some(({ isPart }) => isPart) ? spoken('reminderLog.part', { most: MOST_FORESEEN }) : null,
  };
}

/** How many are counted and not named. */
const moreText = (people: number, named: number): string | null =>
  people > named ? spoken('reminderLog.more', { count: people - named }) : null;

const toldText = (names: readonly string[]): string =>
  names.length === 0
    ? spoken('reminderLog.toldNobody')
    : spoken('reminderLog.told', { names: names.join(', ') });
