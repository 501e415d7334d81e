import { formatDate, type Place, type Translate } from '../../../platform/i18n/i18n.js';
import type { CourseLinkFacts } from './course-links.js';

export const linksHome = (organisationId: string): string => `/organisations/${organisationId}/course-links`;

interface Look {
  readonly t: Translate;
  readonly place: Place;
  readonly now: number;
  /** The titles of courses by their slugs. */
  readonly titles: ReadonlyMap<string, string>;
}

/** What a link is like: it was opened or taken back, has expired, its mail is on the way, or it waits to be opened. */
function stateOf(
  { outcome, expiresAt, sentAt }: CourseLinkFacts,
  now: number,
): 'open' | 'sending' | 'expired' | 'opened' | 'withdrawn' {
  if (outcome === 'opened' || outcome === 'withdrawn') return outcome;
  if (expiresAt <= now) return 'expired';
  return sentAt === null ? 'sending' : 'open';
}

/** A link as the list shows it. */
export function linkValues(link: CourseLinkFacts, { t, place, now, titles }: Look) {
  const { id, email, name, unit, courseSlug, organisationId } = link;
  const state = stateOf(link, now);
  const sent = { date: formatDate(link.createdAt, place), name: link.by };
  return {
    ...{ id, email, name, unit, state },
    course: titles.get(courseSlug) ?? courseSlug,
    stateText: t(`courseLinks.state.${state}`),
    facts: t('courseLinks.facts', { ...sent, until: formatDate(link.expiresAt, place) }),
    withdrawal:
      state === 'open' || state === 'sending' ? `${linksHome(organisationId)}/${id}/withdrawal` : null,
  };
}
