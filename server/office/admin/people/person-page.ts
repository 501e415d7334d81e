import { blockOf } from '../../../people/accounts/blocking.js';
import type { Place } from '../../../platform/i18n/i18n.js';
import { spoken } from '../../../platform/i18n/spoken.js';
import type { DayParts } from '../../../platform/lib/days.js';
import { can, type Actor } from '../../../policy.js';
import { extraTimesOf, organisationsOf } from '../../../teaching/quizzes/attempts/time/extra-time.js';
import { accessValues } from './access.js';
import { personRecord, personStanding } from '../../management/people/learning-record.js';
import { noticesOfAccount } from '../../merging/merged-notices.js';
import { limitedQuizzes } from './limited-attempts.js';
import { personValues } from './person-values.js';
import type { PersonRow } from './person.js';

/** Who looks at a person, and when (epoch ms); `isLong`: at all rows of each list. */
interface Look {
  readonly actor: Actor;
  readonly now: number;
  readonly place: Place;
  readonly isLong: boolean;
}

/** The form for extra time: what was typed, and what has to be corrected. */
export interface SentForm {
  readonly values: Record<string, string | DayParts>;
  readonly errors: Record<string, string>;
}

/** One person: the account, extra time, limited quizzes, and the record of what they did. */
export async function personPage(person: PersonRow, form: SentForm, { actor, now, place, isLong }: Look) {
  const words = { place, t: spoken };
  const organisations = await agreements(person);
  const limited = await limitedQuizzes(person.id, now);
  return {
    ...personValues({ person, organisations, limited, now }, form, words),
    access: accessValues({ person, block: await blockOf(person.id), actor }, words),
    record: await personRecord({ userId: person.id, organisationId: null }, { isLong, now }, words),
    ...(await personStanding(person.id, now, words)),
    merges: await noticesOfAccount(person.id, place),
    factorsHref: can(actor, 'factor.reset', { userId: person.id })
      ? `/admin/people/${person.id}/factors`
      : null,
    mergeHref: mayMerge(person, actor) ? `/admin/people/${person.id}/merge` : null,
    more: `/admin/people/${person.id}?all`,
    isOwn: !can(actor, 'person.favour', { userId: person.id }),
  };
}

const mayMerge = ({ id: userId, mergedInto }: PersonRow, actor: Actor): boolean =>
  mergedInto === null && can(actor, 'person.merge', { userId });

/** A person's organisations, each with the extra times agreed there, newest first. */
const agreements = async ({ id: userId }: PersonRow) =>
  Promise.all(
    (await organisationsOf(userId)).map(async organisation => ({
      ...organisation,
      extraTimes: await extraTimesOf({ userId, organisationId: organisation.id }),
    })),
  );
