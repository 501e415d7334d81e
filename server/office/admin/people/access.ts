import type { CurrentBlock } from '../../../people/accounts/blocking.js';
import { formatDate, type Place, type Translate } from '../../../platform/i18n/i18n.js';
import { can, type Actor } from '../../../policy.js';
import type { PersonRow } from './person.js';

/** What an administrator can do about a person's access; each has a page that asks for confirmation. */
export const STEPS = ['block', 'unblocking', 'appointment', 'dismissal'] as const;
export type AccessStep = (typeof STEPS)[number];

/** The steps that are possible for a person now. */
export function stepsOf(person: PersonRow, actor: Actor): AccessStep[] {
  const steps: Record<AccessStep, boolean> = {
    block: person.disabledAt === null && can(actor, 'person.block', { userId: person.id }),
    unblocking:
      person.disabledAt !== null &&
      person.mergedInto === null &&
      can(actor, 'person.block', { userId: person.id }),
    appointment: !person.isAdministrator && person.disabledAt === null && person.confirmedAt !== null,
    dismissal: Boolean(person.isAdministrator),
  };
  return STEPS.filter(step => steps[step]);
}

/** The state of a person's account, and what `actor` may do about it, as texts. */
export function accessValues(
  { person, block, actor }: { person: PersonRow; block: CurrentBlock | null; actor: Actor },
  { place, t }: { place: Place; t: Translate },
) {
  const { id, disabledAt } = person;
  return {
    isConfirmed: person.confirmedAt !== null,
    blocked:
      disabledAt === null || person.mergedInto !== null
        ? null
        : t('access.blockedSince', { date: formatDate(disabledAt, place) }),
    why: block && t('access.blockedBy', { name: block.by ?? t('access.operator'), reason: block.reason }),
    steps: stepsOf(person, actor).map(step => ({
      href: `/admin/people/${id}/${step}`,
      text: t(`access.${step}.heading`),
    })),
  };
}
