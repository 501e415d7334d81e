import { isOn, valueOn } from '../../../platform/lib/dated.js';
import type { MemberOnADay } from '../audiences/audience.js';
import type { RequirementFacts, UnitParents, WorkPlace } from '../requirement-facts.js';
import type { Audience } from '../requirement-rule.js';
import { isVoidOn } from './covers.js';

/** What is so of a membership on a day, as far as an audience asks for it. */
export function memberOn({ member, units }: RequirementFacts, audience: Audience, day: string): MemberOnADay {
  const places = member.places.filter(each => isOn(each, day)).map(({ value }) => value);
  const above = ({ unitId }: WorkPlace) =>
    audience.units.length > 0 ? unitsAbove(units, unitId, day) : NONE;
  const held =
    audience.holds === null ? [] : member.credits.filter(({ course }) => course === audience.holds);
  return {
    places: places.map(place => ({ job: place.job, above: above(place) })),
    tags: member.tags.flatMap(each => (isOn(each, day) ? each.value : [])),
    hiredOn: valueOn(member.hired, day),
    holds: new Set(
      held.flatMap(each => (each.completedOn <= day && !isVoidOn(each, day) ? each.course : [])),
    ),
  };
}

const NONE: ReadonlySet<string> = new Set();

/** A unit and all above it, on the tree of a day. */
function unitsAbove(units: UnitParents, unitId: string, day: string): ReadonlySet<string> {
  const path = new Set<string>();
  for (let at: string | null = unitId; at !== null && !path.has(at);) {
    path.add(at);
    at = valueOn(units.get(at) ?? [], day);
  }
  return path;
}

/** The unit of the home placement on a day; null: they have none. */
export const homeOn = ({ member }: RequirementFacts, day: string): string | null =>
  member.places.find(each => each.value.isHome && isOn(each, day))?.value.unitId ?? null;
