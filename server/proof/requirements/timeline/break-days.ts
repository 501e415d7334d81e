import type { Span } from '../../../platform/lib/dated.js';
import type { RequirementFacts, UnitParents } from '../requirement-facts.js';
import type { Rule } from '../requirement-rule.js';

/**
 * The days on which a fact that may matter begins or ends, from the first version on, in order and each once. `facts`: with the
 * credits of the rules' courses alone.
 */
export function breakDays(facts: RequirementFacts): string[] {
  const { versions, member, marks, exemptions } = facts;
  const rules = versions.map(({ rule }) => rule);
  const first = versions.map(({ fromDay }) => fromDay).sort()[0];
  if (first === undefined) return [];
  const days = [
    ...versions.map(({ fromDay }) => fromDay),
    ...[member.employment, member.hired, member.tags, member.places, marks].flatMap(endsOf),
    ...(rules.some(({ audience }) => audience.units.length > 0) ? unitDays(facts) : []),
    ...endsOf(exemptions.map(each => ({ ...each, value: null }))),
    ...member.credits.flatMap(({ completedOn, voids }) => [completedOn, ...endsOf(voids)]),
    ...rules.flatMap(({ material }) => material.map(({ by }) => by)),
  ];
  return [...new Set(days.filter(day => day >= first))].sort();
}

/** The courses whose credits these rules ask for. */
export const coursesOf = (rules: readonly Rule[]): ReadonlySet<string> =>
  new Set(
    rules.flatMap(({ courses, audience }) => [
      ...courses,
      ...(audience.holds === null ? [] : [audience.holds]),
    ]),
  );

const endsOf = (spans: readonly Span<unknown>[]): string[] =>
  spans.flatMap(({ fromDay, toDay }) => (toDay === null ? [fromDay] : [fromDay, toDay]));

/** When the units in which somebody ever works, or any that was ever above one of them, moved. */
function unitDays({ member, units }: RequirementFacts): string[] {
  const ids = new Set(member.places.map(({ value }) => value.unitId));
  for (const id of ids) for (const parent of parentsOf(units, id)) ids.add(parent);
  return [...ids].flatMap(id => endsOf(units.get(id) ?? []));
}

const parentsOf = (units: UnitParents, id: string): string[] =>
  (units.get(id) ?? []).flatMap(({ value }) => value ?? []);
