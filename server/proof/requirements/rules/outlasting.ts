import { computeExpiry } from '../../certificates/lifecycle/validity.js';
import type { ValidityRule } from '../../open-badges/validity-rule.js';
import type { Rule } from '../requirement-rule.js';

/** Of a course that is completed on a day: the last day of its certificate, and that of the rule (null: for good). */
export interface OutlastingExample {
  readonly course: string;
  readonly completedOn: string;
  readonly certificateEnds: string;
  readonly ruleEnds: string | null;
}

/**
 * Where a rule lets a completion count for longer than its certificate is valid: an example for each such course. Somebody
 * would then be current here with a certificate that has ended. Nothing is refused for it.
 */
export function outlastingExamples(
  { renewal, courses }: Pick<Rule, 'renewal' | 'courses'>,
  validityOf: (course: string) => ValidityRule | null,
  completedOn: string,
): OutlastingExample[] {
  if (renewal.kind === 'as-certificate') return [];
  return courses.flatMap(course => {
    const validity = validityOf(course);
    if (!validity) return [];
    const certificateEnds = lastDay(validity, completedOn);
    const ruleEnds = renewal.kind === 'once' ? null : lastDay(renewal.validity, completedOn);
    const outlasts = ruleEnds === null || ruleEnds > certificateEnds;
    return outlasts ? { course, completedOn, certificateEnds, ruleEnds } : [];
  });
}

const lastDay = (rule: ValidityRule, completedOn: string): string =>
  computeExpiry({ completedAt: Date.parse(completedOn), previousEnd: null, rule, timeZone: 'UTC' }).lastDay;
