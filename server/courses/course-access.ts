import type { CourseAccess, GrantFacts } from './grants.js';
import { formatDate, type Place, type Translate } from '../i18n/i18n.js';
import type { OrganisationFacts } from '../organisations/memberships.js';

/** The page of the list. */
export const COURSE_ACCESS = '/admin/course-access';

/** A course as the list shows it: to whom it is granted, and what can be changed. */
export function accessRow(
  access: CourseAccess,
  all: readonly OrganisationFacts[],
  { place, t }: { place: Place; t: Translate },
) {
  const { slug, title, isRestricted, grants } = access;
  const to = `${COURSE_ACCESS}/${slug}`;
  const steps = [
    ...(grantChoices(access, all).length > 0 ? ['organisation'] : []),
    ...(grants.some(({ isToEveryone }) => isToEveryone) ? [] : ['everyone']),
  ];
  return {
    title: title ?? slug,
    noEffect: isRestricted ? null : t(title === null ? 'courseAccess.unknown' : 'courseAccess.open'),
    grants: grants.map(grant => ({
      to: granteeIn(grant, t),
      since: t('courseAccess.since', {
        date: formatDate(grant.grantedAt, place),
        name: grant.by ?? t('access.operator'),
      }),
      revokeHref: `${to}/grants/${grant.organisationId}/revocation`,
    })),
    steps: isRestricted
      ? steps.map(step => ({ href: `${to}/${step}`, text: t(`courseAccess.${step}.heading`) }))
      : [],
  };
}

/** The organisations that a course is not granted to yet, as choices; the open one has a page of its own ("everyone"). */
export function grantChoices({ grants }: CourseAccess, all: readonly OrganisationFacts[]) {
  const granted = new Set(grants.map(({ organisationId }) => organisationId));
  return all
    .filter(({ id, kind }) => kind === 'customer' && !granted.has(id))
    .map(({ id, name }) => ({ value: id, label: name }));
}

/** What revoking a grant will mean, for the page that asks. */
export function revocationTexts({ grants }: CourseAccess, grant: GrantFacts, t: Translate) {
  const isStill = !grant.isToEveryone && grants.some(({ isToEveryone }) => isToEveryone);
  const effect = isStill ? 'still' : grant.isToEveryone ? 'everyone' : 'organisation';
  return {
    to: granteeIn(grant, t),
    texts: [t(`courseAccess.revocation.${effect}`), t('courseAccess.revocation.lead')],
  };
}

const granteeIn = ({ isToEveryone, organisation }: GrantFacts, t: Translate): string =>
  isToEveryone ? t('courseAccess.toEveryone') : organisation;
