import { typed, typedDay } from '../../../../platform/http/forms.js';
import { spokenLocale } from '../../../../platform/i18n/spoken.js';
import { valueOn } from '../../../../platform/lib/dated.js';
import { dayParts } from '../../day-words.js';
import { organisationHead } from '../../organisation-tabs.js';
import { unitOptions, type UnitOption } from '../../units/unit-options.js';
import { unitsInOrder } from '../../units/unit-order.js';
import type { OpenMember } from '../open-member.js';
import { PLACE_FIELDS, type PlaceStep } from './place-steps.js';
import { placesHome } from './places-page.js';

/** The page of a step, without what was typed. */
export function placeStepPage(open: OpenMember, step: PlaceStep) {
  const { actor, organisation, name } = open;
  return {
    organisation: organisationHead(organisation, actor),
    step,
    name,
    back: placesHome(open),
    action: `${placesHome(open)}/${step}`,
    asked: PLACE_FIELDS[step],
  };
}

/** The units that a step may name. */
export function unitsForStep(open: OpenMember, step: PlaceStep): Promise<readonly UnitOption[]> {
  const all = unitsInOrder(open.spans, open.today, spokenLocale());
  const further = furtherUnits(open);
  return unitOptions(
    open.organisation.id,
    all.filter(({ id }) => step !== 'end' || further.includes(id)),
  );
}

const furtherUnits = ({ member, today }: OpenMember): string[] =>
  member.places.flatMap(({ isHome, toDay, value }) =>
    !isHome && (toDay === null || toDay > today) ? value.unitId : [],
  );

/** What a form begins with: the place as it is, today. */
export function presentPlace(open: OpenMember, step: PlaceStep) {
  const home = valueOn(
    open.member.places.filter(({ isHome }) => isHome),
    open.today,
  );
  const further = furtherUnits(open);
  const unit =
    { move: home?.unitId, end: further.length === 1 ? further[0] : undefined }[step as string] ?? '';
  const job = step === 'move' ? (home?.job ?? '') : '';
  return { unit, job, when: '', day: dayParts(open.today), until: dayParts('') };
}

/** What was typed, to show it again. */
export const typedPlace = (body: unknown) => ({
  ...{ unit: typed(body, 'unit'), job: typed(body, 'job'), when: typed(body, 'when') },
  ...{ day: typedDay(body, 'day'), until: typedDay(body, 'until') },
});
