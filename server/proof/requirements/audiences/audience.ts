import { foldedText } from '../../../platform/lib/text/folding.js';
import type { Audience } from '../requirement-rule.js';

/** What is so of a membership on one day, as far as audiences ask. */
export interface MemberOnADay {
  /** Every placement of the day. `above`: its unit and all units above it, on the tree of that day. */
  readonly places: readonly { readonly job: string | null; readonly above: ReadonlySet<string> }[];
  readonly tags: readonly string[];
  readonly hiredOn: string | null;
  /** The slugs of the courses of which they hold a credit, by whichever version, that is not void that day. */
  readonly holds: ReadonlySet<string>;
}

/**
 * Whether an audience means somebody, on a day on which they are employed. Where it names units and jobs, one placement has to
 * fit both: who is cabin crew in Oslo and a trainer in Rome is no trainer in Oslo. Texts are compared folded.
 */
export const isMeant = (audience: Audience, member: MemberOnADay): boolean =>
  isMeantButForHireDay(audience, member) &&
  (audience.hiredSince === null || (member.hiredOn !== null && member.hiredOn >= audience.hiredSince));

/** Whether they may be meant, and nobody can say, since the audience asks for the day of hire and they have none. */
export const lacksHireDay = (audience: Audience, member: MemberOnADay): boolean =>
  audience.hiredSince !== null && member.hiredOn === null && isMeantButForHireDay(audience, member);

const isMeantButForHireDay = (audience: Audience, member: MemberOnADay): boolean =>
  isPlaced(audience, member) &&
  (audience.tags.length === 0 || member.tags.some(tag => isAmong(audience.tags, tag))) &&
  (audience.holds === null || member.holds.has(audience.holds));

function isPlaced({ units, jobs }: Audience, { places }: MemberOnADay): boolean {
  if (units.length === 0 && jobs.length === 0) return true;
  return places.some(
    ({ job, above }) =>
      (units.length === 0 || units.some(unit => above.has(unit))) &&
      (jobs.length === 0 || (job !== null && isAmong(jobs, job))),
  );
}

const isAmong = (values: readonly string[], value: string): boolean =>
  values.includes(value) || values.some(each => foldedText(each) === foldedText(value));
