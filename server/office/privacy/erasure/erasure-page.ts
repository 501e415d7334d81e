import { addressOf } from '../../../people/accounts/people.js';
import { personalTables } from '../../../platform/db/personal-data.js';
import { formatDate, formatMoment, type Place } from '../../../platform/i18n/i18n.js';
import { spoken } from '../../../platform/i18n/spoken.js';
import { knownByName } from '../../../people/organisations/people/own-memberships.js';
import { erasureSteps } from './carry-out.js';
import { BY_PROGRAM, type AskedErasure } from './erasure-requests.js';
import { clocksOf, type RetentionClocks } from './retention-clocks.js';
import type { Subject } from './subject.js';

/** What stays of somebody who is erased, and why: what the slices declare, in sentences. */
export const whatStays = (): string[] =>
  [...new Set(personalTables().flatMap(({ erased }) => ('stays' in erased ? [erased.stays] : [])))].map(
    stays => spoken(`erasure.stays.${stays}`),
  );

/** Both clocks of somebody in each organisation, in sentences. */
export const clockRows = async (subject: Subject, place: Place) =>
  (await clocksOf(subject)).map(clocks => ({
    label: clocks.organisation,
    value: `${detailsText(clocks, place)} ${awardsText(clocks, place)}`,
  }));

function detailsText({ months, hasLeft, details }: RetentionClocks, place: Place): string {
  if (months === null) return spoken('erasure.clock.noRule');
  if (!hasLeft || details === null) return spoken('erasure.clock.notLeft', { count: months });
  return spoken('erasure.clock.details', { date: formatDate(Date.parse(details), place) });
}

function awardsText({ hasAwards, awards }: RetentionClocks, place: Place): string {
  if (!hasAwards) return spoken('erasure.clock.noAwards');
  if (awards === null) return spoken('erasure.clock.awardsForGood');
  return spoken('erasure.clock.awards', { date: formatDate(Date.parse(awards), place) });
}

/** How somebody who is to be erased is called; a number once it is done. */
export async function nameOfSubject({ userId, membershipId }: Subject): Promise<string> {
  if (userId !== null) {
    const found = await addressOf(userId);
    return found?.name ?? spoken('erasure.person', { number: userId.slice(0, 8) });
  }
  const known = await knownByName(membershipId ?? '');
  return known ?? spoken('erasure.person', { number: (membershipId ?? '').slice(0, 8) });
}

/** A request as a list and its own page show it. */
export async function erasureRow(asked: AskedErasure, place: Place) {
  const by = asked.askedBy === null ? null : await addressOf(asked.askedBy);
  const isOwn = asked.askedBy !== null && asked.askedBy === asked.userId;
  return {
    id: asked.id,
    href: `/admin/erasures/${asked.id}`,
    name: await nameOfSubject(asked),
    email: (asked.userId === null ? null : await addressOf(asked.userId))?.email ?? null,
    state: asked.state,
    asked: formatMoment(asked.askedAt, place),
    by: isOwn ? spoken('erasure.bySelf') : (by?.name ?? spoken('erasure.byProgram')),
    why: asked.why,
    because: becauseText(asked.because),
    steps: asked.state === 'decided' ? { done: asked.stepsDone, all: erasureSteps() } : null,
  };
}

/** Why it was decided: what somebody wrote, or the words for what the program decides by itself. */
const becauseText = (because: string | null): string | null =>
  because !== null && BY_PROGRAM.includes(because) ? spoken(`erasure.because.${because}`) : because;
