import type { Rule } from '../requirement-rule.js';

/** What there is in an organisation, as far as a rule may name it. */
export interface KnownInOrganisation {
  readonly today: string;
  /** The ids of the units that are open on the first day of the rule. */
  readonly openUnits: ReadonlySet<string>;
  /** The ids of all its units. */
  readonly units: ReadonlySet<string>;
  readonly courses: ReadonlySet<string>;
  /** The rules that will be in force beside this one: without the requirement itself. */
  readonly others: readonly Pick<Rule, 'inForce' | 'audience' | 'courses'>[];
}

/**
 * What is wrong with a rule: the field, and why. `circle`: whom it means would depend, through what people hold, on what it
 * asks; `day-past`: it would begin, or be due, before today.
 */
export interface RuleFault {
  readonly field: 'units' | 'holds' | 'courses' | 'day' | 'dueOn' | 'materialVersion';
  readonly why: 'unit-unknown' | 'unit-closed' | 'course-unknown' | 'circle' | 'day-past' | 'day-far';
}

/** How many years ahead a version is planned at most. */
const MOST_AHEAD_YEARS = 5;

/** Whether a rule can be kept from a day on; null: it can. */
export function ruleFault(rule: Rule, fromDay: string, known: KnownInOrganisation): RuleFault | null {
  const { audience, courses, firstDue, material } = rule;
  if (fromDay < known.today) return { field: 'day', why: 'day-past' };
  if (fromDay > yearsAfter(known.today)) return { field: 'day', why: 'day-far' };
  if (!rule.inForce) return null;
  if (audience.units.some(id => !known.units.has(id))) return { field: 'units', why: 'unit-unknown' };
  if (audience.units.some(id => !known.openUnits.has(id))) return { field: 'units', why: 'unit-closed' };
  if (courses.some(slug => !known.courses.has(slug))) return { field: 'courses', why: 'course-unknown' };
  if (audience.holds !== null && !known.courses.has(audience.holds))
    return { field: 'holds', why: 'course-unknown' };
  if (isCircle(rule, known.others)) return { field: 'holds', why: 'circle' };
  if ('on' in firstDue && firstDue.on < fromDay) return { field: 'dueOn', why: 'day-past' };
  if (material.some(({ course }) => !courses.includes(course)))
    return { field: 'materialVersion', why: 'course-unknown' };
  return null;
}

const yearsAfter = (day: string): string => `${Number(day.slice(0, 4)) + MOST_AHEAD_YEARS}${day.slice(4)}`;

/** Whether what a rule asks leads, over what the other rules ask of those who hold it, back to what it wants held. */
function isCircle(rule: Rule, others: KnownInOrganisation['others']): boolean {
  const { holds } = rule.audience;
  if (holds === null) return false;
  const reached = new Set(rule.courses);
  const inForce = others.filter(each => each.inForce);
  for (let before = -1; before < reached.size;) {
    before = reached.size;
    for (const other of inForce)
      if (other.audience.holds !== null && reached.has(other.audience.holds))
        other.courses.forEach(course => reached.add(course));
  }
  return reached.has(holds);
}
