import { valueOn } from '../../../platform/lib/dated.js';
import { isMeant } from '../audiences/audience.js';
import type { RequirementFacts, VersionFacts } from '../requirement-facts.js';
import type { Because } from '../standing-interval.js';
import { memberOn } from './member-on-a-day.js';

/** Whether somebody is meant on a day, and why. `isListed`: what update modes carry on from day to day, marks aside. */
export interface Meant {
  readonly isMeant: boolean;
  readonly why: Because['meant'];
  readonly isListed: boolean;
}

/**
 * Whether somebody is meant on a day. `wasListed`: `isListed` of the day before. A mark by hand decides; it ends without a
 * trace, since update modes carry on only what the audience said. Who leaves is listed no more.
 */
export function meantOn(
  facts: RequirementFacts,
  version: VersionFacts | null,
  { day, wasListed }: { readonly day: string; readonly wasListed: boolean },
): Meant {
  const employment = valueOn(facts.member.employment, day);
  if (employment === null) return outside('no-member');
  if (employment === 'left') return outside('left');
  if (!version?.rule.inForce) return outside('not-in-force');
  const listed = listedOn(facts, version, { day, wasListed });
  const mark = valueOn(facts.marks, day);
  return mark === null ? listed : { isMeant: mark === 'added', why: mark, isListed: listed.isListed };
}

const outside = (why: Because['meant']): Meant => ({ isMeant: false, why, isListed: false });

/** What the audience says, under the version's update mode. A version begins on its first day with whom it means. */
function listedOn(
  facts: RequirementFacts,
  { fromDay, rule: { audience, mode } }: VersionFacts,
  { day, wasListed }: { readonly day: string; readonly wasListed: boolean },
): Meant {
  const says = isMeant(audience, memberOn(facts, audience, day));
  const begins = day === fromDay;
  if (mode === 'follow' || (begins && mode !== 'add-only')) return listed(says, says);
  if (mode === 'add-only') return listed(says || wasListed, says);
  return listed(mode === 'paused' ? wasListed : wasListed && says, says);
}

/** `says`: what the audience alone would say. */
function listed(isListed: boolean, says: boolean): Meant {
  const why = isListed ? (says ? 'audience' : 'kept') : says ? 'kept-out' : 'outside';
  return { isMeant: isListed, why, isListed };
}
