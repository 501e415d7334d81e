import { formatDate } from '../../../platform/i18n/i18n.js';
import { hereIn, spoken } from '../../../platform/i18n/spoken.js';
import { DRAFT_KEPT, openDrafts } from '../rehearsal/requirement-drafts.js';
import { requirementsHome, type OpenRequirements } from './open-requirement.js';

/** Rehearsals that were left: the way back to each, and to discard it. They are kept for a week. */
export async function draftRows({ organisation }: OpenRequirements) {
  const place = hereIn(organisation.timeZone);
  const home = `${requirementsHome(organisation.id)}/drafts`;
  return (await openDrafts(organisation.id)).map(({ id, title, state, createdAt, author }) => ({
    href: `${home}/${id}`,
    title,
    facts: spoken('requirements.drafts.facts', {
      name: author ?? '',
      made: formatDate(createdAt, place),
      until: formatDate(createdAt + DRAFT_KEPT, place),
    }),
    // One that is being confirmed cannot be taken back now.
    removal: state === 'confirming' ? null : `${home}/${id}/removal`,
  }));
}
