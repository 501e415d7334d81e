import { NotFound } from '../../../errors.js';
import { spokenLocale } from '../../../platform/i18n/spoken.js';
import { dayOf, daysAfter } from '../../../platform/lib/days.js';
import { isId } from '../../../platform/lib/ids.js';
import { authorise, can, signedIn, type Actor } from '../../../policy.js';
import { findOrganisation, type OrganisationFacts } from '../memberships.js';
import { unitSpans } from './stored-units.js';
import { spansOf } from './change-tree.js';
import { unitsInOrder, type PlacedUnit } from './unit-order.js';
import type { UnitSpan } from './unit-tree.js';

/** An organisation's units, as somebody may see them. */
export interface OpenTree {
  readonly actor: Actor;
  readonly organisation: OrganisationFacts;
  readonly today: string;
  readonly spans: readonly UnitSpan[];
  readonly mayChange: boolean;
}

/**
 * The units of an organisation, for those who manage it or a unit. Throws `NotFound` to everybody else, `SignInNeeded` to
 * visitors.
 */
export async function openTree(reader: Actor | null, id: unknown, now: number): Promise<OpenTree> {
  const actor = signedIn(reader);
  const organisation = isId(id) ? await findOrganisation(id) : null;
  authorise(actor, 'organisation.people', organisation && { organisationId: organisation.id });
  if (!organisation) throw new NotFound();
  const today = dayOf(now, organisation.timeZone);
  const spans = await unitSpans(organisation.id);
  const mayChange = can(actor, 'organisation.administer', { organisationId: organisation.id });
  return { actor, organisation, today, spans, mayChange };
}

/** The units that are open on a day and whose people the reader may see, in the order of the tree. */
export function unitsSeen({ actor, organisation, spans }: OpenTree, day: string): readonly PlacedUnit[] {
  const units = unitsInOrder(spans, day, spokenLocale());
  const maySee = (above: readonly string[]) =>
    can(actor, 'person.see', { userId: null, organisationId: organisation.id, units: above });
  // Whoever may see people of no unit sees all: to ask of each of thousands takes as long as the rest of a page.
  return maySee([]) ? units : units.filter(({ above }) => maySee(above));
}

/** The day on which a unit is looked at: today, the last one before it closed, or the first. `NotFound`: no such unit. */
export function dayOfUnit({ spans, today }: OpenTree, unitId: string): string {
  const own = spansOf(spans, unitId).sort((one, other) => (one.fromDay < other.fromDay ? -1 : 1));
  const [first, last] = [own[0], own.at(-1)];
  if (!first || !last) throw new NotFound();
  if (first.fromDay > today) return first.fromDay;
  return last.toDay !== null && last.toDay <= today ? daysAfter(last.toDay, -1) : today;
}
