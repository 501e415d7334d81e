import { daysAfter } from '../../../platform/lib/days.js';
import { managingIn } from '../../../people/organisations/grants/nearest-managers.js';
import { dayWords } from '../../../people/organisations/day-words.js';
import { wantsMail } from '../../../people/organisations/mail-choices.js';
import type { OpenRequirements } from '../../requirements/rules/open-requirement.js';
import { digestsToCome, mondayOf } from './digests.js';

/** The weekly summary on the page of reminders: when the next one goes out, to how many, and the reader's own choice. */
export async function summarySection({ organisation, actor, today }: OpenRequirements) {
  const { id } = organisation;
  const managing = await managingIn(id, today);
  const gets = managing.includes(actor.id);
  // On a Monday before the mail hour, or after days without a run, this week's is still to come.
  const isToCome = (await digestsToCome(id, today)).length > 0;
  return {
    next: dayWords(isToCome ? today : daysAfter(mondayOf(today), 7)),
    people: managing.length,
    /** Null: they manage nobody here, and get none. */
    own: gets
      ? {
          isOn: await wantsMail('digests', { userId: actor.id, organisationId: id }),
          action: `/organisations/${id}/reminders/weekly-summary`,
        }
      : null,
  };
}
