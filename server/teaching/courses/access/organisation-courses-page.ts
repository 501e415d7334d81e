import type { Place, Translate } from '../../../platform/i18n/i18n.js';
import type { OpenTree } from '../../../people/organisations/units/open-tree.js';
import { sinceWhen } from './course-access.js';
import type { RequestFacts } from './course-requests.js';
import type { OwnAccess } from './organisation-courses.js';

/** What is done about a course: ask for it, open it to a unit, close it to one. */
export type OwnAccessStep = 'request' | 'units' | 'revocation';

export const coursesHome = (organisationId: string): string => `/organisations/${organisationId}/courses`;

interface Around {
  readonly tree: OpenTree;
  readonly requests: readonly RequestFacts[];
  readonly words: { readonly place: Place; readonly t: Translate };
}

/** A restricted course as its organisation's page shows it, and what the reader may do about it. */
export function courseRow(course: OwnAccess, { tree, requests, words }: Around) {
  const { t } = words;
  const { slug, title, state, own, units } = course;
  const { mayChange, organisation, actor } = tree;
  const to = `${coursesHome(organisation.id)}/${slug}`;
  const step = stepFor(course, mayChange, requests);
  const isForInstallation = step === 'request' && state === 'none' && actor.isAdministrator;
  return {
    title,
    aboutHref: `/courses/${slug}`,
    state,
    stateText: t(`courseAccess.state.${state}`),
    since: own && sinceWhen(own, words),
    units: units.map(grant => ({
      name: grant.unit ?? '',
      since: sinceWhen(grant, words),
      revokeHref: mayChange ? `${to}/units/${grant.unitId}/revocation` : null,
    })),
    step: step && {
      href: isForInstallation ? `/admin/course-access/${slug}/organisation` : `${to}/${step}`,
      text: t(isForInstallation ? 'courseAccess.organisation.heading' : `courseAccess.${step}.heading`),
    },
  };
}

/** Whoever administers an organisation opens a course to units; others ask, unless somebody has asked for the same. */
function stepFor(
  { slug, state, own }: OwnAccess,
  mayChange: boolean,
  requests: readonly RequestFacts[],
): OwnAccessStep | null {
  if (mayChange && own?.isByUnit) return 'units';
  if (state === 'whole') return null;
  const isAsked = requests.some(({ courseSlug, unitId }) => courseSlug === slug && unitId === '');
  return state === 'none' && isAsked ? null : 'request';
}
